import HDL
import Testing

private enum Phase: HardwareEnum { case idle, firstHalf, done }
private enum Lamp: HardwareEnum {
    case red, amber, green
    static let encoding = EnumEncoding.oneHot
}

private struct Ports: SignalBundle {
    let a = Input(8), b = Input(8), op = Input(3), go = Input()
    let out = Output(8)
}

@Suite("Emitted switches")
struct EmittedSwitchTests {
    @Test("a switch on values is a case, several values share an arm")
    func values() throws {
        let text = try text(Ports.init) { m in
            choose(m.op) { on in
                on.case(0, 1) { m.out.drive(m.a + m.b) }
                on.case(5) { m.out.drive(m.a) }
                on.default { m.out.drive(0) }
            }
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire [7:0] b,
                    input wire [2:0] op,
                    input wire go,
                    output reg [7:0] out
                );
                    always @* begin
                        case (op)
                            3'd0, 3'd1: out = a + b;
                            3'd5: out = a;
                            default: out = 8'd0;
                        endcase
                    end

                    wire _unused = &{1'b0, go};
                endmodule

                """)
    }

    @Test("bits that may be anything make it a casez; the last arm of a complete one is the default")
    func dontCares() throws {
        let text = try text(Ports.init) { m in
            let kept = m.register("kept", 8)
            choose(m.op) { on in
                on.case("00?") { kept.next(m.a) }
                on.case("1_??") {}
                on.case("01?") { when(m.go) { kept.next(m.b) } }
            }
            m.out.drive(kept)
        }
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire rst,
                    input wire [7:0] a,
                    input wire [7:0] b,
                    input wire [2:0] op,
                    input wire go,
                    output wire [7:0] out
                );
                    reg [7:0] kept;

                    initial begin
                        kept = 8'd0;
                    end

                    assign out = kept;

                    always @(posedge clk) begin
                        if (rst) begin
                            kept <= 8'd0;
                        end else begin
                            casez (op)
                                3'b00?: kept <= a;
                                3'b1??: ;
                                default: begin
                                    if (go) begin
                                        kept <= b;
                                    end
                                end
                            endcase
                        end
                    end
                endmodule

                """)
    }

    @Test("patterns that overlap are looked at one after the other")
    func overlap() throws {
        let text = try text(Ports.init) { m in
            choose(m.op) { on in
                on.case("1??") { m.out.drive(m.a) }
                on.case("?1?", "??1") { m.out.drive(m.b) }
                on.case(0) { m.out.drive(7) }
            }
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire [7:0] b,
                    input wire [2:0] op,
                    input wire go,
                    output reg [7:0] out
                );
                    always @* begin
                        if ((op & 3'd4) == 3'd4) begin
                            out = a;
                        end else if (((op & 3'd2) == 3'd2) | ((op & 3'd1) == 3'd1)) begin
                            out = b;
                        end else begin
                            out = 8'd7;
                        end
                    end

                    wire _unused = &{1'b0, go};
                endmodule

                """)
    }

    @Test("a state machine is a case over named states")
    func stateMachine() throws {
        let text = try text(Ports.init) { m in
            let state = m.stateMachine("state", reset: Phase.idle) { state, on in
                on.case(.idle) { when(m.go) { state.next(.firstHalf) } }
                on.case(.firstHalf) { state.next(.done) }
                on.case(.done) { state.next(.idle) }
            }
            m.out.drive(mux(state == .done, m.a, m.b))
        }
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire rst,
                    input wire [7:0] a,
                    input wire [7:0] b,
                    input wire [2:0] op,
                    input wire go,
                    output wire [7:0] out
                );
                    localparam [1:0] PHASE_IDLE = 2'd0;
                    localparam [1:0] PHASE_FIRST_HALF = 2'd1;
                    localparam [1:0] PHASE_DONE = 2'd2;

                    reg [1:0] state;

                    initial begin
                        state = PHASE_IDLE;
                    end

                    assign out = (state == PHASE_DONE) ? a : b;

                    always @(posedge clk) begin
                        if (rst) begin
                            state <= PHASE_IDLE;
                        end else begin
                            case (state)
                                PHASE_IDLE: begin
                                    if (go) begin
                                        state <= PHASE_FIRST_HALF;
                                    end
                                end
                                PHASE_FIRST_HALF: state <= PHASE_DONE;
                                default:  // done
                                    state <= PHASE_IDLE;
                            endcase
                        end
                    end

                    wire _unused = &{1'b0, op};
                endmodule

                """)
    }

    @Test("one-hot states have a bit each")
    func oneHot() throws {
        let text = try text(Ports.init) { m in
            let lamp = m.register("lamp", Lamp.self, reset: .red)
            choose(lamp) { on in
                on.case(.red) { lamp.next(.green) }
                on.default { lamp.next(.red) }
            }
            m.out.drive(lamp.bits.zeroExtended(to: 8))
        }
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire rst,
                    input wire [7:0] a,
                    input wire [7:0] b,
                    input wire [2:0] op,
                    input wire go,
                    output wire [7:0] out
                );
                    localparam [2:0] LAMP_RED = 3'd1;
                    localparam [2:0] LAMP_GREEN = 3'd4;

                    reg [2:0] lamp;

                    initial begin
                        lamp = LAMP_RED;
                    end

                    assign out = {5'd0, lamp};

                    always @(posedge clk) begin
                        if (rst) begin
                            lamp <= LAMP_RED;
                        end else begin
                            case (lamp)
                                LAMP_RED: lamp <= LAMP_GREEN;
                                default: lamp <= LAMP_RED;
                            endcase
                        end
                    end

                    wire _unused = &{1'b0, a, b, op, go};
                endmodule

                """)
    }
}
