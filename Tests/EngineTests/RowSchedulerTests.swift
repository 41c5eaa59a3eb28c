import Engine
import Golden
import Randomness
import Testing
import Verification

/// Law: row k of a pass goes to bank k mod banks at base + k / banks, when its bank, its window and the datapath are ready;
/// idle rows are passed over, and count.
@Suite struct RowSchedulerTests {
    @Test(arguments: [(4, 256, 8), (1, 2, 1), (5, 100, 12), (16, 3000, 64)])
    func agreesWithItsTwin(banks: Int, depth: Int, intervals: Int) throws {
        try expectAgreement(
            RowSchedulerPair.self,
            with {
                $0.banks = banks
                $0.depth = depth
                $0.intervals = intervals
            })
    }

    /// The law on the RTL, by a count of rows and the cycle of the last issue.
    @Test func issuesRowsInTurn() throws {
        var random = KeyedStream(seed: 31, stream: 6)
        func below(_ bound: Int) -> Int { random.nextIndex(below: UInt32(bound)) }
        let bench = try Bench(RowSchedulerPair.self, Engine.RowScheduler())
        let base = 17
        try bench.set("base", UInt64(base))
        try bench.set("start", 1)
        try bench.step()
        try bench.set("start", 0)
        var row = 0
        var nextFree = 0
        var (issued, passed) = (0, 0)
        for cycle in 0..<5000 {
            let (valid, ready, idle, last) = (below(5) > 0, below(9) > 0, below(4) == 0, below(40) == 0)
            let (interval, banks) = (below(8), below(16) | below(16))
            for (port, value) in [
                ("valid", valid ? 1 : 0), ("window_ready", ready ? 1 : 0), ("idle", idle ? 1 : 0),
                ("last", last ? 1 : 0), ("interval", interval), ("bank_ready", banks),
            ] {
                try bench.set(port, UInt64(value))
            }
            let canGo = valid && ready
            let issues = canGo && !idle && banks >> (row % 4) & 1 == 1 && cycle >= nextFree
            let takes = issues || (canGo && idle)
            #expect(try bench.get("issue") == (issues ? 1 : 0), "cycle \(cycle)")
            #expect(try bench.get("take") == (takes ? 1 : 0), "cycle \(cycle)")
            #expect(try bench.get("bank") == UInt64(row % 4), "cycle \(cycle)")
            #expect(try bench.get("address") == UInt64(base + row / 4), "cycle \(cycle)")
            if issues {
                nextFree = cycle + interval + 1
                issued += 1
            } else if takes {
                passed += 1
            }
            if takes { row = last ? 0 : row + 1 }
            try bench.step()
        }
        #expect(issued > 300 && passed > 300)
    }
}
