/// From one format to another, with a rule for what does not fit.
extension FixedPoint {
    /// Where a number goes that lies between two neighbours of the new format.
    public enum Rounding: Sendable, CaseIterable {
        /// To the neighbour that is nearer to zero.
        case towardsZero
        /// To the lower neighbour: the lowest bits are dropped.
        case floor
        /// To the nearest; from the middle, away from zero.
        case nearestAway
        /// To the nearest; from the middle, up.
        case nearestUp
        /// To the nearest; from the middle, to the neighbour whose last bit is zero.
        case nearestEven
    }

    /// Where a number goes that is beyond the new format's range, after rounding.
    public enum Overflow: Sendable, CaseIterable {
        /// The highest bits are dropped.
        case wrap
        /// To the end of the range.
        case saturate
    }

    /// The number in other bits above and below the point; a sign stays.
    public func resized(
        integerBits: Int, fractionBits: Int, rounding: Rounding, overflow: Overflow
    ) -> FixedPoint {
        let wanted = Format(integerBits: integerBits, fractionBits: fractionBits, isSigned: format.isSigned)
        return resized(to: wanted, rounding: rounding, overflow: overflow)
    }

    /// The number in another format.
    public func resized(to wanted: Format, rounding: Rounding, overflow: Overflow) -> FixedPoint {
        if wanted.width < 1 {
            return FixedPoint(
                checked: bits.flawed(width: 1, "a number of \(wanted), which has \(wanted.width) bits"), wanted)
        }
        let number = rounded(to: wanted.fractionBits, rounding)
        return FixedPoint(FixedPoint.limit(number, to: wanted, overflow, canBeNegative: format.isSigned), wanted)
    }

    /// The number as an integer with a sign, in units of `2^-fraction`.
    private func rounded(to fraction: Int, _ rounding: Rounding) -> Signed {
        let number = format.isSigned ? bits.signed : bits.zeroExtended(to: bits.width + 1).signed
        let dropped = format.fractionBits - fraction
        if dropped == 0 { return number }
        if dropped < 0 { return concatenate([number.bits, bits.circuit.constant(0, width: -dropped)]).signed }
        let wide = number.extended(to: Swift.max(number.width, dropped + 1))
        let kept = wide.bits[dropped..<wide.width].signed
        guard let increment = increment(wide.bits, kept, dropped, rounding) else { return kept }
        return kept.extended(to: kept.width + 1) + increment.zeroExtended(to: kept.width + 1).signed
    }

    /// Whether the number goes to the upper neighbour of the two that it lies between; nil for never.
    private func increment(_ wide: Bits, _ kept: Signed, _ dropped: Int, _ rounding: Rounding) -> Bits? {
        let half = wide[dropped - 1]
        // Whether the number is above the middle, when it is not below; nil for never.
        let rest = dropped > 1 ? wide[0..<dropped - 1].anySet : nil
        func beyondMiddle(_ tie: Bits) -> Bits { half & (rest.map { $0 | tie } ?? tie) }
        switch rounding {
        case .floor: return nil
        case .towardsZero: return format.isSigned ? kept.isNegative & wide[0..<dropped].anySet : nil
        case .nearestUp: return half
        case .nearestAway: return format.isSigned ? beyondMiddle(~kept.isNegative) : half
        case .nearestEven: return beyondMiddle(kept.bits[0])
        }
    }

    /// An integer in the bits of a format.
    private static func limit(
        _ number: Signed, to wanted: Format, _ overflow: Overflow, canBeNegative: Bool
    ) -> Bits {
        // With at least one bit above those that stay, which says the sign.
        let wide = number.extended(to: Swift.max(number.width, wanted.width + 1)).bits
        let low = wide.truncated(to: wanted.width)
        let fitsAlways =
            wanted.isSigned ? number.width <= wanted.width : !canBeNegative && number.width <= wanted.width + 1
        if overflow == .wrap || fitsAlways { return low }
        // What must be alike: the sign's copies, or zeros.
        let top = wide[(wanted.isSigned ? wanted.width - 1 : wanted.width)..<wide.width]
        let fits = wanted.isSigned ? top.allSet | ~top.anySet : ~top.anySet
        return mux(fits, low, end(of: wanted, isLow: number.isNegative))
    }

    /// The lowest or the highest number of a format.
    private static func end(of format: Format, isLow: Bits) -> Bits {
        if !format.isSigned { return (~isLow).replicated(format.width) }
        return format.width == 1 ? isLow : concatenate([isLow, (~isLow).replicated(format.width - 1)])
    }
}
