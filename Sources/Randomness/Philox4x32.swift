/// Philox4x32-10, the counter-based generator: 128 bits of counter and 64 bits of key give 128 random bits.
///
/// The same counter and key give the same block on every machine, so any block can be computed alone and in any order.
/// Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011), section 3.3 and
/// table 2; the constants are the paper's. The Random123 library's header is the oracle of the tests.
public enum Philox4x32 {
    /// Multipliers of counter words 0 and 2.
    @usableFromInline static let multiplier0: UInt64 = 0xD251_1F53
    @usableFromInline static let multiplier2: UInt64 = 0xCD9E_8D57
    /// Weyl increments of the two key words: the golden ratio and √3 − 1, in units of 2⁻³².
    @usableFromInline static let weyl0: UInt32 = 0x9E37_79B9
    @usableFromInline static let weyl1: UInt32 = 0xBB67_AE85

    /// The random block that belongs to a counter under a key: four words of 32 bits.
    ///
    /// Complexity: ten rounds of two 32 × 32 → 64-bit products.
    @inlinable
    public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
        var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3])
        var (k0, k1) = (key[0], key[1])
        for _ in 0..<10 {
            let product0 = multiplier0 &* UInt64(c0)
            let product2 = multiplier2 &* UInt64(c2)
            c0 = UInt32(truncatingIfNeeded: product2 >> 32) ^ c1 ^ k0
            c1 = UInt32(truncatingIfNeeded: product2)
            c2 = UInt32(truncatingIfNeeded: product0 >> 32) ^ c3 ^ k1
            c3 = UInt32(truncatingIfNeeded: product0)
            k0 &+= weyl0
            k1 &+= weyl1
        }
        return SIMD4(c0, c1, c2, c3)
    }
}
