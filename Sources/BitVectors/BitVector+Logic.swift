/// Bit-wise operators, reductions and counts.
extension BitVector {
    private func combine(_ other: BitVector, _ operation: (UInt64, UInt64) -> UInt64) -> BitVector {
        precondition(width == other.width, "operands of \(width) and \(other.width) bits")
        return BitVector(words: zip(words, other.words).map(operation), width: width)
    }

    /// Ones where both values have ones.
    public static func & (left: BitVector, right: BitVector) -> BitVector { left.combine(right, &) }
    /// Ones where either value has ones.
    public static func | (left: BitVector, right: BitVector) -> BitVector { left.combine(right, |) }
    /// Ones where the values differ.
    public static func ^ (left: BitVector, right: BitVector) -> BitVector { left.combine(right, ^) }
    /// The opposite of every bit.
    public static prefix func ~ (value: BitVector) -> BitVector {
        BitVector(words: value.words.map { ~$0 }, width: value.width)
    }

    /// Whether every bit is one.
    public var reduceAnd: Bool { self == .ones(width) }
    /// Whether any bit is one.
    public var reduceOr: Bool { !isZero }
    /// Whether an odd number of bits is one.
    public var reduceXor: Bool { nonzeroBitCount % 2 == 1 }
    /// Number of bits that are one.
    public var nonzeroBitCount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Number of bits of a count of ones in `width` bits: the width of the hardware's `popcount`.
    public static func popcountWidth(of width: Int) -> Int { Int.bitWidth - width.leadingZeroBitCount }

    /// The number of ones as a value of `popcountWidth(of: width)` bits.
    public var popcount: BitVector {
        BitVector(nonzeroBitCount, width: BitVector.popcountWidth(of: width))
    }

    /// The lowest set bit alone; zero when there is none.
    public var isolatedLowestSet: BitVector { self & (BitVector.zeros(width) - self) }

    /// The position of the lowest set bit; nil when there is none.
    public var firstSetIndex: Int? {
        for (index, word) in words.enumerated() where word != 0 { return index * 64 + word.trailingZeroBitCount }
        return nil
    }
}
