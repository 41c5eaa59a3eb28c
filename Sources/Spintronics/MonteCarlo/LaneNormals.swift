import CLanes

/// Pairs of independent standard normal numbers of 24 significant bits, in sixteen lanes.
///
/// Law (Box and Muller, Ann. Math. Stat. 29, 610, 1958): the radius √(−2 ln u) with the angle 2πv of two uniform numbers
/// gives two normal ones. u = (k + ½)/2²³ and v = (j + ½)/2¹⁹ are midpoints, so the numbers are exactly symmetric about
/// zero, their variance is 1 within 1e-7, and none exceeds 5.77.
///
/// All functions are made of IEEE 754 sums and products and of bit operations: the same bits on every CPU.
struct LaneNormals {
    typealias Floats = SIMD16<Float>
    typealias Words = SIMD16<UInt32>

    /// A pair from 23 bits for the radius and 19 for the angle, both in the low bits of a word.
    @inline(__always)
    static func pair(radius: Words, angle: Words) -> (Floats, Floats) {
        let half = floats(radius | Words(repeating: 0x3F80_0000)) - Floats(repeating: 1)
        let length = hwgen_square_roots(Floats(repeating: -2) * logarithm(half + Floats(repeating: 0x1p-24)))
        let (sine, cosine) = sineAndCosine(angle)
        return (length * cosine, length * sine)
    }

    /// ln x for normal numbers 0 < x < 1 with a relative error below 2e-7.
    ///
    /// x = 2ᵏ (1 + f) with 1 + f in [√½, √2); ln(1 + f)/f is a polynomial of degree 8 whose relative error is 3e-8.
    @inline(__always)
    static func logarithm(_ x: Floats) -> Floats {
        // Bits of √½: subtracting them makes the exponent count from there.
        let offset = words(x) &- Words(repeating: 0x3F35_04F3)
        let exponent = offset &>> Words(repeating: 23)
        let fraction = words(x) &- (exponent &<< Words(repeating: 23))
        let f = floats(fraction) - Floats(repeating: 1)
        // The exponent lies in −24…0; added to the bits of 2²³ + 2²² it is a number at once.
        let k = floats(arithmetic(offset) &+ Words(repeating: 0x4B40_0000)) - Floats(repeating: 0x1.8p23)
        var series = Floats(repeating: 0.0895991501)
        series = series * f + Floats(repeating: -0.1448218706)
        series = series * f + Floats(repeating: 0.1491737713)
        series = series * f + Floats(repeating: -0.1654373778)
        series = series * f + Floats(repeating: 0.1995841714)
        series = series * f + Floats(repeating: -0.2500294611)
        series = series * f + Floats(repeating: 0.3333416045)
        series = series * f + Floats(repeating: -0.4999997774)
        series = series * f + Floats(repeating: 0.9999999750)
        return k * Floats(repeating: 0.693147180560) + series * f
    }

    /// Sine and cosine of 2π ((j + ½) / 2¹⁹ − ⅛) for the low 19 bits j of a word, with an error below 1.5e-7.
    ///
    /// The two top bits choose the quarter turn; within it, x in −½…½ quarter turns, the sine is x times a polynomial
    /// of degree 3 in x² and the cosine one of degree 3, with errors of 5e-9 and 3e-8.
    @inline(__always)
    static func sineAndCosine(_ j: Words) -> (sine: Floats, cosine: Floats) {
        let inQuarter = floats((j & Words(repeating: 0x1FFFF)) &<< Words(repeating: 6) | Words(repeating: 0x3F80_0000))
        let x = inQuarter - Floats(repeating: 1.5 - 0x1p-18)
        let z = x * x
        var sine = Floats(repeating: -0.004602176989)
        var cosine = Floats(repeating: -0.02040835251)
        sine = sine * z + Floats(repeating: 0.07968022806)
        cosine = cosine * z + Floats(repeating: 0.2535986441)
        sine = sine * z + Floats(repeating: -0.6459634786)
        cosine = cosine * z + Floats(repeating: -1.233697014)
        sine = sine * z + Floats(repeating: 1.570796322)
        cosine = cosine * z + Floats(repeating: 0.9999999724)
        sine *= x
        // Sine and cosine change places in odd quarters; no comparison, since masks are slow in Swift's vectors.
        let isOdd = Words(repeating: 0) &- ((j &>> Words(repeating: 17)) & Words(repeating: 1))
        let change = (words(sine) ^ words(cosine)) & isOdd
        let sign = Words(repeating: 1 << 31)
        // The sine is negative in the third and the fourth quarter, the cosine in the second and the third.
        let signOfSine = (j &<< Words(repeating: 13)) & sign
        let signOfCosine = ((j ^ (j &<< Words(repeating: 1))) &<< Words(repeating: 13)) & sign
        return (floats(words(sine) ^ change ^ signOfSine), floats(words(cosine) ^ change ^ signOfCosine))
    }

    @inline(__always) static func floats(_ words: Words) -> Floats { unsafeBitCast(words, to: Floats.self) }
    @inline(__always) static func words(_ floats: Floats) -> Words { unsafeBitCast(floats, to: Words.self) }

    /// The exponent of a number whose bits less those of √½ are given, with its sign in all higher bits.
    @inline(__always) private static func arithmetic(_ offset: Words) -> Words {
        let signed = unsafeBitCast(offset, to: SIMD16<Int32>.self) &>> SIMD16<Int32>(repeating: 23)
        return unsafeBitCast(signed, to: Words.self)
    }
}
