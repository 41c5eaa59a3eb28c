/// The value read as a two's complement number.
///
/// A bit vector has no sign of its own, so each operation that looks at one says so in its name.
extension BitVector {
    /// Whether the number is below zero: its top bit.
    public var isNegative: Bool { self[width - 1] }

    /// The number as an integer when it fits in one.
    public var signedIntValue: Int? {
        let sign: UInt64 = isNegative ? .max : 0
        let extended = width % 64 == 0 || !isNegative ? words : signExtended(to: words.count * 64).words
        guard extended.dropFirst().allSatisfy({ $0 == sign }), extended[0] >> 63 == sign & 1 else { return nil }
        return Int(truncatingIfNeeded: extended[0])
    }

    /// The number with the opposite sign, modulo `2^width`; the lowest number gives itself.
    public static prefix func - (value: BitVector) -> BitVector { .zeros(value.width) - value }

    /// The absolute value as an unsigned number of as many bits.
    public var magnitude: BitVector { isNegative ? -self : self }

    /// Whether this number is the lower one of two numbers with signs.
    public func isLessSigned(than other: BitVector) -> Bool {
        isNegative == other.isNegative ? self < other : isNegative
    }

    /// Whether this number is not the greater one of two numbers with signs.
    public func isLessOrEqualSigned(than other: BitVector) -> Bool { !other.isLessSigned(than: self) }

    /// Quotient towards zero and remainder with the dividend's sign.
    ///
    /// A zero divisor gives -1 and the dividend. The lowest number by -1 gives itself and zero.
    /// - Complexity: O(width²)
    public func dividedSigned(by divisor: BitVector) -> (quotient: BitVector, remainder: BitVector) {
        if divisor.isZero { return (.ones(width), self) }
        let (quotient, remainder) = magnitude.dividedBy(divisor.magnitude)
        return (isNegative == divisor.isNegative ? quotient : -quotient, isNegative ? -remainder : remainder)
    }

    /// Shifts towards the least significant bit, copies of the sign coming in; by the width or more, nothing but the sign.
    public func shiftedRightSigned(by amount: Int) -> BitVector {
        precondition(amount >= 0, "shift by \(amount)")
        let shifted = self >> amount
        guard isNegative, amount > 0 else { return shifted }
        return shifted | ~(BitVector.ones(width) >> amount)
    }
}

/// The lower one of two numbers with signs.
public func minSigned(_ left: BitVector, _ right: BitVector) -> BitVector {
    right.isLessSigned(than: left) ? right : left
}

/// The greater one of two numbers with signs.
public func maxSigned(_ left: BitVector, _ right: BitVector) -> BitVector {
    left.isLessSigned(than: right) ? right : left
}

/// The distance between two numbers with signs, as an unsigned number of as many bits.
public func absoluteDifferenceSigned(_ left: BitVector, _ right: BitVector) -> BitVector {
    left.isLessSigned(than: right) ? right - left : left - right
}

/// The sum of two numbers with signs; beyond their range, the end of the range.
public func saturatingAddSigned(_ left: BitVector, _ right: BitVector) -> BitVector {
    let sum = left + right
    return left.isNegative == right.isNegative && sum.isNegative != left.isNegative
        ? signedBound(lowest: left.isNegative, width: left.width) : sum
}

/// The difference of two numbers with signs; beyond their range, the end of the range.
public func saturatingSubtractSigned(_ left: BitVector, _ right: BitVector) -> BitVector {
    let difference = left - right
    return left.isNegative != right.isNegative && difference.isNegative != left.isNegative
        ? signedBound(lowest: left.isNegative, width: left.width) : difference
}

private func signedBound(lowest: Bool, width: Int) -> BitVector {
    let lowestNumber = BitVector(1, width: width) << (width - 1)
    return lowest ? lowestNumber : ~lowestNumber
}
