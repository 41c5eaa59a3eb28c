/// The store of words that the instructions work on.
struct WordStore {
    let base: UnsafeMutablePointer<UInt64>

    @inline(__always)
    subscript(place: UInt32) -> UInt64 {
        get { base[Int(place)] }
        nonmutating set { base[Int(place)] = newValue }
    }

    @inline(__always)
    func at(_ place: UInt32) -> UnsafeMutablePointer<UInt64> { base + Int(place) }
}

/// A value's bits moved to the top of the word and back: sign extension.
@inline(__always)
func signed(_ value: UInt64, cut: UInt32) -> Int64 {
    Int64(bitPattern: value &<< UInt64(cut)) &>> Int64(cut)
}

/// Ones in the bits of a value whose width is 64 less `cut`.
@inline(__always)
func mask(_ cut: UInt32) -> UInt64 { UInt64.max &>> UInt64(cut) }

@inline(__always)
func bit(_ condition: Bool) -> UInt64 { condition ? 1 : 0 }

/// The quotient towards zero: -1 by zero, and the lowest number by -1 is itself.
@inline(__always)
func quotient(_ dividend: Int64, _ divisor: Int64) -> Int64 {
    if divisor == 0 { return -1 }
    return divisor == -1 ? 0 &- dividend : dividend / divisor
}

/// The remainder with the dividend's sign: the dividend by zero.
@inline(__always)
func remainder(_ dividend: Int64, _ divisor: Int64) -> Int64 {
    if divisor == 0 { return dividend }
    return divisor == -1 ? 0 : dividend % divisor
}

/// The OR of the positions of all set bits.
@inline(__always)
func positions(_ value: UInt64) -> UInt64 {
    var rest = value
    var result: UInt64 = 0
    while rest != 0 {
        result |= UInt64(truncatingIfNeeded: rest.trailingZeroBitCount)
        rest &= rest &- 1
    }
    return result
}

/// Runs straight-line code: for each run one dispatch, then a loop of one operation.
///
/// All places and pool indices were made by the compiler for this store and pool, so none is checked here.
func execute(
    _ runs: UnsafeBufferPointer<Run>, _ code: UnsafePointer<Instruction>, _ pool: UnsafePointer<UInt32>,
    on s: WordStore
) {
    for run in runs {
        var current = code + Int(run.start)
        let end = code + Int(run.end)
        @inline(__always)
        func each(_ body: (Instruction) -> Void) {
            while current != end {
                body(current.pointee)
                current += 1
            }
        }
        switch run.opcode {
        case .copy: each { s[$0.target] = s[$0.a] }
        case .not: each { s[$0.target] = ~s[$0.a] & mask($0.d) }
        case .and: each { s[$0.target] = s[$0.a] & s[$0.b] }
        case .or: each { s[$0.target] = s[$0.a] | s[$0.b] }
        case .xor: each { s[$0.target] = s[$0.a] ^ s[$0.b] }
        case .add: each { s[$0.target] = (s[$0.a] &+ s[$0.b]) & mask($0.d) }
        case .subtract: each { s[$0.target] = (s[$0.a] &- s[$0.b]) & mask($0.d) }
        case .multiply: each { s[$0.target] = (s[$0.a] &* s[$0.b]) & mask($0.d) }
        case .divide: each { s[$0.target] = s[$0.b] == 0 ? mask($0.d) : s[$0.a] / s[$0.b] }
        case .modulo: each { s[$0.target] = s[$0.b] == 0 ? s[$0.a] : s[$0.a] % s[$0.b] }
        case .divideSigned:
            each {
                let result = quotient(signed(s[$0.a], cut: $0.d), signed(s[$0.b], cut: $0.d))
                s[$0.target] = UInt64(bitPattern: result) & mask($0.d)
            }
        case .moduloSigned:
            each {
                let result = remainder(signed(s[$0.a], cut: $0.d), signed(s[$0.b], cut: $0.d))
                s[$0.target] = UInt64(bitPattern: result) & mask($0.d)
            }
        case .equal: each { s[$0.target] = bit(s[$0.a] == s[$0.b]) }
        case .notEqual: each { s[$0.target] = bit(s[$0.a] != s[$0.b]) }
        case .less: each { s[$0.target] = bit(s[$0.a] < s[$0.b]) }
        case .lessOrEqual: each { s[$0.target] = bit(s[$0.a] <= s[$0.b]) }
        case .lessSigned: each { s[$0.target] = bit(signed(s[$0.a], cut: $0.d) < signed(s[$0.b], cut: $0.d)) }
        case .lessOrEqualSigned:
            each { s[$0.target] = bit(signed(s[$0.a], cut: $0.d) <= signed(s[$0.b], cut: $0.d)) }
        // These shifts give zero, or nothing but the sign, for amounts of 64 and more.
        case .shiftLeft: each { s[$0.target] = (s[$0.a] << s[$0.b]) & mask($0.d) }
        case .shiftRight: each { s[$0.target] = s[$0.a] >> s[$0.b] }
        case .shiftRightSigned:
            each { s[$0.target] = UInt64(bitPattern: signed(s[$0.a], cut: $0.d) >> min(s[$0.b], 63)) & mask($0.d) }
        case .mux: each { s[$0.target] = s[$0.a] != 0 ? s[$0.b] : s[$0.c] }
        case .slice: each { s[$0.target] = s[$0.a] &>> UInt64($0.b) & mask($0.d) }
        case .straddlingSlice:
            each {
                let low = s[$0.a] &>> UInt64($0.b)
                s[$0.target] = (low | s[$0.a &+ 1] &<< UInt64(64 &- $0.b)) & mask($0.d)
            }
        case .join: each { s[$0.target] = s[$0.a] &<< UInt64($0.c) | s[$0.b] }
        case .joinList:
            each {
                var result: UInt64 = 0
                var part = pool + Int($0.a)
                for _ in 0..<$0.b {
                    result |= s[part[0]] &<< UInt64(part[1])
                    part += 2
                }
                s[$0.target] = result
            }
        case .replicate: each { s[$0.target] = (0 &- s[$0.a]) & mask($0.d) }
        case .signExtend: each { s[$0.target] = UInt64(bitPattern: signed(s[$0.a], cut: $0.b)) & mask($0.d) }
        case .insert:
            each {
                let hole = mask($0.d) &<< UInt64($0.c)
                s[$0.target] = s[$0.a] & ~hole | s[$0.b] &<< UInt64($0.c)
            }
        case .reduceAnd: each { s[$0.target] = bit(s[$0.a] == mask($0.d)) }
        case .reduceXor: each { s[$0.target] = UInt64(truncatingIfNeeded: s[$0.a].nonzeroBitCount & 1) }
        case .popcount: each { s[$0.target] = UInt64(truncatingIfNeeded: s[$0.a].nonzeroBitCount) }
        case .isolateLowestSet: each { s[$0.target] = s[$0.a] & (0 &- s[$0.a]) }
        case .oneHotToBinary: each { s[$0.target] = positions(s[$0.a]) }
        case .select:
            each {
                let index = s[$0.c]
                s[$0.target] = index < UInt64($0.b) ? s[pool[Int($0.a) &+ Int(truncatingIfNeeded: index)]] : 0
            }
        case .dynamicBit:
            each {
                let index = s[$0.b]
                s[$0.target] =
                    index < UInt64($0.d)
                    ? s[$0.a &+ UInt32(truncatingIfNeeded: index &>> 6)] &>> (index & 63) & 1 : 0
            }
        case .memoryRead:
            each {
                let address = s[$0.a]
                s[$0.target] = address < UInt64($0.c) ? s[$0.b &+ UInt32(truncatingIfNeeded: address)] : 0
            }
        case .firstTrue:
            each {
                let conditions = pool + Int($0.a)
                var number: UInt32 = 0
                while number < $0.b, s[conditions[Int(number)]] == 0 { number &+= 1 }
                s[$0.target] = UInt64(number)
            }
        case .lookUp: each { s[$0.target] = UInt64(pool[Int($0.a) &+ Int(truncatingIfNeeded: s[$0.c])]) }
        case .match: each { s[$0.target] = UInt64(firstMatch($0, pool, s)) }
        default: executeWide(run.opcode, current, end, pool, on: s)
        }
    }
}

/// The number of the first pattern that a value agrees with.
private func firstMatch(_ instruction: Instruction, _ pool: UnsafePointer<UInt32>, _ s: WordStore) -> UInt32 {
    let words = Int(pool[Int(instruction.a)])
    var pattern = pool + Int(instruction.a) + 1
    let subject = s.at(instruction.c)
    for _ in 0..<instruction.b {
        let value = s.at(pattern[0])
        let care = s.at(pattern[1])
        var word = 0
        while word < words, (subject[word] ^ value[word]) & care[word] == 0 { word += 1 }
        if word == words { return pattern[2] }
        pattern += 3
    }
    return instruction.d
}
