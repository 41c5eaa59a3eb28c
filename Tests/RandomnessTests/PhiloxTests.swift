import CRandom123
import Randomness
import Testing

@Suite("Philox4x32-10")
struct PhiloxTests {
    /// The published implementation.
    private func oracle(_ counter: SIMD4<UInt32>, _ key: SIMD2<UInt32>) -> SIMD4<UInt32> {
        var block: [UInt32] = [0, 0, 0, 0]
        random123_philox4x32((0..<4).map { counter[$0] }, (0..<2).map { key[$0] }, &block)
        return SIMD4(block)
    }

    @Test("gives the known answer of counter 0 under key 0")
    func knownAnswer() {
        let block = Philox4x32.block(counter: .zero, key: .zero)
        #expect(block == SIMD4(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8))
    }

    @Test("equals Random123 on random counters and keys")
    func equalsRandom123() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(state: seed)
        for _ in 0..<20_000 {
            let counter = SIMD4<UInt32>.random(in: 0 ... .max, using: &random)
            let key = SIMD2<UInt32>.random(in: 0 ... .max, using: &random)
            #expect(Philox4x32.block(counter: counter, key: key) == oracle(counter, key), "seed \(seed)")
        }
    }

    @Test("a keyed stream's words are the documented words of the documented counters")
    func streamLayout() {
        let seed: UInt64 = 0x0123_4567_89AB_CDEF
        let key = SIMD2<UInt32>(0x89AB_CDEF, 0x0123_4567)
        var words = KeyedStream(seed: seed, stream: 7, block0: 11, block1: 13)
        var doubles = words
        for number in 0..<40 {
            let block = oracle(SIMD4(UInt32(number / 4), 11, 13, 7), key)
            #expect(words.nextUInt32() == block[number % 4])
        }
        for number in 0..<40 {
            let block = oracle(SIMD4(UInt32(number / 2), 11, 13, 7), key)
            let low = UInt64(block[number % 2 * 2]), high = UInt64(block[number % 2 * 2 + 1])
            #expect(doubles.nextUInt64() == high << 32 | low)
        }
    }

    @Test("a 64-bit draw after a 32-bit draw starts at the next even word")
    func mixedDraws() {
        var mixed = KeyedStream(seed: 5, stream: 1)
        var whole = mixed
        _ = mixed.nextUInt32()
        _ = whole.nextUInt64()
        #expect(mixed.nextUInt64() == whole.nextUInt64())
        #expect(mixed.nextUInt64() == whole.nextUInt64())
    }

    @Test("indices below a bound are uniform and depend on the seed")
    func indices() {
        var counts = [Int](repeating: 0, count: 10)
        var stream = KeyedStream(seed: 99, stream: 2)
        var other = KeyedStream(seed: 100, stream: 2)
        var equal = 0
        for _ in 0..<100_000 {
            let index = stream.nextIndex(below: 10)
            counts[index] += 1
            if index == other.nextIndex(below: 10) { equal += 1 }
        }
        // χ² of 9 degrees of freedom: 33.7 is passed with probability 10⁻⁴.
        #expect(counts.reduce(0.0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 } < 33.7)
        #expect(abs(equal - 10_000) < 500)
    }

    @Test("doubles lie inside the open unit interval and are uniform")
    func doubles() {
        var stream = KeyedStream(seed: 3, stream: 3)
        var sorted = (0..<50_000).map { _ in stream.nextDouble() }
        sorted.sort()
        #expect(sorted.allSatisfy { $0 > 0 && $0 < 1 })
        let distance = sorted.enumerated().map { abs(Double($0.offset) / 50_000 - $0.element) }.max() ?? 1
        // Kolmogorov and Smirnov: √n D above 2.23 has probability 10⁻⁴.
        #expect(distance * 50_000.0.squareRoot() < 2.23)
    }
}

/// A small generator of another family (Steele, Lea and Flood, 2014), for stimulus.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
