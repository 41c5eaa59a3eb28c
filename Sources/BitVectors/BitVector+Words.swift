/// Functions on whole words, under the names that the hardware has for them.
extension BitVector {
    /// The bits in the opposite order.
    public var reversedBits: BitVector { BitVector(bits: (0..<width).reversed().map { self[$0] }) }

    /// Moves the bits towards the most significant one; what leaves there comes in below. Any amount goes round.
    public func rotatedLeft(by amount: Int) -> BitVector {
        precondition(amount >= 0, "rotation by \(amount)")
        let places = amount % width
        return places == 0 ? self : self << places | self >> (width - places)
    }

    /// Moves the bits towards the least significant one; what leaves there comes in above. Any amount goes round.
    public func rotatedRight(by amount: Int) -> BitVector {
        precondition(amount >= 0, "rotation by \(amount)")
        return rotatedLeft(by: width - amount % width)
    }

    /// The position of the highest set bit; nil when there is none.
    public var lastSetIndex: Int? {
        for (index, word) in words.enumerated().reversed() where word != 0 {
            return index * 64 + 63 - word.leadingZeroBitCount
        }
        return nil
    }

    /// The highest set bit alone; zero when there is none.
    public var isolatedHighestSet: BitVector {
        lastSetIndex.map { BitVector(1, width: width) << $0 } ?? self
    }

    /// Number of zeros above the highest set bit; the width when there is none.
    public var leadingZeroCount: Int { lastSetIndex.map { width - 1 - $0 } ?? width }

    /// Number of zeros below the lowest set bit; the width when there is none.
    public var trailingZeroCount: Int { firstSetIndex ?? width }

    /// The OR of the positions of the set bits: the position of a bit that is set alone, zero when there is none.
    public var oneHotIndex: Int { (0..<width).reduce(0) { self[$1] ? $0 | $1 : $0 } }

    /// One bit for each of `count` things, of which that is set whose number the value is; none beyond the last.
    public func oneHot(_ count: Int) -> BitVector {
        intValue.map { BitVector(1, width: count) << $0 } ?? .zeros(count)
    }

    /// `count` bits from bit `low` on; zeros beyond the last.
    public func bits(at low: Int, count: Int) -> BitVector {
        precondition(count <= width, "\(count) bits of \(width)")
        return (self >> low).truncated(to: count)
    }

    /// The value with one bit changed; unchanged beyond the last.
    public func with(bit index: Int, _ bit: Bool) -> BitVector {
        let mask = BitVector(1, width: width) << index
        return bit ? self | mask : self & ~mask
    }

    /// The value side by side with itself, `count` times.
    public func replicated(_ count: Int) -> BitVector { .concatenating(Array(repeating: self, count: count)) }

    /// Parts of `count` bits, the least significant first.
    public func splitting(every count: Int) -> [BitVector] {
        precondition(count > 0 && width % count == 0, "parts of \(count) bits of \(width)")
        return stride(from: 0, to: width, by: count).map { self[$0..<$0 + count] }
    }

    /// The Gray code of the number: successive numbers differ in one bit.
    public var grayEncoded: BitVector { self ^ self >> 1 }

    /// The number of which this is the Gray code.
    public var grayDecoded: BitVector {
        var number = self
        var places = 1
        while places < width {
            number = number ^ number >> places
            places *= 2
        }
        return number
    }

    /// The sum, in one bit more than the wider operand.
    public func addingGrowing(_ other: BitVector) -> BitVector {
        let width = max(width, other.width) + 1
        return zeroExtended(to: width) + other.zeroExtended(to: width)
    }

    /// The difference in two's complement, in one bit more than the wider operand.
    public func subtractingGrowing(_ other: BitVector) -> BitVector {
        let width = max(width, other.width) + 1
        return zeroExtended(to: width) - other.zeroExtended(to: width)
    }

    /// The product, in as many bits as both operands have.
    public func multipliedGrowing(by other: BitVector) -> BitVector {
        let width = width + other.width
        return zeroExtended(to: width) * other.zeroExtended(to: width)
    }
}

/// The lower one of two unsigned numbers.
public func min(_ left: BitVector, _ right: BitVector) -> BitVector { right < left ? right : left }

/// The greater one of two unsigned numbers.
public func max(_ left: BitVector, _ right: BitVector) -> BitVector { left < right ? right : left }

/// The distance between two unsigned numbers.
public func absoluteDifference(_ left: BitVector, _ right: BitVector) -> BitVector {
    left < right ? right - left : left - right
}

/// The sum of two unsigned numbers; all ones where it does not fit.
public func saturatingAdd(_ left: BitVector, _ right: BitVector) -> BitVector {
    let sum = left + right
    return sum < left ? .ones(left.width) : sum
}

/// The difference of two unsigned numbers; zero where it would be below.
public func saturatingSubtract(_ left: BitVector, _ right: BitVector) -> BitVector {
    left < right ? .zeros(left.width) : left - right
}
