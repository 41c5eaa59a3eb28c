import Randomness
import Testing

@testable import Spintronics

/// Law: each lane gives the words of its trial's `KeyedStream`.
struct TrialPhiloxTests {
    @Test func lanesAreKeyedStreams() {
        let seed = UInt64.random(in: 0...(.max))
        var random = KeyedStream(seed: seed, stream: 0)
        for _ in 0..<50 {
            let (key, stream, junction) = (random.nextUInt64(), random.nextUInt32(), random.nextUInt32())
            let first = random.nextUInt32() & ~15
            let philox = TrialPhilox(seed: key, stream: stream, firstTrial: first, block1: junction)
            for number: UInt32 in [0, 1, 2, 1000, 3_000_000_000] {
                let block = philox.block(number)
                for lane in 0..<16 {
                    let expected = Philox4x32.block(
                        counter: SIMD4(number, first + UInt32(lane), junction, stream),
                        key: SIMD2(UInt32(truncatingIfNeeded: key), UInt32(key >> 32)))
                    let found = SIMD4(block.0[lane], block.1[lane], block.2[lane], block.3[lane])
                    #expect(found == expected, "lane \(lane), block \(number), seed \(seed)")
                }
            }
            var words = KeyedStream(seed: key, stream: stream, block0: first, block1: junction)
            let block = philox.block(0)
            #expect([block.0[0], block.1[0], block.2[0], block.3[0]] == (0..<4).map { _ in words.nextUInt32() })
        }
    }
}
