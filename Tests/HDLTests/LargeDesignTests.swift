import HDL
import Testing
import Verilog

/// Law: no pass recurses over the graph, so depth and size are bounded by memory alone. Run on a thread with a small
/// stack, as the cooperative pool's are.
@Suite("Large designs")
struct LargeDesignTests {
    struct Ports: SignalBundle { let a = Input(16), b = Input(16), c = Input(), out = Output(16) }

    enum Link: CaseIterable { case add, not, mux, slice, concatenation, shift }

    @Test("a chain of 200,000 nodes is elaborated and emitted", arguments: Link.allCases)
    func chain(link: Link) throws {
        let length = 200_000
        let design = try elaborate(
            Snippet("chain", Ports.init) { m in
                var value = m.a
                for _ in 0..<length {
                    switch link {
                    case .add: value = value + m.b
                    case .not: value = ~value
                    case .mux: value = mux(m.c, m.b, value)
                    case .slice: value = (value ^ m.b)[0..<16]
                    case .concatenation: value = concatenate([m.c, value.truncated(to: 15)])
                    case .shift: value = value << m.b
                    }
                }
                m.out.drive(value)
            })
        #expect(design.nodeCount >= length)
        let emission = try emit(design)
        let longest = emission.modules[0].bytes.split(separator: UInt8(ascii: "\n")).map(\.count).max() ?? 0
        #expect(longest < 400, "a line of \(longest) characters")
    }

    @Test("a wide design of 130,000 nodes is elaborated and emitted")
    func wide() throws {
        let lanes = 2_000
        let design = try elaborate(
            Snippet("wide", Ports.init) { m in
                var total = m.a
                for lane in 0..<lanes {
                    let register = m.register("lane_\(lane)", 16)
                    let wire = m.wire("wire_\(lane)", 16, default: 0)
                    var value = register ^ m.b
                    for step in 0..<60 { value = step % 2 == 0 ? value + m.a : (value & m.b) }
                    when(m.c) { wire.drive(value) }
                    when(value.parity) { register.next(wire) }
                    total = total ^ value
                }
                m.out.drive(total)
            })
        #expect(design.nodeCount >= 130_000)
        let text = try String(decoding: emit(design).modules[0].bytes, as: UTF8.self)
        #expect(text.contains("reg [15:0] lane_1999;"))
        #expect(text.hasSuffix("endmodule\n"))
    }

    @Test("when bodies nested in each other keep their order")
    func nested() throws {
        let text = try text(Ports.init) { m in
            let state = m.register("state", 16)
            func nest(_ depth: Int) {
                when(m.a[depth]) {
                    if depth < 15 { nest(depth + 1) } else { state.next(m.b) }
                }.otherwise { state.next(depth) }
            }
            nest(0)
            m.out.drive(state)
        }
        #expect(text.matches(of: /if \(a\[\d+\]\) begin/).count == 16)
        #expect(text.matches(of: /state <= 16'd\d+;/).count == 17)
    }
}
