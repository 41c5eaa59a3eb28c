/// Exact arithmetic and comparison of numbers of any formats: the points are brought together first.
extension FixedPoint {
    /// The sum, exact.
    public static func +^ (left: FixedPoint, right: FixedPoint) -> FixedPoint {
        let common = Format.common(left.format, right.format)
        let format = Format(
            integerBits: common.integerBits + 1, fractionBits: common.fractionBits, isSigned: common.isSigned)
        return FixedPoint(left.aligned(to: format) + right.aligned(to: format), format)
    }

    /// The difference, exact, with a sign.
    public static func -^ (left: FixedPoint, right: FixedPoint) -> FixedPoint {
        let common = Format.common(left.format, right.format)
        // Below zero by as much as above it: without signs, the one bit that is added anyway is the sign.
        let format = Format.signed(common.integerBits + 1, common.fractionBits)
        return FixedPoint(left.aligned(to: format) - right.aligned(to: format), format)
    }

    /// The product, exact.
    public static func *^ (left: FixedPoint, right: FixedPoint) -> FixedPoint {
        let format = Format(
            integerBits: left.format.integerBits + right.format.integerBits,
            fractionBits: left.format.fractionBits + right.format.fractionBits,
            isSigned: left.format.isSigned || right.format.isSigned)
        return FixedPoint(left.extendedBits(to: format.width) * right.extendedBits(to: format.width), format)
    }

    /// The number with the opposite sign, exact.
    public var negated: FixedPoint {
        let wide = Format.signed(format.integerBits + 1, format.fractionBits)
        return FixedPoint(-aligned(to: wide), wide)
    }

    /// The same number in a format that holds all numbers of this one.
    public func extended(to wanted: Format) -> FixedPoint {
        if wanted.holds(format) { return FixedPoint(aligned(to: wanted), wanted) }
        let message = "extension of \(format) to \(wanted), which does not hold all its numbers; resize it"
        return FixedPoint(bits.flawed(width: wanted.width, message), wanted)
    }

    /// Whether the numbers are equal, whatever their formats.
    public static func == (left: FixedPoint, right: FixedPoint) -> Bits {
        let format = Format.common(left.format, right.format)
        return left.aligned(to: format) == right.aligned(to: format)
    }
    /// Whether the numbers differ, whatever their formats.
    public static func != (left: FixedPoint, right: FixedPoint) -> Bits { ~(left == right) }
    /// Whether the left number is the lower one.
    public static func < (left: FixedPoint, right: FixedPoint) -> Bits {
        let format = Format.common(left.format, right.format)
        let (first, second) = (left.aligned(to: format), right.aligned(to: format))
        return format.isSigned ? first.signed < second.signed : first < second
    }
    /// Whether the left number is not the greater one.
    public static func <= (left: FixedPoint, right: FixedPoint) -> Bits { ~(right < left) }
    /// Whether the left number is the greater one.
    public static func > (left: FixedPoint, right: FixedPoint) -> Bits { right < left }
    /// Whether the left number is not the lower one.
    public static func >= (left: FixedPoint, right: FixedPoint) -> Bits { ~(left < right) }

    /// The bits with zeros below and zeros or the sign above, in a format that holds the number.
    func aligned(to wanted: Format) -> Bits {
        let below = wanted.fractionBits - format.fractionBits
        let shifted = below > 0 ? concatenate([bits, bits.circuit.constant(0, width: below)]) : bits
        return FixedPoint.extend(shifted, to: wanted.width, isSigned: format.isSigned)
    }

    private func extendedBits(to width: Int) -> Bits { FixedPoint.extend(bits, to: width, isSigned: format.isSigned) }

    private static func extend(_ bits: Bits, to width: Int, isSigned: Bool) -> Bits {
        // A product with a format of negative integer bits can be narrower than the other operand.
        if width < bits.width { return bits.truncated(to: width) }
        return isSigned ? bits.signExtended(to: width) : bits.zeroExtended(to: width)
    }
}

extension FixedPoint.Format {
    /// The smallest format that holds the numbers of both.
    static func common(_ left: Self, _ right: Self) -> Self {
        let isSigned = left.isSigned || right.isSigned
        let integers =
            isSigned ? (left.signedIntegerBits, right.signedIntegerBits) : (left.integerBits, right.integerBits)
        return Self(
            integerBits: Swift.max(integers.0, integers.1),
            fractionBits: Swift.max(left.fractionBits, right.fractionBits), isSigned: isSigned)
    }
}
