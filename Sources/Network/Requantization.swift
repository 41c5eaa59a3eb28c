/// How accumulators become the codes of the next layer, channel by channel.
///
/// Law: code = clamp(round(accumulator × multiplier × 2^(shift − 31)) + zeroPoint, lowest, highest), rounded as `rounding`
/// says. A rectified linear unit is `lowest` at the zero point.
public struct Requantization: Equatable, Sendable {
    /// How TensorFlow Lite's reference kernels round: convolutions and sums twice, fully connected layers once.
    public enum Rounding: String, Equatable, Sendable, CaseIterable {
        /// Accumulator × 2^max(shift, 0) × multiplier / 2^31 with halves upwards, then the shift to the right, if any, with
        /// halves away from zero.
        case twice
        /// The exact product once, halves upwards.
        case once
    }

    /// One a channel: 0, or 2^30 to 2^31 − 1, the scale's mantissa times 2^31.
    public var multipliers: [Int32]
    /// One a channel: the scale's exponent, −31 to 30, to the left where positive.
    public var shifts: [Int]
    /// Bits of a code, 1…8.
    public var bits: Int
    /// The code that stands for zero.
    public var zeroPoint: Int
    public var lowest: Int
    public var highest: Int
    public var rounding: Rounding

    /// The whole range of codes unless it is narrowed.
    public init(
        multipliers: [Int32], shifts: [Int], bits: Int, zeroPoint: Int = 0, lowest: Int = 0, highest: Int? = nil,
        rounding: Rounding = .once
    ) {
        self.multipliers = multipliers
        self.shifts = shifts
        self.bits = bits
        self.zeroPoint = zeroPoint
        self.lowest = lowest
        self.highest = highest ?? 1 << bits - 1
        self.rounding = rounding
    }

    /// The scale, above zero and below 2^30, as mantissa and exponent; the mantissa is rounded to 31 bits.
    public static func fixedPoint(scale: Double) -> (multiplier: Int32, shift: Int) {
        precondition(scale > 0 && scale < 0x1p30, "a scale of \(scale) has no multiplier")
        var exponent = scale.exponent + 1
        var mantissa = (scale.significand * 0x1p30).rounded()
        if mantissa == 0x1p31 {
            mantissa = 0x1p30
            exponent += 1
        }
        // Scales that small give zero for every accumulator.
        return exponent < -31 ? (0, 0) : (Int32(mantissa), Int(exponent))
    }

    /// The code of one accumulator; the accumulator times 2^shift fits 32 bits, as a network's check has made sure of.
    public func code(accumulator: Int32, channel: Int) -> UInt8 {
        let (multiplier, shift) = (multipliers[channel], shifts[channel])
        let scaled =
            switch rounding {
            case .twice: Self.scaledTwice(accumulator, by: multiplier, shift: shift)
            case .once: Self.scaledOnce(accumulator, by: multiplier, shift: shift)
            }
        return UInt8(min(max(Int(scaled) + zeroPoint, lowest), highest))
    }

    static func scaledOnce(_ value: Int32, by multiplier: Int32, shift: Int) -> Int32 {
        let places = Int64(31 - shift)
        return Int32((Int64(value) * Int64(multiplier) + 1 << (places - 1)) >> places)
    }

    /// Source: `MultiplyByQuantizedMultiplier` of TensorFlow Lite's reference kernels with double rounding.
    static func scaledTwice(_ value: Int32, by multiplier: Int32, shift: Int) -> Int32 {
        let product = Int64(value << Int32(max(shift, 0))) * Int64(multiplier)
        // The division truncates: with this nudge halves go upwards whatever the sign.
        let nudge: Int64 = product >= 0 ? 1 << 30 : 1 - 1 << 30
        let high = Int32(truncatingIfNeeded: (product + nudge) / (1 << 31))
        let exponent = Int32(max(-shift, 0))
        if exponent == 0 { return high }
        let remainder = Int64(high) & (1 << Int64(exponent) - 1)
        let threshold = (1 << Int64(exponent) - 1) >> 1 + (high < 0 ? 1 : 0)
        return (high >> exponent) + (remainder > threshold ? 1 : 0)
    }
}
