import HDL
import Testing
import Verilog

/// The whole text of small modules: what the operators of a description become.
@Suite("Emitted operators")
struct EmittedOperatorTests {
    struct Ports: SignalBundle {
        let a = Input(8), b = Input(8), i = Input(4), c = Input()
        let out = Output(8)
    }

    @Test("operators stand in parentheses inside others")
    func symbols() throws {
        let text = try text(Ports.init) { m in
            let logic = ((m.a & m.b) | ~m.a ^ m.b).named("logic_value")
            let arithmetic = (m.a + m.b - (m.a * 3)).named("arithmetic")
            let compared = (m.a < m.b && m.a != 7).named("compared")
            let reduced = (m.a.allSet ^ m.b.anySet ^ (m.a ^ m.b).parity).named("reduced")
            let shifted = (m.a << m.i | m.b >> 3 | m.a << 2).named("shifted")
            m.out.drive(mux(compared & reduced, logic, arithmetic) ^ shifted)
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire [7:0] b,
                    input wire [3:0] i,
                    input wire c,
                    output wire [7:0] out
                );
                    wire [7:0] logic_value = ((a & b) | ~a) ^ b;
                    wire [7:0] arithmetic = (a + b) - (a * 8'd3);
                    wire compared = (a < b) & (a != 8'd7);
                    wire reduced = ((&a) ^ (|b)) ^ (^(a ^ b));
                    wire [7:0] shifted = ((a << i) | {3'd0, b[7:3]}) | {a[5:0], 2'd0};
                    assign out = ((compared & reduced) ? logic_value : arithmetic) ^ shifted;

                    wire _unused = &{1'b0, c};
                endmodule

                """)
    }

    @Test("a count of ones stands alone on a named wire")
    func countOfOnes() throws {
        let text = try text(Ports.init) { m in
            let count = popcount(m.a & m.b).named("count")
            m.out.drive(
                count.zeroExtended(to: 8) + popcount(m.a).zeroExtended(to: 8) + popcount(m.c).zeroExtended(to: 8))
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire [7:0] b,
                    input wire [3:0] i,
                    input wire c,
                    output wire [7:0] out
                );
                    wire [3:0] count = $countones(a & b);
                    wire [3:0] _out_0 = $countones(a);
                    assign out = ({4'd0, count} + {4'd0, _out_0}) + {7'd0, c};

                    wire _unused = &{1'b0, i};
                endmodule

                """)
    }

    @Test("a count of ones that a block or another module waits for is assigned in a block")
    func silentCounts() throws {
        let text = try text(Ports.init) { m in
            let choice = m.wire("choice", 4, default: 0)
            let count = popcount(m.a & m.b).named("count")
            when(count[0]) { choice.drive(m.i) }
            m.out.drive(concatenate([choice, popcount(m.b)]))
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire [7:0] b,
                    input wire [3:0] i,
                    input wire c,
                    output wire [7:0] out
                );
                    reg [3:0] choice;

                    wire [7:0] _count_0 = a & b;
                    reg [3:0] count;
                    always @* count = $countones(_count_0);
                    reg [3:0] _out_0;
                    always @* _out_0 = $countones(b);
                    assign out = {choice, _out_0};

                    always @* begin
                        choice = 4'd0;
                        if (count[0]) begin
                            choice = i;
                        end
                    end

                    wire _unused = &{1'b0, c, count[3:1]};
                endmodule

                """)
    }

    @Test("the lowest set bit and the position of a one-hot bit")
    func positions() throws {
        let text = try text(Ports.init) { m in
            let lowest = (m.a | m.b).lowestSet
            let position = lowest.oneHotIndex.named("position")
            m.out.drive(concatenate([m.i[1...2], m.c.lowestSet, m.c.oneHotIndex, m.i[3], position]))
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire [7:0] b,
                    input wire [3:0] i,
                    input wire c,
                    output wire [7:0] out
                );
                    wire [7:0] _position_0 = a | b;
                    wire [7:0] _position_1 = _position_0 & (~_position_0 + 8'd1);
                    wire [2:0] position = {|(_position_1 & 8'd240), |(_position_1 & 8'd204), |(_position_1 & 8'd170)};
                    assign out = {i[2:1], c, 1'b0, i[3], position};

                    wire _unused = &{1'b0, i[0]};
                endmodule

                """)
    }

    @Test("a choice by number is a case; beyond the last value it is zero")
    func choice() throws {
        let text = try text(Ports.init) { m in
            let few = select(m.i, [m.a, m.b, m.a + m.b]).named("few")
            let all = select(m.i[0...1], [m.a, m.b, m.a - m.b, m.constant(9, 8)])
            let none = select(m.constant(2, 2), [m.a, m.b])
            let one = select(m.constant(1, 2), [m.a, m.b])
            m.out.drive(few ^ all ^ none ^ one)
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire [7:0] b,
                    input wire [3:0] i,
                    input wire c,
                    output wire [7:0] out
                );
                    reg [7:0] few;
                    always @* begin
                        case (i)
                            4'd0: few = a;
                            4'd1: few = b;
                            4'd2: few = a + b;
                            default: few = 8'd0;
                        endcase
                    end
                    reg [7:0] _out_0;
                    always @* begin
                        case (i[1:0])
                            2'd0: _out_0 = a;
                            2'd1: _out_0 = b;
                            2'd2: _out_0 = a - b;
                            default: _out_0 = 8'd9;
                        endcase
                    end
                    assign out = (few ^ _out_0) ^ b;

                    wire _unused = &{1'b0, c};
                endmodule

                """)
    }

    @Test("a bit by number is guarded where the number can be too large, and indexed in exact width")
    func bitByNumber() throws {
        let text = try text(Ports.init) { m in
            let exact = m.a[m.i[0...2]]
            let guarded = m.a[m.i]
            let odd = m.a[0..<5][m.i[0...2]]
            let narrow = m.a[m.c]
            let single = m.c[m.i]
            m.out.drive(concatenate([m.i[3], m.i[3], m.i[3], exact, guarded, odd, narrow, single]))
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire [7:0] b,
                    input wire [3:0] i,
                    input wire c,
                    output wire [7:0] out
                );
                    wire [4:0] _out_0 = a[4:0];
                    wire [2:0] _out_1 = i[2:0];
                    assign out = {i[3], i[3], i[3], a[i[2:0]], (i < 4'd8) ? a[i[2:0]] : 1'b0, (_out_1 < 3'd5) ? _out_0[_out_1] : 1'b0,
                            a[{2'd0, c}], c & ~(|i)};

                    wire _unused = &{1'b0, b};
                endmodule

                """)
    }

    @Test("division is guarded against zero, unless the divisor is a constant")
    func division() throws {
        let text = try text(Ports.init) { m in
            let quotient = (m.a / m.b).named("quotient")
            let remainder = (m.a % (m.b + 1)).named("remainder")
            m.out.drive(quotient ^ remainder ^ m.a / 10 ^ m.b % 10 ^ m.a / 0)
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire [7:0] b,
                    input wire [3:0] i,
                    input wire c,
                    output wire [7:0] out
                );
                    wire [7:0] quotient = (b == 8'd0) ? 8'd255 : (a / b);
                    wire [7:0] _remainder_0 = b + 8'd1;
                    wire [7:0] remainder = (_remainder_0 == 8'd0) ? a : (a % _remainder_0);
                    assign out = ~(((quotient ^ remainder) ^ (a / 8'd10)) ^ (b % 8'd10));

                    wire _unused = &{1'b0, i, c};
                endmodule

                """)
    }

    @Test("extension, replication and slices are wiring")
    func wiring() throws {
        let text = try text(Ports.init) { m in
            let signed = m.i.signExtended(to: 8).named("signed_i")
            let unsigned = m.i.zeroExtended(to: 8).named("unsigned_i")
            let repeated = m.i[0...1].replicated(4).named("repeated")
            let inner = (m.a + m.b)[2..<8][1..<5].named("inner")
            let truncated = (m.a * m.b).truncated(to: 4).named("truncated")
            m.out.drive(signed ^ unsigned ^ repeated ^ concatenate([inner, truncated]) ^ m.c.replicated(8))
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire [7:0] b,
                    input wire [3:0] i,
                    input wire c,
                    output wire [7:0] out
                );
                    wire [7:0] signed_i = {{4{i[3]}}, i};
                    wire [7:0] unsigned_i = {4'd0, i};
                    wire [7:0] repeated = {4{i[1:0]}};
                    wire [7:0] _inner_0 = a + b;
                    wire [3:0] inner = _inner_0[6:3];
                    wire [7:0] _truncated_0 = a * b;
                    wire [3:0] truncated = _truncated_0[3:0];
                    assign out = (((signed_i ^ unsigned_i) ^ repeated) ^ {inner, truncated}) ^ {8{c}};

                    wire _unused = &{1'b0, _inner_0[2:0], _inner_0[7], _truncated_0[7:4]};
                endmodule

                """)
    }

    @Test("a long list goes on in the next line")
    func longList() throws {
        struct Long: SignalBundle { let taps = (0..<40).map { _ in Input() }, out = Output(40) }
        let text = try text(Long.init) { m in m.out.drive(concatenate(m.taps.reversed())) }
        #expect(
            text.split(separator: "\n").suffix(6).joined(separator: "\n") == """
                    assign out = {taps_39, taps_38, taps_37, taps_36, taps_35, taps_34, taps_33, taps_32, taps_31,
                            taps_30, taps_29, taps_28, taps_27, taps_26, taps_25, taps_24, taps_23, taps_22,
                            taps_21, taps_20, taps_19, taps_18, taps_17, taps_16, taps_15, taps_14, taps_13,
                            taps_12, taps_11, taps_10, taps_9, taps_8, taps_7, taps_6, taps_5, taps_4, taps_3,
                            taps_2, taps_1, taps_0};
                endmodule
                """)
    }

    @Test("comparisons that no value changes are literals")
    func constantComparisons() throws {
        let text = try text(Ports.init) { m in
            m.out.drive(
                concatenate([m.a < 0, m.a >= 0, m.a <= 255, m.a > 255, m.b < 1, m.b > 0, m.b <= 254, m.c < m.i[0]]))
        }
        #expect(
            text.contains(
                "    assign out = {1'b0, 1'b1, 1'b1, 1'b0, b < 8'd1, 8'd0 < b, b <= 8'd254, c < i[0]};\n"))
    }

    @Test("prefix operators beside each other do not join into another operator")
    func prefixOperators() throws {
        let text = try text(Ports.init) { m in
            m.out.drive(
                concatenate([(~m.a).parity, ~m.a.parity, (~m.b).allSet, ~(~m.c & m.a[7]), m.c.parity, m.a[0...2]]))
        }
        #expect(
            text.contains("    assign out = {^(~a), ~(^a), &(~b), ~(~c & a[7]), c, a[2:0]};\n"))
    }

    @Test("a shift by more than 32 bits looks at the upper ones apart")
    func wideShift() throws {
        struct Wide: SignalBundle { let a = Input(8), amount = Input(70), out = Output(8) }
        let text = try text(Wide.init) { m in m.out.drive(m.a << m.amount) }
        #expect(
            text.contains("    assign out = (|amount[69:32]) ? 8'd0 : (a << amount[31:0]);\n"))
    }

    @Test("constant addresses and bit numbers need no guard, and beyond the last give zero")
    func constantNumbers() throws {
        let text = try text(Ports.init) { m in
            let store = m.memory("store", depth: 5, width: 2)
            let bits = concatenate([m.a[m.constant(3, 4)], m.a[m.constant(9, 4)]])
            m.out.drive(concatenate([store.read(m.constant(4, 3)), store.read(m.constant(5, 3)), bits, bits]))
        }
        #expect(text.contains("= store[3'd4];\n"))
        #expect(text.contains("= 2'd0;\n"))
        #expect(text.contains("= {a[3], 1'b0};\n"))
    }
}
