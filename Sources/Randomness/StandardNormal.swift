import Foundation

/// The normal law with mean 0 and standard deviation 1.
public enum StandardNormal {
    /// P(N ≤ z), with full relative precision in the lower tail.
    public static func probability(below z: Double) -> Double { 0.5 * erfc(-z * 0.5.squareRoot()) }

    public static func density(_ z: Double) -> Double { exp(-0.5 * z * z) * 0.398_942_280_401_432_68 }

    /// The z with P(N ≤ z) = p, for p in the open interval (0, 1); the same bits on every CPU.
    ///
    /// Method and coefficients: Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied
    /// Statistics 37(3) 477 (1988), function PPND16, relative error about 1e-16.
    public static func quantile(_ p: Double) -> Double {
        let q = p - 0.5
        if q.magnitude <= 0.425 {
            let r = 0.180625 - q * q
            return q * quotient(centre, at: r)
        }
        let r = (-portableLog(q < 0 ? p : 1 - p)).squareRoot()
        let z = r <= 5 ? quotient(shoulder, at: r - 1.6) : quotient(tail, at: r - 5)
        return q < 0 ? -z : z
    }

    /// Numerator in lane 0, denominator in lane 1, highest power first.
    private typealias Coefficients = InlineArray<8, SIMD2<Double>>

    @inline(__always)
    private static func quotient(_ coefficients: Coefficients, at r: Double) -> Double {
        var sums = coefficients[0]
        for index in 1..<8 { sums = sums * r + coefficients[index] }
        return sums[0] / sums[1]
    }

    private static let centre: Coefficients = [
        [2509.080_928_730_122_672_7, 5226.495_278_852_545_925], [33430.575_583_588_128_105, 28729.085_735_721_942_674],
        [67265.770_927_008_700_853, 39307.895_800_092_710_61], [45921.953_931_549_871_457, 21213.794_301_586_595_867],
        [13731.693_765_509_461_125, 5394.196_021_424_751_107_7],
        [1971.590_950_306_551_442_7, 687.187_007_492_057_908_3],
        [133.141_667_891_784_377_45, 42.313_330_701_600_911_252], [3.387_132_872_796_366_608, 1],
    ]
    private static let shoulder: Coefficients = [
        [7.745_450_142_783_414_076_4e-4, 1.050_750_071_644_416_843_24e-9],
        [0.022_723_844_989_269_184_583_3, 5.475_938_084_995_344_946e-4],
        [0.241_780_725_177_450_611_77, 0.015_198_666_563_616_457_196_6],
        [1.270_458_252_452_368_382_58, 0.148_103_976_427_480_074_59],
        [3.647_848_324_763_204_605_04, 0.689_767_334_985_100_004_55],
        [5.769_497_221_460_691_405_5, 1.676_384_830_183_803_849_4],
        [4.630_337_846_156_545_295_9, 2.053_191_626_637_758_821_87], [1.423_437_110_749_683_577_34, 1],
    ]
    private static let tail: Coefficients = [
        [2.010_334_399_292_288_132_65e-7, 2.044_263_103_389_939_785_64e-15],
        [2.711_555_568_743_487_578_15e-5, 1.421_511_758_316_445_888_7e-7],
        [0.001_242_660_947_388_078_438_6, 1.846_318_317_510_054_681_8e-5],
        [0.026_532_189_526_576_123_093, 7.868_691_311_456_132_591e-4],
        [0.296_560_571_828_504_891_23, 0.014_875_361_290_850_614_852_5],
        [1.784_826_539_917_291_335_8, 0.136_929_880_922_735_805_31],
        [5.463_784_911_164_114_369_9, 0.599_832_206_555_887_937_69], [6.657_904_643_501_103_777_2, 1],
    ]
}

extension KeyedStream {
    /// A standard normal number, the quantile of `nextDouble`: one 64-bit draw, so that draw n is the n-th number.
    public mutating func nextNormal() -> Double { StandardNormal.quantile(nextDouble()) }
}
