import Engine
import Golden
import Randomness
import Testing
import Verification

/// Law: the rows of the list are shown in order, one a cycle from the third cycle on, and again from the top.
@Suite struct RowListControllerTests {
    @Test(arguments: [(1024, 7, 16), (5, 1, 1), (100, 3, 40)])
    func agreesWithItsTwin(entries: Int, planes: Int, chunks: Int) throws {
        try expectAgreement(
            RowListControllerPair.self,
            with {
                $0.entries = entries
                $0.planes = planes
                $0.chunks = chunks
            })
    }

    @Test func showsARowACycleWithoutBubble() throws {
        var random = KeyedStream(seed: 5, stream: 1)
        let bench = try Bench(RowListControllerPair.self, Engine.RowListController())
        let base = 300
        var expected: [[UInt64]] = []
        for entry in 0..<40 {
            // Groups of a single row are the hard ones: each takes a fetch.
            let rows = entry % 3 == 0 ? 1 << random.nextIndex(below: 14) : 1 + random.nextIndex(below: 1 << 14 - 1)
            let (isLastOfFilter, isLast) = (entry % 5 == 4, entry == 39)
            for (port, value) in [
                ("write", 1), ("write_address", base + entry), ("write_rows", rows), ("write_chunk", entry % 16),
                ("write_last_of_filter", isLastOfFilter ? 1 : 0), ("write_last", isLast ? 1 : 0),
            ] {
                try bench.set(port, UInt64(value))
            }
            try bench.step()
            let positions = (0..<14).filter { rows >> $0 & 1 == 1 }
            for position in positions {
                let isEnd = position == positions.last
                expected.append([
                    UInt64(entry % 16), UInt64(position / 2), UInt64(position % 2), isLastOfFilter && isEnd ? 1 : 0,
                    isLast && isEnd ? 1 : 0,
                ])
            }
        }
        try bench.set("write", 0)
        try bench.set("base", UInt64(base))
        try bench.set("start", 1)
        try bench.step()
        try bench.set("start", 0)
        try bench.step()
        try bench.step()
        try bench.set("take", 1)
        for row in 0..<3 * expected.count {
            let ports = ["chunk", "plane", "negative", "last_of_filter", "last"]
            #expect(try bench.get("valid") == 1, "row \(row)")
            #expect(try ports.map { try bench.get($0) } == expected[row % expected.count], "row \(row)")
            try bench.step()
        }
    }
}
