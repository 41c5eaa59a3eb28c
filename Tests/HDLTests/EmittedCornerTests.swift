import BitVectors
import Foundation
import HDL
import Simulation
import Testing
import Verilog

private struct Ports: SignalBundle {
    let a = Input(8), n = Input(3), s = Input(), t = Input()
    let out = Output(8)
}

private enum Step: HardwareEnum { case one, two, three }

/// Law: what is legal means the same everywhere, however odd it is put together.
@Suite("Emitted corners")
struct EmittedCornerTests {
    private func text(
        _ options: EmissionOptions = EmissionOptions(), _ body: @escaping @Sendable (Builder<Ports>) -> Void
    ) throws -> String {
        let design = try elaborate(Snippet("snippet", Ports.init, body))
        return String(decoding: try emit(design, options).modules[0].bytes, as: UTF8.self)
    }

    @Test("a signed subject of a switch has a name, since labels are unsigned")
    func signedSubject() throws {
        let text = try text { m in
            m.out.drive(0)
            choose((m.a.signed >> m.n).bits) { on in
                on.case(0xff, 0xfe) { m.out.drive(1) }
                on.default {}
            }
        }
        #expect(text.contains("wire [7:0] _subject_0 = $signed(a) >>> n;\n"))
        #expect(text.contains("case (_subject_0)\n"))
    }

    @Test("overlapping constant parts are a constant: a block that reads nothing would never run")
    func constantParts() throws {
        let text = try text { m in
            m.out.drive(0)
            m.out[0..<4].drive(5)
            m.out[2..<6].drive(9)
        }
        #expect(text.contains("assign out = 8'd37;\n"))
        #expect(!text.contains("always"))
    }

    @Test("a check in the last arm is looked at for every value that takes the arm")
    func lastArm() throws {
        let design = try elaborate(
            Snippet("snippet", Ports.init) { m in
                choose(EnumSignal<Step>(m.a[0..<2])) { on in
                    on.case(.one) { m.out.drive(1) }
                    on.case(.two) { m.out.drive(2) }
                    on.case(.three) {
                        m.out.drive(3)
                        m.assert("never", m.s)
                    }
                }
            })
        let simulator = try Simulator(design)
        for (code, failures) in [(0, 0), (2, 1), (1, 1), (3, 2), (0, 2)] {
            simulator.set("a", code)
            simulator.step()
            #expect(simulator.failures.count == failures, "code \(code)")
        }
    }

    @Test("what only a check counts stands in the formal part, sums and all")
    func countForCheck() throws {
        var options = EmissionOptions()
        options.popcount = .sums
        let text = try text(options) { m in
            m.out.drive(m.a)
            m.assert("few", popcount(m.a) < 9)
        }
        let parts = text.components(separatedBy: "`ifdef FORMAL")
        #expect(!parts[0].contains("_few_"))
        #expect(parts[1].contains("wire [7:0] _few_0 ="))
    }

    @Test("a derived clock and its reset are declared before anything uses them")
    func derivedClock() throws {
        let text = try text { m in
            let toggle = m.register("toggle")
            toggle.next(~toggle)
            let slow = m.clockDomain("slow", clock: toggle, reset: m.t, Clocking(reset: .asynchronous(.low)))
            let kept = m.clocked(by: slow).register("kept_unused")
            kept.next(~kept)
            m.out.drive((slow.clock & m.s).named("gated").zeroExtended(to: 8))
            m.clocked(by: slow).cover("ok", slow.clock)
        }
        #expect(!text.contains("undriven"))
        let lines = text.split(separator: "\n").map(String.init)
        let declared = try #require(lines.firstIndex { $0.hasSuffix(" wire slow_clk;") })
        let used = try #require(lines.firstIndex { $0.contains("slow_clk & s") })
        #expect(declared < used)
        #expect(text.contains("slow_rst_n"))
    }

    @Test("names that look like made ones, or that become alike, stay apart")
    func names() throws {
        let text = try text { m in
            let first = ((m.a + 1) ^ (m.a + 1)).allSet
            let spaced = m.wire("q b", 8)
            spaced.drive((m.a + m.a)[1...7].zeroExtended(to: 8))
            let joined = m.wire("q_b", 8)
            joined.drive((m.a - 3)[1...7].zeroExtended(to: 8))
            let unused = m.wire("unused", 8)
            unused.drive((m.a * m.a)[1...7].zeroExtended(to: 8))
            let memory = m.memory("_out_0", depth: 8, width: 8)
            when(m.s) { memory.write(m.n, m.a) }
            let taken = m.wire("_unused", 1, default: 0)
            when(m.t) { taken.drive(first) }
            let sum = (memory.read(m.n) ^ unused) ^ (spaced ^ joined)
            m.out.drive(sum ^ taken.replicated(8))
        }
        let declared = text.split(separator: "\n").compactMap { line -> Substring? in
            let words = line.split(separator: " ")
            guard let kind = words.first, kind == "wire" || kind == "reg" else { return nil }
            return words.dropFirst().first { !$0.hasPrefix("[") }.map { $0.prefix { $0 != ";" } }
        }
        #expect(declared.count > 8)
        #expect(Set(declared).count == declared.count, "\(declared)")
    }

    @Test("a write beyond the last word is not there")
    func lostWrite() throws {
        let text = try text { m in
            let memory = m.memory("store", depth: 6, width: 8, contents: [BitVector(1, width: 8)])
            memory.write(m.constant(7, 3), m.a)
            m.out.drive(memory.read(m.n))
        }
        #expect(!text.contains("store[3'd7]"))
    }

    private struct Buffer: BlackBox {
        struct Ports: SignalBundle { let clk = Input(), d = Input(8), q = Output(8) }
        var moduleName: String { "BUF8" }
        func ports() -> Ports { Ports() }
        var portNames: [String: String] { ["d": "D_IN", "q": "Q"] }
    }

    @Test("a black box has a clock of any name, and ports as its own Verilog calls them")
    func blackBox() throws {
        let text = try text { m in
            let buffer = m.instance("buffer", Buffer())
            buffer.clk.drive(m.domain.clock)
            buffer.d.drive(m.a)
            m.out.drive(buffer.q)
        }
        #expect(text.contains(".clk(clk),\n        .D_IN(a),\n        .Q(out)\n"))
    }

    private struct Odd<Element: Hashable & Sendable>: Module {
        struct Ports: SignalBundle { let out = Output() }
        let offset: Int
        let scale: Double
        let label: String
        let limit: Int?
        let element: Element
        func ports() -> Ports { Ports() }
        func build(_ m: Builder<Ports>) { m.out.drive(0) }
    }

    @Test("any parameters make a legal name of a module")
    func moduleNames() throws {
        let odd = Odd(offset: -3, scale: 0.5, label: "a b", limit: nil, element: [1, 2])
        let emission = try emit(elaborate(odd))
        #expect(emission.top == "odd_array_int___n3_0_5_a_b_none__1__2_")
    }
}
