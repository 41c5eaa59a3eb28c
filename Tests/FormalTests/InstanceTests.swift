import Formal
import Testing

/// Law: a property of a module that stands in several places has a verdict in each, and what an instance assumes is a claim
/// on the module around it.
@Suite("Properties of instances")
struct InstanceTests {
    static let leaf = """
        module leaf (
            input wire clk,
            input wire rst,
            input wire [3:0] data,
            output reg [3:0] sum
        );
            initial sum = 4'd0;
            always @(posedge clk) if (rst) sum <= 4'd0; else sum <= sum | data;
        \(check("small", "assert(sum < 4'd8)") + check("no_top_bit", "assume(data < 4'd8)"))
        endmodule

        """

    /// Two leaves inside a middle module, and one beside it that gets the whole input.
    func top(_ checks: String) -> ProofProblem {
        let middle = """
            module middle (
                input wire clk,
                input wire rst,
                input wire [3:0] data
            );
                leaf low (.clk(clk), .rst(rst), .data(data & 4'd3), .sum());
                leaf high (.clk(clk), .rst(rst), .data(data | 4'd4), .sum());
            endmodule

            """
        let top = """
            module top (
                input wire clk,
                input wire rst,
                input wire [3:0] data
            );
                middle inner (.clk(clk), .rst(rst), .data(data & 4'd7));
                leaf outer (.clk(clk), .rst(rst), .data(data));
            \(checks)
            endmodule

            """
        return problem(
            "top", ["leaf": Self.leaf, "middle": middle, "top": top], inputs: [("data", 4)],
            occurrences: [("inner", "middle"), ("inner.low", "leaf"), ("inner.high", "leaf"), ("outer", "leaf")])
    }

    @Test("each instance has its own verdict by its path")
    func paths() throws {
        let report = try ProofRunner(ProofOptions(depth: 5)).prove(top(""))
        #expect(
            verdicts(report) == [
                "inner.low.small proved 1", "inner.low.no_top_bit proved 1", "inner.high.small proved 1",
                "inner.high.no_top_bit proved 1", "outer.small failed 2", "outer.no_top_bit failed 1",
            ])
        let property = try #require(report["outer.small"])
        #expect(property.file == "leaf.v")
        #expect(property.line == 9)
    }

    @Test("an assumption of the top discharges those of its instances")
    func discharge() throws {
        let report = try ProofRunner(ProofOptions(depth: 5)).prove(top(check("small_input", "assume(data < 4'd8)")))
        #expect(report.isComplete)
        #expect(report["outer.no_top_bit"]?.verdict == .proved)
        #expect(report["small_input"] == nil)
    }
}
