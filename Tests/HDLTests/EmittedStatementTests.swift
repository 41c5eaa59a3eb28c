import HDL
import Testing
import Verilog

/// The whole text of small modules: what the statements of a description become.
@Suite("Emitted statements")
struct EmittedStatementTests {
    @Test("registers with and without reset have a block each")
    func registers() throws {
        struct Ports: SignalBundle { let a = Input(8), out = Output(8) }
        let text = try text(Ports.init) { m in
            let counted = m.register("counted", 8, reset: 5)
            let delayed = m.register("delayed", 8, reset: nil)
            let constant = m.register("constant", 8, reset: 9)
            counted.next(counted + m.a)
            delayed.next(counted)
            m.out.drive(delayed ^ constant)
        }
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire rst,
                    input wire [7:0] a,
                    output wire [7:0] out
                );
                    reg [7:0] counted;
                    reg [7:0] delayed;
                    reg [7:0] constant;

                    initial begin
                        counted = 8'd5;
                        delayed = 8'd0;
                        constant = 8'd9;
                    end

                    assign out = delayed ^ constant;

                    always @(posedge clk) begin
                        if (rst) begin
                            counted <= 8'd5;
                            constant <= 8'd9;
                        end else begin
                            counted <= counted + a;
                        end
                    end

                    always @(posedge clk) begin
                        delayed <= counted;
                    end
                endmodule

                """)
    }

    @Test("an output register is the port itself")
    func outputRegister() throws {
        struct Ports: SignalBundle { let enable = Input(), count = Output(8), done = Output() }
        let text = try text(Ports.init) { m in
            let count = m.register("count", 8)
            when(m.enable) { count.next(count + 1) }
            m.count.drive(count)
            m.done.drive(count == 255)
        }
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire rst,
                    input wire enable,
                    output reg [7:0] count,
                    output wire done
                );
                    initial begin
                        count = 8'd0;
                    end

                    assign done = count == 8'd255;

                    always @(posedge clk) begin
                        if (rst) begin
                            count <= 8'd0;
                        end else begin
                            if (enable) begin
                                count <= count + 8'd1;
                            end
                        end
                    end
                endmodule

                """)
    }

    @Test("a chain of conditions is if, else if, else; registers and wires in it go to their own blocks")
    func conditions() throws {
        struct Ports: SignalBundle { let a = Input(8), c = Input(), d = Input(), out = Output(8) }
        let text = try text(Ports.init) { m in
            let state = m.register("state", 8)
            let next = m.wire("next_state", 8)
            when(m.c) {
                state.next(0)
                next.drive(m.a)
            }.elseWhen(m.d) {
                when(m.a == 3) { state.next(state + 1) }
                next.drive(1)
            }.otherwise {
                next.drive(state)
            }
            m.out.drive(next)
        }
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire rst,
                    input wire [7:0] a,
                    input wire c,
                    input wire d,
                    output wire [7:0] out
                );
                    reg [7:0] state;
                    reg [7:0] next_state;

                    initial begin
                        state = 8'd0;
                    end

                    assign out = next_state;

                    always @* begin
                        if (c) begin
                            next_state = a;
                        end else if (d) begin
                            next_state = 8'd1;
                        end else begin
                            next_state = state;
                        end
                    end

                    always @(posedge clk) begin
                        if (rst) begin
                            state <= 8'd0;
                        end else begin
                            if (c) begin
                                state <= 8'd0;
                            end else if (d) begin
                                if (a == 8'd3) begin
                                    state <= state + 8'd1;
                                end
                            end
                        end
                    end
                endmodule

                """)
    }

    @Test("a wire with a default is assigned in an always @* block")
    func defaultOfWire() throws {
        struct Ports: SignalBundle { let a = Input(8), c = Input(), out = Output(8) }
        let text = try text(Ports.init) { m in
            let limited = m.wire("limited", 8, default: 255)
            when(m.c) { limited.drive(m.a) }
            m.out.drive(limited)
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire c,
                    output wire [7:0] out
                );
                    reg [7:0] limited;

                    assign out = limited;

                    always @* begin
                        limited = 8'd255;
                        if (c) begin
                            limited = a;
                        end
                    end
                endmodule

                """)
    }

    @Test("an output driven under conditions is a variable")
    func variableOutput() throws {
        struct Ports: SignalBundle { let a = Input(8), c = Input(), out = Output(8) }
        let text = try text(Ports.init) { m in
            when(m.c) { m.out.drive(m.a) }.otherwise { m.out.drive(1) }
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire c,
                    output reg [7:0] out
                );
                    always @* begin
                        if (c) begin
                            out = a;
                        end else begin
                            out = 8'd1;
                        end
                    end
                endmodule

                """)
    }
}
