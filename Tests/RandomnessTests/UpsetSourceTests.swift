import Randomness
import Testing

@Suite("Upset source")
struct UpsetSourceTests {
    private func source(
        seed: UInt64 = 1, stream: UInt32 = 2, rows: Int = 6, columns: Int = 70, p: Double = 0.001
    ) throws -> UpsetSource {
        try UpsetSource(seed: seed, stream: stream, rows: rows, columns: columns, probability: p)
    }

    private func mask(of columns: [Int], words: Int) -> [UInt64] {
        var mask = [UInt64](repeating: 0, count: words)
        for column in columns { mask[column / 64] |= 1 << UInt64(column % 64) }
        return mask
    }

    @Test("masks are the documented trials of the documented keys", arguments: [1e-4, 0.01, 0.5, 1])
    func documentedKeys(p: Double) throws {
        let columns = 70
        var source = try source(columns: columns, p: p)
        let stream = KeyedStream(seed: 1, stream: 2, block0: 3, block1: 1)
        let trials = Set(try EventPositions(probability: p, trials: 4096 * columns, stream: stream))
        for image in 4096..<4096 + 600 {
            let wrong = (0..<columns).filter { trials.contains((image - 4096) * columns + $0) }
            #expect(source.mask(image: image, row: 3) == mask(of: wrong, words: 2))
        }
    }

    @Test("any order of access gives the same masks", arguments: [0.0, 3e-5, 1e-3, 0.2])
    func orderIndependence(p: Double) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(state: seed)
        var forward = try source(p: p)
        var expected: [[[UInt64]]] = []
        let images = Array(4000..<4200) + Array(8100..<8300)
        for image in images { expected.append((0..<6).map { forward.mask(image: image, row: $0) }) }
        var anyhow = try source(p: p)
        for _ in 0..<3000 {
            let place = Int.random(in: images.indices, using: &random), row = Int.random(in: 0..<6, using: &random)
            #expect(anyhow.mask(image: images[place], row: row) == expected[place][row], "seed \(seed)")
        }
        // Skipped rows change nothing in the rows that are left.
        var sparse = try source(p: p)
        for (place, image) in images.enumerated() { #expect(sparse.mask(image: image, row: 4) == expected[place][4]) }
    }

    @Test("threads that share the images get the masks of one thread")
    func threads() async throws {
        let prototype = try source(p: 0.002)
        let alone = (0..<2000).map { image -> [UInt64] in
            var copy = prototype
            return image % 500 == 0
                ? copy.mask(image: image, row: 1) : mask(of: copy.events(image: image, row: 1), words: 2)
        }
        let shards = await withTaskGroup(of: (Int, [[UInt64]]).self) { group in
            for shard in 0..<4 {
                group.addTask {
                    var own = prototype
                    return (shard, (shard * 500..<shard * 500 + 500).map { own.mask(image: $0, row: 1) })
                }
            }
            var parts = [[[UInt64]]](repeating: [], count: 4)
            for await (shard, masks) in group { parts[shard] = masks }
            return parts.flatMap { $0 }
        }
        #expect(shards == alone)
    }

    @Test("mask, events and count agree, and mask says whether a bit is set")
    func agreement() throws {
        var source = try source(p: 0.004)
        var total = 0
        for image in 4050..<4150 {
            for row in [0, 2, 5] {
                var words: [UInt64] = [.max, .max]
                let any = source.mask(image: image, row: row, into: &words)
                let events = source.events(image: image, row: row)
                #expect(words == mask(of: events, words: 2))
                #expect(any == !events.isEmpty)
                total += events.count
            }
        }
        #expect(total > 0)
        #expect(source.count(images: 4050..<4150, rows: [0, 2, 5]) == total)
        #expect(source.count(images: 5..<5, rows: [0]) == 0)
    }

    @Test("the share of upsets is the probability", arguments: [1e-5, 1e-3, 0.1])
    func rate(p: Double) throws {
        let source = try source(rows: 64, columns: 64, p: p)
        let trials = Double(64 * 64 * 8192)
        let found = Double(source.count(images: 0..<8192, rows: 0..<64))
        #expect(abs(found - trials * p) < 4.5 * (trials * p).squareRoot())
    }

    @Test("seeds, streams and rows are independent of one another")
    func independence() throws {
        // Two sequences of n bits of probability p agree in p² n + O(√n) ones when they are independent.
        func bits(_ source: UpsetSource, row: Int) -> [Bool] {
            var source = source
            return (0..<20_000).map { source.mask(image: $0, row: row)[0] & 1 == 1 }
        }
        let p = 0.3
        let all = [
            bits(try source(columns: 4, p: p), row: 0), bits(try source(columns: 4, p: p), row: 1),
            bits(try source(seed: 2, columns: 4, p: p), row: 0),
            bits(try source(stream: 3, columns: 4, p: p), row: 0),
            bits(try source(seed: 1 << 32 + 1, columns: 4, p: p), row: 0),
        ]
        for first in all.indices {
            for second in all.indices where first < second {
                let both = Double(zip(all[first], all[second]).count { $0 && $1 })
                let correlation = (both / 20_000 - p * p) / (p * (1 - p))
                #expect(abs(correlation) < 0.035, "sequences \(first) and \(second)")
            }
        }
    }

    @Test("parameters out of range are named")
    func errors() {
        func message(rows: Int = 1, columns: Int = 1, p: Double = 0) -> String {
            do {
                _ = try source(rows: rows, columns: columns, p: p)
                return ""
            } catch { return "\(error)" }
        }
        #expect(message(p: 2) == "probability is 2.0; allowed is 0 to 1")
        #expect(message(p: .nan) == "probability is nan; allowed is 0 to 1")
        #expect(message(rows: 0) == "rows is 0; allowed is 1 to 2147483648")
        #expect(message(columns: 0) == "columns is 0; allowed is 1 to 524288")
    }
}
