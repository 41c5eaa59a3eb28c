import Foundation
import HDL
import Testing
import Verilog

struct OnesCounter: Module {
    var columns = 64
    var width = 12

    struct Ports: SignalBundle {
        let valid, clear, row: Input
        let total: Output
    }

    func ports() -> Ports {
        Ports(valid: Input(), clear: Input(), row: Input(columns), total: Output(width))
    }

    func build(_ m: Builder<Ports>) {
        let total = m.register("total", width)
        let ones = popcount(m.row).named("ones")
        when(m.clear) { total.next(0) }
            .elseWhen(m.valid) { total.next(total + ones.zeroExtended(to: width)) }
        m.total.drive(total)
    }
}

/// Law: the first design of the README is this file's, which compiles, and emits what one would write by hand.
@Suite struct ReadmeExampleTests {
    private func example(in path: String) throws -> [Substring] {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex(of: "struct OnesCounter: Module {"))
        let end = try #require(lines[start...].firstIndex(of: "}"))
        return Array(lines[start...end])
    }

    @Test func theReadmeHasTheCodeThatIsTestedHere() throws {
        #expect(try example(in: packageRoot + "/README.md") == example(in: #filePath))
    }

    @Test func itEmitsReadableVerilog() throws {
        let emission = try emit(elaborate(OnesCounter()))
        let text = String(decoding: try #require(emission.modules.first).bytes, as: UTF8.self)
        #expect(
            text == """
                module ones_counter_64_12 (
                    input wire clk,
                    input wire rst,
                    input wire valid,
                    input wire clear,
                    input wire [63:0] row,
                    output reg [11:0] total
                );
                    initial begin
                        total = 12'd0;
                    end

                    wire [6:0] ones = $countones(row);

                    always @(posedge clk) begin
                        if (rst) begin
                            total <= 12'd0;
                        end else begin
                            if (clear) begin
                                total <= 12'd0;
                            end else if (valid) begin
                                total <= total + {5'd0, ones};
                            end
                        end
                    end
                endmodule

                """)
    }
}
