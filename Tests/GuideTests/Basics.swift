import BitVectors
import HDL
import Simulation
import Testing
import Verilog

// guide: counter
struct Counter: Module {
    var width = 8

    struct Ports: SignalBundle {
        let enable = Input()
        let count: Output
    }
    func ports() -> Ports { Ports(count: Output(width)) }

    func build(_ m: Builder<Ports>) {
        let count = m.register("count", width)
        when(m.enable) { count.next(count + 1) }
        m.count.drive(count)
    }
}
// end

struct ArithmeticLaws: Module {
    struct Ports: SignalBundle {
        let a = Input(8), b = Input(8), amount = Input(4)
        let wrapped = Output(8), grown = Output(9), quotient = Output(8), rest = Output(8)
        let shifted = Output(8), smaller = Output(), difference = Output(9), word = Output(16)
    }
    func ports() -> Ports { Ports() }
    func build(_ m: Builder<Ports>) {
        // guide: arithmetic
        m.wrapped.drive(m.a + m.b)  // modulo 256
        m.grown.drive(m.a +^ m.b)  // 9 bits, never wraps
        m.quotient.drive(m.a / m.b)  // by zero: all ones
        m.rest.drive(m.a % m.b)  // by zero: the dividend
        m.shifted.drive(m.a << m.amount)  // by 8 or more: zero
        m.smaller.drive(m.a.signed < m.b.signed)  // two's complement
        m.difference.drive((m.a -^ m.b).bits)  // a sign and 8 bits
        m.word.drive(concatenate([m.a, m.b]))  // m.a most significant
        // end
    }
}

struct WordLaws: Module {
    struct Ports: SignalBundle {
        let a = Input(8), index = Input(4)
        let ones = Output(4), first = Output(3), bit = Output(), low = Output(4), wide = Output(12),
            negative = Output(12)
        let chosen = Output(4)
    }
    func ports() -> Ports { Ports() }
    func build(_ m: Builder<Ports>) {
        // guide: words
        m.ones.drive(popcount(m.a))  // $countones in the Verilog
        m.first.drive(findFirstSet(m.a))  // number of the lowest one; zero if there is none
        m.bit.drive(m.a[m.index])  // bit by number; zero beyond the last
        m.low.drive(m.a[0..<4])
        m.wide.drive(m.a.zeroExtended(to: 12))
        m.negative.drive(m.a.signExtended(to: 12))
        m.chosen.drive(select(m.index, [m.a[0..<4], m.a[4..<8]]))  // zero beyond the last
        // end
    }
}

@Suite("Guide: values")
struct BasicTests {
    @Test func aCounterCounts() throws {
        // guide: simulate
        let simulator = try Simulator(elaborate(Counter(width: 8)))
        simulator.set("enable", 1)
        simulator.step(3)
        #expect(simulator.get("count") == BitVector(3, width: 8))
        // end
    }

    @Test func itsVerilogReadsAsWritten() throws {
        // guide: emit
        let emission = try emit(elaborate(Counter(width: 8)))
        print(String(decoding: emission.modules[0].bytes, as: UTF8.self))
        // end
        let text = String(decoding: emission.modules[0].bytes, as: UTF8.self)
        #expect(
            text == """
                module counter_8 (
                    input wire clk,
                    input wire rst,
                    input wire enable,
                    output reg [7:0] count
                );
                    initial begin
                        count = 8'd0;
                    end

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

    @Test func arithmeticHasAResultForEveryOperand() throws {
        let simulator = try Simulator(elaborate(ArithmeticLaws()))
        func expect(_ a: Int, _ b: Int, _ amount: Int, _ results: [String: Int]) {
            simulator.set("a", a)
            simulator.set("b", b)
            simulator.set("amount", amount)
            simulator.settle()
            for (name, value) in results {
                let found = simulator.get(name)
                #expect(found == BitVector(value, width: found.width), "\(name) of \(a) and \(b)")
            }
        }
        expect(
            200, 100, 1,
            [
                "wrapped": 44, "grown": 300, "quotient": 2, "rest": 0, "shifted": 144, "smaller": 1, "difference": 100,
                "word": 51300,
            ])
        expect(7, 0, 8, ["quotient": 255, "rest": 7, "shifted": 0, "smaller": 0, "difference": 7])
        expect(3, 5, 0, ["difference": -2, "quotient": 0, "rest": 3])
    }

    @Test func wordsHaveAResultForEveryOperand() throws {
        let simulator = try Simulator(elaborate(WordLaws()))
        simulator.set("a", 0b1001_0100)
        simulator.set("index", 4)
        simulator.settle()
        #expect(simulator.get("ones").intValue == 3)
        #expect(simulator.get("first").intValue == 2)
        #expect(simulator.get("bit").intValue == 1)
        #expect(simulator.get("low").intValue == 4)
        #expect(simulator.get("wide").intValue == 0x094)
        #expect(simulator.get("negative").intValue == 0xf94)
        #expect(simulator.get("chosen").intValue == 0)
        simulator.set("a", 0)
        simulator.set("index", 9)
        simulator.settle()
        #expect(simulator.get("first").intValue == 0)
        #expect(simulator.get("bit").intValue == 0)
    }
}
