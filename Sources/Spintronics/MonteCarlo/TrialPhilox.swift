import Randomness

/// Philox4x32-10 for sixteen neighbouring trials at once.
///
/// Law: lane l gives the words that `KeyedStream(seed:stream:block0:block1:)` gives for trial first + l as block
/// coordinate 0. So a trial's numbers depend on the seed, the stream, the trial and block coordinate 1 alone, never on
/// its lane.
///
/// The counters of the lanes differ in word 1 only. What they share is computed once: of the first two rounds nothing
/// is left to the lanes but one product that does not depend on the block's number, of the third one product.
struct TrialPhilox: Sendable {
    /// The four words of a block, in each lane.
    typealias Block = (SIMD16<UInt32>, SIMD16<UInt32>, SIMD16<UInt32>, SIMD16<UInt32>)

    /// Words of even and of odd lanes, each in the low half of 64 bits; what the high halves hold is of no account.
    private struct Words {
        var even: SIMD8<UInt64>
        var odd: SIMD8<UInt64>

        @inline(__always) init(even: SIMD8<UInt64>, odd: SIMD8<UInt64>) {
            self.even = even
            self.odd = odd
        }

        @inline(__always) static func ^ (a: Self, b: Self) -> Self { Self(even: a.even ^ b.even, odd: a.odd ^ b.odd) }

        @inline(__always) static func ^ (a: Self, b: UInt32) -> Self {
            let b = SIMD8(repeating: UInt64(b))
            return Self(even: a.even ^ b, odd: a.odd ^ b)
        }

        /// The 64-bit products of the low halves with a 32-bit number.
        @inline(__always) func multiplied(by factor: UInt32) -> Self {
            let low = SIMD8<UInt64>(repeating: 0xFFFF_FFFF)
            let factor = SIMD8(repeating: UInt64(factor))
            return Self(even: (even & low) &* factor, odd: (odd & low) &* factor)
        }

        @inline(__always) var highHalves: Self {
            let bits = SIMD8<UInt64>(repeating: 32)
            return Self(even: even &>> bits, odd: odd &>> bits)
        }

        @inline(__always) var lanes: SIMD16<UInt32> {
            let low = SIMD8<UInt64>(repeating: 0xFFFF_FFFF)
            let bits = SIMD8<UInt64>(repeating: 32)
            return unsafeBitCast((even & low) | (odd &<< bits), to: SIMD16<UInt32>.self)
        }
    }

    private static let multiplier0: UInt32 = 0xD251_1F53
    private static let multiplier2: UInt32 = 0xCD9E_8D57
    private static let weyl0: UInt32 = 0x9E37_79B9
    private static let weyl1: UInt32 = 0xBB67_AE85

    private let key0: UInt32
    private let key1: UInt32
    private let stream: UInt32
    /// What round 1 makes of counter words 2: the next word 1, the same for every block.
    private let word1: UInt32
    /// The product of round 2 that differs between lanes, the same for every block.
    private let product: Words

    init(seed: UInt64, stream: UInt32, firstTrial: UInt32, block1: UInt32) {
        key0 = UInt32(truncatingIfNeeded: seed)
        key1 = UInt32(truncatingIfNeeded: seed >> 32)
        self.stream = stream
        let product2 = Self.multiplier2.multipliedFullWidth(by: block1)
        word1 = product2.low
        let even = SIMD8<UInt64>(0, 2, 4, 6, 8, 10, 12, 14) &+ SIMD8(repeating: UInt64(firstTrial))
        let trials = Words(even: even, odd: even &+ SIMD8(repeating: 1))
        product = (trials ^ product2.high ^ key0).multiplied(by: Self.multiplier0)
    }

    /// Block `number` of every lane's stream.
    @inline(__always)
    func block(_ number: UInt32) -> Block {
        var (k0, k1) = (key0, key1)
        // Round 1: word 0 went into `product`, the rest is the same in all lanes.
        let first = Self.multiplier0.multipliedFullWidth(by: number)
        let (second1, second2, second3) = (word1, first.high ^ stream ^ k1, first.low)
        // Round 2.
        k0 &+= Self.weyl0
        k1 &+= Self.weyl1
        let second = Self.multiplier2.multipliedFullWidth(by: second2)
        let (third0, third1) = (second.high ^ second1 ^ k0, second.low)
        let third2 = product.highHalves ^ (second3 ^ k1)
        // Round 3.
        k0 &+= Self.weyl0
        k1 &+= Self.weyl1
        let third = Self.multiplier0.multipliedFullWidth(by: third0)
        let product3 = third2.multiplied(by: Self.multiplier2)
        var c0 = product3.highHalves ^ (third1 ^ k0)
        var c1 = product3
        var c2 = product ^ (third.high ^ k1)
        let low = SIMD8(repeating: UInt64(third.low))
        var c3 = Words(even: low, odd: low)
        for _ in 3..<10 {
            k0 &+= Self.weyl0
            k1 &+= Self.weyl1
            let product0 = c0.multiplied(by: Self.multiplier0)
            let product2 = c2.multiplied(by: Self.multiplier2)
            c0 = product2.highHalves ^ c1 ^ k0
            c1 = product2
            c2 = product0.highHalves ^ c3 ^ k1
            c3 = product0
        }
        return (c0.lanes, c1.lanes, c2.lanes, c3.lanes)
    }
}
