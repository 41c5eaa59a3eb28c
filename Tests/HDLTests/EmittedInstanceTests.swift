import HDL
import Testing
import Verilog

/// The whole text of small modules: what instances become.
@Suite("Emitted instances")
struct EmittedInstanceTests {
    @Test("instances are connected by name; clock and reset go where they are needed")
    func instances() throws {
        struct Ports: SignalBundle { let a = Input(8), c = Input(), out = Output(8) }
        struct LeafPorts: SignalBundle { let value = Input(8), kept = Output(8), spare = Output() }
        let leaf = Snippet("leaf", LeafPorts.init) { m in
            let kept = m.register("kept", 8)
            kept.next(m.value)
            m.kept.drive(kept)
            m.spare.drive(m.value.anySet)
        }
        let texts = try verilog(
            of: Snippet("snippet", Ports.init) { m in
                let first = m.instance("first", leaf)
                let second = m.instance("second", leaf)
                first.value.drive(m.a + 1)
                second.value.drive(0)
                when(m.c) { second.value.drive(first.kept) }
                m.out.drive(second.kept & first.spare.replicated(8))
            })
        #expect(texts.keys.sorted() == ["leaf.v", "snippet.v"])
        #expect(
            texts["snippet.v"] == """
                module snippet (
                    input wire clk,
                    input wire rst,
                    input wire [7:0] a,
                    input wire c,
                    output wire [7:0] out
                );
                    reg [7:0] second_value;
                    wire [7:0] first_kept;
                    wire first_spare;
                    wire [7:0] second_kept;
                    wire second_spare;

                    assign out = second_kept & {8{first_spare}};

                    leaf first (
                        .clk(clk),
                        .rst(rst),
                        .value(a + 8'd1),
                        .kept(first_kept),
                        .spare(first_spare)
                    );

                    leaf second (
                        .clk(clk),
                        .rst(rst),
                        .value(second_value),
                        .kept(second_kept),
                        .spare(second_spare)
                    );

                    always @* begin
                        second_value = 8'd0;
                        if (c) begin
                            second_value = first_kept;
                        end
                    end

                    wire _unused = &{1'b0, second_spare};
                endmodule

                """)
        #expect(
            texts["leaf.v"] == """
                module leaf (
                    input wire clk,
                    input wire rst,
                    input wire [7:0] value,
                    output reg [7:0] kept,
                    output wire spare
                );
                    initial begin
                        kept = 8'd0;
                    end

                    assign spare = |value;

                    always @(posedge clk) begin
                        if (rst) begin
                            kept <= 8'd0;
                        end else begin
                            kept <= value;
                        end
                    end
                endmodule

                """)
    }
}
