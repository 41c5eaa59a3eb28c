import Engine
import Golden
import Randomness
import Testing
import Verification

/// Law: taken in every cycle, the controller shows each row whose map bit is set exactly once an image, in order, one a
/// clock from the first to the last over any number of images, and no other row; an empty map shows one empty row.
@Suite struct SparseSkipControllerTests {
    @Test(arguments: [(130, 3, 10, 13), (1, 1, 1, 1), (64, 7, 8, 8), (65, 1, 5, 13), (200, 2, 20, 10)])
    func agreesWithItsTwin(groups: Int, planes: Int, filters: Int, chunks: Int) throws {
        try expectAgreement(
            SparseSkipControllerPair.self,
            with {
                $0.groups = groups
                $0.planes = planes
                $0.filters = filters
                $0.chunks = chunks
            })
    }

    /// The law itself, on the RTL, against the list of set bits.
    @Test(arguments: [0.0, 0.02, 0.2, 0.8, 1.0] as [Double])
    func visitsEveryUsefulRowOnceWithoutABubble(density: Double) throws {
        let parameters = Engine.SparseSkipController()
        let bench = try Bench(SparseSkipControllerPair.self, parameters)
        for seed: UInt64 in 1...6 {
            var random = KeyedStream(seed: seed, stream: 7)
            var useful: [[UInt64]] = []
            try bench.set("map_write", 1)
            for group in 0..<parameters.groups {
                var rows: UInt64 = 0
                for row in 0..<parameters.groupRows where random.nextDouble() < density { rows |= 1 << UInt64(row) }
                let filter = UInt64(group / parameters.chunks)
                let chunk = UInt64(group % parameters.chunks)
                try bench.set("map_address", UInt64(group))
                try bench.set("map_rows", rows)
                try bench.set("map_filter", filter)
                try bench.set("map_chunk", chunk)
                try bench.step()
                for row in 0..<UInt64(parameters.groupRows) where rows >> row & 1 == 1 {
                    useful.append([filter, chunk, row >> 1, row & 1])
                }
            }
            try bench.set("map_write", 0)
            try bench.set("take", 1)
            var cycles = 0
            while try bench.get("valid") == 0, cycles < 10 {
                try bench.step()
                cycles += 1
            }
            for image in 0..<3 {
                for (number, row) in useful.enumerated() {
                    let place = "seed \(seed), image \(image), row \(number)"
                    #expect(try bench.get("valid") == 1, "a bubble: \(place)")
                    let found = try ["filter", "chunk", "plane", "negative"].map(bench.get)
                    #expect(found == row, "\(place)")
                    #expect(try bench.get("last") == (number == useful.count - 1 ? 1 : 0), "\(place)")
                    #expect(try bench.get("empty") == 0)
                    try bench.step()
                }
                if useful.isEmpty {
                    #expect(try (bench.get("valid"), bench.get("last"), bench.get("empty")) == (1, 1, 1))
                    try bench.step()
                }
            }
            try bench.set("take", 0)
        }
    }
}
