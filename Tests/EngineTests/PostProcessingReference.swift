/// Requantisation by its definition, in exact fractions of whole numbers.
enum PostProcessingReference {
    /// value × multiplier × 2^(shift − 31), rounded; nil where value × 2^shift does not fit 32 bits.
    static func scaled(_ value: Int, by multiplier: Int, shift: Int, twice: Bool) -> Int? {
        let raised = value * (1 << max(shift, 0))
        let divisor = 1 << max(-shift, 0)
        if raised != Int(Int32(truncatingIfNeeded: raised)) { return nil }
        let product = Int128(raised) * Int128(multiplier)
        if !twice { return halvesUpwards(product, over: Int128(divisor) << 31) }
        return halvesAwayFromZero(halvesUpwards(product, over: 1 << 31), over: divisor)
    }

    static func code(scaled: Int, zeroPoint: Int, lowest: Int, highest: Int) -> Int {
        let code = scaled + zeroPoint
        if code < lowest { return lowest }
        return code > highest ? highest : code
    }

    /// The whole number nearest to a fraction; of two the upper one.
    private static func halvesUpwards(_ numerator: Int128, over denominator: Int128) -> Int {
        let (quotient, remainder) = (2 * numerator + denominator).quotientAndRemainder(dividingBy: 2 * denominator)
        return Int(remainder < 0 ? quotient - 1 : quotient)
    }

    /// The whole number nearest to a fraction; of two the one further from zero.
    private static func halvesAwayFromZero(_ numerator: Int, over denominator: Int) -> Int {
        let magnitude = (2 * abs(numerator) + denominator) / (2 * denominator)
        return numerator < 0 ? -magnitude : magnitude
    }
}

/// The bits of a two's complement number in a port.
func portBits(_ number: Int, width: Int) -> UInt64 {
    UInt64(bitPattern: Int64(number)) & UInt64.max >> UInt64(64 - width)
}
