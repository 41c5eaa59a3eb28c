/// Runs instructions of one opcode on values of more than 64 bits.
func executeWide(
    _ opcode: Opcode, _ start: UnsafePointer<Instruction>, _ end: UnsafePointer<Instruction>,
    _ pool: UnsafePointer<UInt32>, on s: WordStore
) {
    var current = start
    while current != end {
        let x = current.pointee
        current += 1
        let (target, a, b) = (s.at(x.target), s.at(x.a), s.at(x.b))
        let width = Int(x.d)
        let words = (width + 63) / 64
        switch opcode {
        case .copyWide: target.update(from: a, count: words)
        case .notWide:
            for word in 0..<words { target[word] = ~a[word] }
            target.cut(to: width)
        case .andWide: for word in 0..<words { target[word] = a[word] & b[word] }
        case .orWide: for word in 0..<words { target[word] = a[word] | b[word] }
        case .xorWide: for word in 0..<words { target[word] = a[word] ^ b[word] }
        case .addWide: target.add(a, b, width: width)
        case .subtractWide: target.subtract(a, b, width: width)
        case .multiplyWide: target.multiply(a, b, width: width)
        case .divideWide: divide(a, b, width: width, quotient: target, remainder: nil)
        case .moduloWide: divide(a, b, width: width, quotient: nil, remainder: target)
        case .divideSignedWide: divideSigned(a, b, width: width, quotient: target, remainder: nil)
        case .moduloSignedWide: divideSigned(a, b, width: width, quotient: nil, remainder: target)
        case .equalWide: target[0] = bit(compare(a, b, words) == 0)
        case .notEqualWide: target[0] = bit(compare(a, b, words) != 0)
        case .lessWide: target[0] = bit(compare(a, b, words) < 0)
        case .lessOrEqualWide: target[0] = bit(compare(a, b, words) <= 0)
        case .lessSignedWide: target[0] = bit(compareSigned(a, b, width) < 0)
        case .lessOrEqualSignedWide: target[0] = bit(compareSigned(a, b, width) <= 0)
        case .shiftLeftWide: target.shiftLeft(a, by: b[0], width: width)
        case .shiftRightWide: target.shiftRight(a, by: b[0], width: width, fill: 0)
        case .shiftRightSignedWide:
            target.shiftRight(a, by: b[0], width: width, fill: a.isNegative(width) ? .max : 0)
        case .muxWide: target.update(from: a[0] != 0 ? b : s.at(x.c), count: words)
        case .sliceWide: target.slice(a, from: Int(x.b), width: width)
        case .joinWide:
            target.update(repeating: 0, count: words)
            var part = pool + Int(x.a)
            for _ in 0..<x.b {
                target.deposit(s.at(part[0]), width: Int(part[1]), at: Int(part[2]))
                part += 3
            }
        case .insertWide:
            target.update(from: a, count: words)
            let (low, count) = (Int(pool[Int(x.c)]), Int(pool[Int(x.c) + 1]))
            target.clear(from: low, width: count)
            target.deposit(b, width: count, at: low)
        case .reduceAndWide:
            var all = a[words - 1] == UInt64.max >> UInt64(words * 64 - width)
            for word in 0..<words - 1 { all = all && a[word] == .max }
            target[0] = bit(all)
        case .reduceOrWide:
            var any: UInt64 = 0
            for word in 0..<words { any |= a[word] }
            target[0] = bit(any != 0)
        case .reduceXorWide:
            var sum: UInt64 = 0
            for word in 0..<words { sum ^= a[word] }
            target[0] = UInt64(sum.nonzeroBitCount & 1)
        case .popcountWide:
            var count = 0
            for word in 0..<words { count += a[word].nonzeroBitCount }
            target[0] = UInt64(count)
        case .isolateLowestSetWide:
            var isFound = false
            for word in 0..<words {
                target[word] = isFound ? 0 : a[word] & (0 &- a[word])
                isFound = isFound || a[word] != 0
            }
        case .oneHotToBinaryWide:
            var result: UInt64 = 0
            for word in 0..<words where a[word] != 0 { result |= positions(a[word]) | UInt64(word * 64) }
            target[0] = result
        case .selectWide:
            let index = s[x.c]
            if index < UInt64(x.b) {
                target.update(from: s.at(pool[Int(x.a) + Int(index)]), count: words)
            } else {
                target.update(repeating: 0, count: words)
            }
        case .memoryReadWide:
            let address = a[0]
            if address < UInt64(x.c) {
                target.update(from: b + Int(address) * words, count: words)
            } else {
                target.update(repeating: 0, count: words)
            }
        case .saturate:
            var high: UInt64 = 0
            for word in 1..<words { high |= a[word] }
            target[0] = high == 0 ? a[0] : .max
        default: preconditionFailure("'\(opcode)' is no operation on wide values")
        }
    }
}

/// -1, 0 or 1 as the left value is less than, equal to or more than the right one.
func compare(_ left: UnsafeMutablePointer<UInt64>, _ right: UnsafeMutablePointer<UInt64>, _ words: Int) -> Int {
    var word = words - 1
    while word > 0, left[word] == right[word] { word -= 1 }
    return left[word] == right[word] ? 0 : left[word] < right[word] ? -1 : 1
}

/// As `compare`, of two's complement numbers.
func compareSigned(_ left: UnsafeMutablePointer<UInt64>, _ right: UnsafeMutablePointer<UInt64>, _ width: Int) -> Int {
    let signs = (left.isNegative(width), right.isNegative(width))
    if signs.0 != signs.1 { return signs.0 ? -1 : 1 }
    return compare(left, right, (width + 63) / 64)
}

extension UnsafeMutablePointer<UInt64> {
    /// Zeros the bits of the top word that are beyond the width.
    @inline(__always)
    func cut(to width: Int) {
        if width & 63 != 0 { self[width >> 6] &= (1 &<< UInt64(width & 63)) &- 1 }
    }

    /// The top bit of a number.
    func isNegative(_ width: Int) -> Bool { self[(width - 1) >> 6] >> UInt64((width - 1) & 63) & 1 == 1 }

    func add(_ left: Self, _ right: Self, width: Int) {
        var carry: UInt64 = 0
        for word in 0..<(width + 63) / 64 {
            let (partial, first) = left[word].addingReportingOverflow(right[word])
            let (sum, second) = partial.addingReportingOverflow(carry)
            self[word] = sum
            carry = bit(first || second)
        }
        cut(to: width)
    }

    func subtract(_ left: Self, _ right: Self, width: Int) {
        var borrow: UInt64 = 0
        for word in 0..<(width + 63) / 64 {
            let (partial, first) = left[word].subtractingReportingOverflow(right[word])
            let (difference, second) = partial.subtractingReportingOverflow(borrow)
            self[word] = difference
            borrow = bit(first || second)
        }
        cut(to: width)
    }

    func multiply(_ left: Self, _ right: Self, width: Int) {
        let words = (width + 63) / 64
        update(repeating: 0, count: words)
        for i in 0..<words where left[i] != 0 {
            var carry: UInt64 = 0
            for j in 0..<words - i {
                let product = left[i].multipliedFullWidth(by: right[j])
                let (first, carried) = product.low.addingReportingOverflow(self[i + j])
                let (second, carriedAgain) = first.addingReportingOverflow(carry)
                self[i + j] = second
                carry = product.high &+ bit(carried) &+ bit(carriedAgain)
            }
        }
        cut(to: width)
    }

    func shiftLeft(_ value: Self, by amount: UInt64, width: Int) {
        let words = (width + 63) / 64
        guard amount < UInt64(width) else { return update(repeating: 0, count: words) }
        let (skip, shift) = (Int(amount >> 6), amount & 63)
        for word in stride(from: words - 1, through: 0, by: -1) {
            let high = word >= skip ? value[word - skip] &<< shift : 0
            let low = word > skip && shift > 0 ? value[word - skip - 1] &>> (64 - shift) : 0
            self[word] = high | low
        }
        cut(to: width)
    }

    /// - Parameter fill: a word of what comes in at the top.
    func shiftRight(_ value: Self, by amount: UInt64, width: Int, fill: UInt64) {
        let words = (width + 63) / 64
        defer { cut(to: width) }
        guard amount < UInt64(width) else { return update(repeating: fill, count: words) }
        let (skip, shift) = (Int(amount >> 6), amount & 63)
        // The top word as if it went on with what comes in.
        let top = width & 63 == 0 ? value[words - 1] : value[words - 1] | fill &<< UInt64(width & 63)
        func word(_ index: Int) -> UInt64 { index < words - 1 ? value[index] : index == words - 1 ? top : fill }
        for index in 0..<words {
            let low = word(index + skip) &>> shift
            self[index] = shift > 0 ? low | word(index + skip + 1) &<< (64 - shift) : low
        }
    }

    /// Takes bits from a position below 64 on. Reads a word more than there may be, and drops it.
    func slice(_ value: Self, from low: Int, width: Int) {
        let words = (width + 63) / 64
        if low == 0 {
            update(from: value, count: words)
        } else {
            for word in 0..<words {
                self[word] = value[word] &>> UInt64(low) | value[word + 1] &<< UInt64(64 - low)
            }
        }
        cut(to: width)
    }

    /// Puts a value into bits that are zero.
    func deposit(_ value: Self, width: Int, at low: Int) {
        let (skip, shift) = (low >> 6, UInt64(low & 63))
        let last = (low + width - 1) >> 6
        for word in 0..<(width + 63) / 64 {
            self[skip + word] |= value[word] &<< shift
            if shift > 0, skip + word < last { self[skip + word + 1] |= value[word] &>> (64 - shift) }
        }
    }

    /// Zeros some bits.
    func clear(from low: Int, width: Int) {
        var position = low
        while position < low + width {
            let shift = position & 63
            let count = Swift.min(64 - shift, low + width - position)
            self[position >> 6] &= ~((UInt64.max &>> UInt64(64 - count)) &<< UInt64(shift))
            position += count
        }
    }
}
