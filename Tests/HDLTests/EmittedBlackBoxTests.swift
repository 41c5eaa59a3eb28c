import BitVectors
import HDL
import Testing
import Verilog

private struct VendorFlipFlop: BlackBox {
    struct Ports: SignalBundle { let clock = Input(), d = Input(8), q = Output(8) }
    let width: Int
    var moduleName: String { "vendor_flip_flop" }
    func ports() -> Ports { Ports() }
    var parameters: [(name: String, value: VerilogParameter)] {
        [
            ("WIDTH", .integer(width)), ("INIT", .bits(BitVector(5, width: 8))), ("KIND", .string("a \"fast\" one")),
            ("DELAY", .real(0.5)),
        ]
    }
    var simulationSource: (file: String, text: String)? { ("vendor_flip_flop.v", "module vendor_flip_flop;\n") }
}

@Suite("Emitted black boxes")
struct EmittedBlackBoxTests {
    private struct Ports: SignalBundle { let a = Input(8), out = Output(8) }

    private func snippet() -> Snippet<Ports> {
        Snippet("snippet", Ports.init) { m in
            let box = m.instance("box", VendorFlipFlop(width: 8))
            box.clock.drive(m.domain.clock)
            box.d.drive(m.a)
            m.out.drive(box.q)
        }
    }

    @Test("a black box is an instance with parameters, and no module is written for it")
    func parameters() throws {
        let text = try verilog(of: snippet())
        #expect(text.keys.sorted() == ["snippet.v"])
        #expect(
            text["snippet.v"] == #"""
                module snippet (
                    input wire clk,
                    input wire [7:0] a,
                    output wire [7:0] out
                );
                    vendor_flip_flop #(
                        .WIDTH(8),
                        .INIT(8'd5),
                        .KIND("a \"fast\" one"),
                        .DELAY(0.5)
                    ) box (
                        .clock(clk),
                        .d(a),
                        .q(out)
                    );
                endmodule

                """#)
    }

    @Test("its simulation model is a file of its own, once")
    func model() throws {
        let emission = try emit(elaborate(snippet()))
        #expect(emission.simulationSources.map(\.name) == ["vendor_flip_flop.v"])
    }
}
