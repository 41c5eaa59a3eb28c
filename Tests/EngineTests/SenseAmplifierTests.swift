import Engine
import Golden
import Testing
import Verification

/// Law: a sense takes pre-charge, evaluate and latch cycles in this order; the row latch changes only at the end of the
/// last one, to the cells' bits turned over where the upset mask is one in that very cycle.
@Suite struct SenseAmplifierTests {
    @Test(arguments: [(1, 1, 1, 64), (2, 3, 1, 1), (1, 4, 2, 65), (5, 15, 3, 512)])
    func agreesWithItsTwin(precharge: Int, evaluate: Int, latch: Int, columns: Int) throws {
        try expectAgreement(
            SenseAmplifierPair.self,
            with {
                $0.columns = columns
                $0.phases = Engine.SensePhases(precharge: precharge, evaluate: evaluate, latch: latch)
            })
    }

    @Test func takesUpsetsAtTheLatchEdgeOnly() throws {
        let bench = try Bench(
            SenseAmplifierPair.self,
            with {
                $0.columns = 8
                $0.phases = Engine.SensePhases(precharge: 2, evaluate: 3, latch: 2)
            })
        try bench.set("start", 1)
        try bench.set("cells", 0x5a)
        try bench.set("upset", 0xff)
        try bench.step()
        try bench.set("start", 0)
        var phases: [String] = []
        for cycle in 1...7 {
            // Noise in every cycle but the last, where one bit reads wrong.
            try bench.set("upset", cycle == 7 ? 0x01 : 0xff)
            #expect(try bench.get("row") == 0, "cycle \(cycle)")
            for phase in ["precharge", "evaluate", "latch"] where try bench.get(phase) == 1 { phases.append(phase) }
            #expect(try bench.get("ready") == (cycle == 7 ? 1 : 0))
            try bench.step()
        }
        #expect(
            phases == ["precharge", "precharge", "evaluate", "evaluate", "evaluate", "latch", "latch"])
        try bench.set("upset", 0xff)
        for _ in 0..<3 {
            #expect(try bench.get("row") == 0x5b)
            try bench.step()
        }
    }
}
