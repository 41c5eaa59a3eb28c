import BitVectors
import Formal
import Foundation
import Testing

/// Law: each property of hand-written Verilog gets the one verdict that is right for it, with the exact depth.
@Suite("Verdicts")
struct VerdictTests {
    /// Counts to nine and begins again.
    static func counter(_ checks: String) -> String {
        """
        module counter (
            input wire clk,
            input wire rst,
            input wire enable,
            output reg [3:0] count
        );
            initial count = 4'd0;
            always @(posedge clk) begin
                if (rst) count <= 4'd0;
                else if (enable) count <= count == 4'd9 ? 4'd0 : count + 4'd1;
            end
        \(checks)
        endmodule

        """
    }

    func prove(_ checks: String, _ options: ProofOptions) throws -> ProofReport {
        let counter = problem("counter", ["counter": Self.counter(checks)], inputs: [("enable", 1)])
        return try ProofRunner(options).prove(counter)
    }

    @Test("an inductive assertion is proved, one that only holds so far is not, a wrong one fails in its cycle")
    func assertions() throws {
        let checks =
            check("inside", "assert(count <= 4'd9)") + check("below_eight", "assert(count < 4'd8)")
            + check("not_twelve", "assert(count != 4'd12)")
        let report = try prove(checks, ProofOptions(depth: 12, inductionDepth: 2))
        // One cycle of reset, then eight increments.
        #expect(verdicts(report) == ["inside proved 1", "below_eight failed 9", "not_twelve proved 1"])
        #expect(!report.isComplete)
        #expect(report.hasFailures)
    }

    @Test("an assertion that needs others is proved beside them, and alone only holds to the depth")
    func dependence() throws {
        // Twelve follows eleven, which the induction may begin with: from ten in two steps.
        let alone = try prove(check("not_twelve", "assert(count != 4'd12)"), ProofOptions(depth: 6, inductionDepth: 1))
        #expect(verdicts(alone) == ["not_twelve holds to depth 6"])
        #expect(!alone.hasFailures)
        let beside = try prove(
            check("not_twelve", "assert(count != 4'd12)") + check("inside", "assert(count <= 4'd9)"),
            ProofOptions(depth: 6, inductionDepth: 1))
        #expect(verdicts(beside) == ["not_twelve proved 1", "inside proved 1"])
    }

    @Test("without induction nothing is proved")
    func withoutInduction() throws {
        let report = try prove(
            check("inside", "assert(count <= 4'd9)"), ProofOptions(depth: 4, inductionDepth: 0))
        #expect(verdicts(report) == ["inside holds to depth 4"])
    }

    @Test("covers are reached in the first cycle in which they can be, or unreached to the depth")
    func covers() throws {
        let checks =
            check("three", "cover(count == 4'd3)") + check("eight", "cover(count == 4'd8)")
            + check("eleven", "cover(count == 4'd11)")
        let report = try prove(checks, ProofOptions(depth: 7))
        #expect(verdicts(report) == ["three reached 4", "eight unreached 7", "eleven unreached 7"])
        #expect(report["three"]?.trace?.stimulus.cycles.count == 5)
        #expect(report["three"]?.trace?.waves.contains("$enddefinitions") == true)
    }

    @Test("the top's assumptions are taken for granted, and have no verdict")
    func assumptions() throws {
        let checks = check("slow", "assume(!enable)") + check("still", "assert(count == 4'd0)")
        let report = try prove(checks, ProofOptions(depth: 5))
        #expect(verdicts(report) == ["still proved 1"])
    }

    @Test("nothing is shown under assumptions that exclude each other")
    func vacuity() throws {
        let checks =
            check("on", "assume(enable)") + check("off", "assume(!enable)") + check("wrong", "assert(count == 4'd15)")
        let report = try prove(checks, ProofOptions(depth: 5))
        #expect(verdicts(report) == ["wrong vacuous 1"])
        #expect(report.hasFailures)
    }

    @Test("a reset that may come at any time is an input of the run")
    func freeReset() throws {
        let checks = check("inside", "assert(count <= 4'd9)") + check("seven", "assert(count < 4'd7)")
        let report = try prove(checks, ProofOptions(depth: 9, reset: .anyTime))
        // No cycle is spent in reset.
        #expect(verdicts(report) == ["inside proved 1", "seven failed 7"])
        let cycles = report["seven"]?.trace?.stimulus.cycles ?? []
        #expect(cycles.count == 8)
        #expect(cycles.allSatisfy { $0.inputs.map(\.name) == ["rst", "enable"] && $0.edges == ["main"] })
    }

    @Test("the run in reset is as long as asked")
    func longReset() throws {
        let report = try prove(
            check("two", "assert(count < 4'd2)"), ProofOptions(depth: 9, reset: .first(edges: 3)))
        #expect(verdicts(report) == ["two failed 5"])
        let resets = report["two"]?.trace?.stimulus.cycles.map { $0.inputs[0].value.intValue ?? -1 }
        #expect(resets == [1, 1, 1, 0, 0, 0])
    }

    @Test("what the solver cannot decide in time is unknown")
    func timeLimit() throws {
        let text = """
            module multiplier (
                input wire clk,
                input wire rst,
                input wire [63:0] a,
                input wire [63:0] b
            );
                wire [127:0] product = a * b;
            \(check("prime", "assert(product != 128'd162259276829213363391578010288127)"))
            endmodule

            """
        let multiplier = problem("multiplier", ["multiplier": text], inputs: [("a", 64), ("b", 64)])
        let report = try ProofRunner(ProofOptions(depth: 3, secondsPerRun: 1)).prove(multiplier)
        #expect(verdicts(report) == ["prime unknown 1"])
    }

    @Test("a report is JSON with the fields that users rely on")
    func json() throws {
        let report = try prove(check("seven", "assert(count < 4'd7)"), ProofOptions(depth: 9))
        let data = try JSONEncoder().encode(report)
        let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["design"] as? String == "counter")
        let property = try #require((object["properties"] as? [[String: Any]])?.first)
        #expect(property.keys.sorted() == ["depth", "file", "kind", "line", "name", "seconds", "verdict"])
        #expect(property["name"] as? String == "seven")
        #expect(property["verdict"] as? String == "failed")
        #expect(property["depth"] as? Int == 8)
        #expect(property["file"] as? String == "counter.v")
        #expect(property["line"] as? Int == 12)
    }
}
