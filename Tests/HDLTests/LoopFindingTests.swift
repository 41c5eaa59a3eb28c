import HDL
import Testing

/// Law: an error says so if and only if some bit depends on itself within the cycle, by the shortest way; where only
/// words do, a warning says so.
@Suite("Findings about combinational loops")
struct LoopFindingTests {
    struct Ports: SignalBundle { let a = Input(8), c = Input(), out = Output(8) }
    static let file = #fileID
    static let text = "depends on itself without a register between"

    /// A part with a way from each input to one output alone.
    struct Twin: Module {
        struct Ports: SignalBundle { let a = Input(8), b = Input(8), x = Output(8), y = Output(8) }
        func ports() -> Ports { Ports() }
        func build(_ m: Builder<Ports>) {
            m.x.drive(m.a ^ 3)
            m.y.drive(m.b ^ 5)
        }
    }

    @Test("a wire that takes its own value")
    func selfLoop() {
        let line: UInt = #line
        let found = findings(
            about: Snippet("faulty", Ports.init) { m in
                let w = m.wire("w", 8)
                w.drive(w & m.a | m.c.replicated(8))
                m.out.drive(w)
            })
        #expect(
            found == [
                "\(Self.file):\(line + 4): error: 'w[0]' \(Self.text) (module 'faulty')\n"
                    + "\(Self.file):\(line + 4): note: 'w[0]' depends on 'w[0]'"
            ])
    }

    @Test("two wires and a named sum, with the place of each; a loop of two words is one error")
    func severalSignals() {
        let line: UInt = #line
        let found = findings(
            about: Snippet("faulty", Ports.init) { m in
                let x = m.wire("x", 8)
                let y = m.wire("y", 8)
                let sum = (x + m.a).named("sum")
                y.drive(sum ^ m.c.replicated(8))
                x.drive(~y)
                m.out.drive(y)
            })
        #expect(
            found == [
                """
                \(Self.file):\(line + 7): error: 'x[0]' \(Self.text) (module 'faulty')
                \(Self.file):\(line + 7): note: 'x[0]' depends on 'y[0]'
                \(Self.file):\(line + 6): note: 'y[0]' depends on 'sum[0]'
                \(Self.file):\(line + 5): note: 'sum[0]' depends on 'x[0]'
                """
            ])
    }

    @Test("the shortest of the ways round is printed")
    func shortest() {
        let line: UInt = #line
        let found = findings(
            about: Snippet("faulty", Ports.init) { m in
                let w = (0..<6).map { m.wire("w_\($0)") }
                for index in 0..<5 { w[index].drive(w[index + 1] & m.c) }
                w[5].drive(w[0] | w[3] | m.a.parity)
                m.out.drive(w[0].zeroExtended(to: 8))
            })
        #expect(
            found == [
                """
                \(Self.file):\(line + 4): error: 'w_3' \(Self.text) (module 'faulty')
                \(Self.file):\(line + 4): note: 'w_3' depends on 'w_4'
                \(Self.file):\(line + 4): note: 'w_4' depends on 'w_5'
                \(Self.file):\(line + 5): note: 'w_5' depends on 'w_3'
                """
            ])
    }

    @Test("two loops are two errors")
    func twoLoops() {
        let line: UInt = #line
        let found = findings(
            about: Snippet("faulty", Ports.init) { m in
                let x = m.wire("x")
                let y = m.wire("y")
                x.drive(x ^ m.c)
                y.drive(~(y | m.a.parity))
                m.out.drive(concatenate([x, y]).zeroExtended(to: 8))
            })
        #expect(
            found == [
                "\(Self.file):\(line + 5): error: 'x' \(Self.text) (module 'faulty')\n"
                    + "\(Self.file):\(line + 5): note: 'x' depends on 'x'",
                "\(Self.file):\(line + 6): error: 'y' \(Self.text) (module 'faulty')\n"
                    + "\(Self.file):\(line + 6): note: 'y' depends on 'y'",
            ])
    }

    @Test("a condition around an assignment, and the subject of a choice")
    func conditions() {
        let line: UInt = #line
        let found = findings(
            about: Snippet("faulty", Ports.init) { m in
                let x = m.wire("x", default: 0)
                let y = m.wire("y", 2)
                when(m.c) { when(~x) { x.drive(1) } }
                choose(y) { on in
                    on.case(0) { y.drive(m.a[0...1]) }
                    on.default { y.drive(3) }
                }
                m.out.drive(concatenate([x, y]).zeroExtended(to: 8))
            })
        #expect(
            found == [
                "\(Self.file):\(line + 5): error: 'x' \(Self.text) (module 'faulty')\n"
                    + "\(Self.file):\(line + 5): note: 'x' depends on 'x', a condition",
                "\(Self.file):\(line + 7): error: 'y[0]' \(Self.text) (module 'faulty')\n"
                    + "\(Self.file):\(line + 7): note: 'y[0]' depends on 'y[0]', a condition",
            ])
    }

    @Test("a way through an instance")
    func instance() {
        let line: UInt = #line
        let found = findings(
            about: Snippet("faulty", Ports.init) { m in
                let twin = m.instance("twin", Twin())
                twin.a.drive(twin.x | m.a)
                twin.b.drive(m.c.replicated(8))
                m.out.drive(twin.x ^ twin.y)
            })
        #expect(
            found == [
                """
                \(Self.file):\(line + 4): error: 'twin_a[0]' \(Self.text) (module 'faulty')
                \(Self.file):\(line + 4): note: 'twin_a[0]' depends on 'twin_x[0]'
                \(Self.file):\(line + 3): note: 'twin_x[0]' depends on 'twin_a[0]' through instance 'twin'
                """
            ])
    }

    @Test("other inputs of an instance are no loop, nor is a way through a register or a memory")
    func noLoop() {
        let found = findings(
            about: Snippet("sound", Ports.init) { m in
                let twin = m.instance("twin", Twin())
                let r = m.register("r", 8)
                let store = m.memory("store", depth: 4, width: 8)
                twin.a.drive(m.a)
                twin.b.drive(twin.x ^ r)
                r.next(r + twin.y)
                store.write(r[0...1], store.read(m.a[0...1]) ^ r)
                m.out.drive(store.read(m.c.zeroExtended(to: 2)))
            })
        #expect(found == [])
    }

    @Test("bits that depend on lower bits are a loop of words only, which is a warning")
    func rippleCarry() {
        let line: UInt = #line
        let found = findings(
            about: Snippet("ripple", Ports.init) { m in
                let carry = m.wire("carry", 8)
                carry[0].drive(m.c)
                for index in 1..<8 { carry[index].drive(carry[index - 1] & m.a[index]) }
                m.out.drive(carry)
            })
        #expect(
            found == [
                "\(Self.file):\(line + 3): warning: 'carry' depends on itself as a word, though in no bit; simulators"
                    + " run it slowly, so give its parts signals of their own (module 'ripple')"
            ])
    }

    @Test("a loop of words through an instance whose bits keep apart is a warning, one whose bits meet an error")
    func bitsOfInstances() {
        struct Swap: Module {
            let isSwapping: Bool
            struct Ports: SignalBundle { let a = Input(2), x = Output(2) }
            func ports() -> Ports { Ports() }
            func build(_ m: Builder<Ports>) { m.x.drive(isSwapping ? concatenate([m.a[0], m.a[1]]) : m.a) }
        }
        func messages(_ isSwapping: Bool) -> [String] {
            findings(
                about: Snippet("outer", Ports.init) { m in
                    let part = m.instance("part", Swap(isSwapping: isSwapping))
                    part.a[0].drive(m.c)
                    part.a[1].drive(part.x[isSwapping ? 1 : 0] ^ m.a.parity)
                    m.out.drive(part.x.zeroExtended(to: 8))
                }
            ).map { $0.split(separator: "\n")[0].split(separator: ": ", maxSplits: 1)[1].description }
        }
        #expect(
            messages(false) == [
                "warning: 'part_a' depends on itself as a word, though in no bit; simulators run it slowly, so give its"
                    + " parts signals of their own (module 'outer')"
            ])
        #expect(messages(true) == messages(false))
        // The bit that comes back is the one that goes in.
        let line: UInt = #line
        let found = findings(
            about: Snippet("outer", Ports.init) { m in
                let part = m.instance("part", Swap(isSwapping: true))
                part.a[0].drive(m.c)
                part.a[1].drive(part.x[0] ^ m.a.parity)
                m.out.drive(part.x.zeroExtended(to: 8))
            })
        #expect(
            found == [
                """
                \(Self.file):\(line + 5): error: 'part_a[1]' \(Self.text) (module 'outer')
                \(Self.file):\(line + 5): note: 'part_a[1]' depends on 'part_x[0]'
                \(Self.file):\(line + 3): note: 'part_x[0]' depends on 'part_a[1]' through instance 'part'
                """
            ])
    }

    @Test("a black box is believed: combinational, or not", arguments: [true, false])
    func blackBox(isCombinational: Bool) {
        struct Box: BlackBox {
            let isCombinational: Bool
            struct Ports: SignalBundle { let a = Input(), x = Output() }
            var moduleName: String { "box" }
            func ports() -> Ports { Ports() }
        }
        let line: UInt = #line
        let found = findings(
            about: Snippet("outer", Ports.init) { m in
                let box = m.instance("box", Box(isCombinational: isCombinational))
                box.a.drive(box.x ^ m.c ^ m.a.parity)
                m.out.drive(box.x.zeroExtended(to: 8))
            })
        let error = """
            \(Self.file):\(line + 4): error: 'box_a' \(Self.text) (module 'outer')
            \(Self.file):\(line + 4): note: 'box_a' depends on 'box_x'
            \(Self.file):\(line + 3): note: 'box_x' depends on 'box_a' through instance 'box'
            """
        #expect(found == (isCombinational ? [error] : []))
    }

    @Test("a derived clock that is gated by itself")
    func derivedClock() {
        let line: UInt = #line
        let found = findings(
            about: Snippet("outer", Ports.init) { m in
                let gate = m.wire("gate")
                let gated = m.clockDomain("gated", clock: gate)
                gate.drive(gated.clock & m.c)
                let r = m.clocked(by: gated).register("r", 8, reset: nil)
                r.next(r + 1)
                m.out.drive(m.a)
                m.clocked(by: gated).assert("r_small", m.c)
            })
        #expect(
            found.first == """
                \(Self.file):\(line + 5): error: 'gate' \(Self.text) (module 'outer')
                \(Self.file):\(line + 5): note: 'gate' depends on 'gated_clk'
                \(Self.file):\(line + 4): note: 'gated_clk' depends on 'gate'
                """)
    }
}
