/// The natural logarithm from IEEE 754 additions, products, quotients and bit operations alone: the same bits on every CPU.
///
/// The C library's `log` differs in its last bit between libraries and between CPUs (it picks a variant with fused
/// products at run time); positions of events are floors of logarithms, so they must not. The error is below 1 unit in
/// the last place. Zero gives −∞, a negative number or NaN gives NaN, +∞ gives +∞; subnormal numbers are exact input.
///
/// Method: x = 2ᵏ (1 + f) with 1 + f in [√½, √2), s = f / (2 + f), and the series of the inverse hyperbolic tangent,
/// ln(1 + f) = 2 artanh s = 2 (s + s³/3 + s⁵/5 + …) (Abramowitz and Stegun, 4.1.27). As 2s = f − s f, the sum is taken
/// as f − s (f − 2s²/3 − 2s⁴/5 − …), which keeps the exact f as its leading term.
public func portableLog(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? -.infinity : .nan }
    guard x < .infinity else { return x }
    let (exponent, fraction) = splitAtRootTwo(x)
    return logOfProduct(exponent: exponent, fraction: fraction, correction: 0)
}

/// ln(1 + x) by the method of `portableLog`: accurate for small `x` too, the same bits on every CPU.
///
/// The error is below 2 units in the last place. −1 gives −∞, less or NaN gives NaN, +∞ gives +∞.
public func portableLog1p(_ x: Double) -> Double {
    guard x > -1 else { return x == -1 ? -.infinity : .nan }
    guard x < .infinity else { return x }
    // Below this bound 1 + x needs no scaling, and x itself is the exact f of the series.
    if x > -0.29 && x < 0.41 { return logOfProduct(exponent: 0, fraction: x, correction: 0) }
    let sum = 1 + x
    let rounding = x < 1 ? x - (sum - 1) : 1 - (sum - x)
    let (exponent, fraction) = splitAtRootTwo(sum)
    return logOfProduct(exponent: exponent, fraction: fraction, correction: rounding / sum)
}

/// Writes a positive finite x as 2^exponent (1 + fraction) with 1 + fraction in [√½, √2); both parts are exact.
private func splitAtRootTwo(_ x: Double) -> (exponent: Int, fraction: Double) {
    var bits = x.bitPattern
    var exponent = 0
    if bits < 1 << 52 {
        bits = (x * 0x1p54).bitPattern
        exponent = -54
    }
    exponent += Int(bits >> 52) - 1023
    bits = bits & (1 << 52 - 1) | 1023 << 52
    let significand = Double(bitPattern: bits)
    guard significand >= 1.414_213_562_373_095_1 else { return (exponent, significand - 1) }
    return (exponent + 1, significand * 0.5 - 1)
}

/// exponent · ln 2 + ln(1 + fraction) + correction, for a correction far smaller than the rest.
private func logOfProduct(exponent: Int, fraction f: Double, correction: Double) -> Double {
    let s = f / (2 + f)
    let z = s * s
    // |s| ≤ 3 − √8, so the first term left out is below 2⁻⁵⁷ of the sum.
    // Written out, so that the quotients are constants: every event drawn takes a logarithm.
    var series = (2.0 / 23) * z
    series = (series + 2.0 / 21) * z
    series = (series + 2.0 / 19) * z
    series = (series + 2.0 / 17) * z
    series = (series + 2.0 / 15) * z
    series = (series + 2.0 / 13) * z
    series = (series + 2.0 / 11) * z
    series = (series + 2.0 / 9) * z
    series = (series + 2.0 / 7) * z
    series = (series + 2.0 / 5) * z
    series = (series + 2.0 / 3) * z
    let k = Double(exponent)
    // The high part of ln 2 has 12 trailing zero bits: its product with any exponent is exact.
    let highLog2 = 0x1.62e42fefa3000p-1
    let lowLog2 = 0x1.3de6af278ece6p-42
    return k * highLog2 + (f - (s * (f - series) - (k * lowLog2 + correction)))
}
