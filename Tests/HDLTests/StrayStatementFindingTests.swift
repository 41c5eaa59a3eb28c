import HDL
import Testing

/// Law: a statement belongs to the module that is being described; for any other it is an error, never lost in silence.
@Suite("Findings about statements of another module")
struct StrayStatementFindingTests {
    struct Ports: SignalBundle { let a = Input(8), c = Input(), out = Output(8) }
    static let file = #fileID

    /// Lets parts of a module out of it.
    final class Open: @unchecked Sendable {
        var signal: Bits?
        var register: Bits?
        var memory: Memory?
        var builder: Builder<Ports>?
        var chain: WhenChain?
        var arms: Switch?
    }

    private func inner(_ open: Open) -> Snippet<Ports> {
        Snippet("inner", Ports.init) { m in
            let register = m.register("r", 8)
            let memory = m.memory("store", depth: 4, width: 8)
            open.signal = m.c
            open.register = register
            open.memory = memory
            open.builder = m
            open.chain = when(m.c) { register.next(1) }
            choose(m.c) { on in
                open.arms = on
                on.case(0) {}
                on.default {}
            }
            m.out.drive(register ^ memory.read(m.a[0...1]) ^ m.a)
        }
    }

    /// Makes an instance of a module, then does something to that module's inside.
    private func about(_ body: @escaping @Sendable (Builder<Ports>, Open) -> Void) -> [String] {
        let open = Open()
        let module = inner(open)
        return findings(
            about: Snippet("outer", Ports.init) { m in
                let part = m.instance("part", module)
                part.a.drive(m.a)
                part.c.drive(m.c)
                m.out.drive(part.out)
                body(m, open)
            })
    }

    static let places: [(what: String, body: @Sendable (Builder<Ports>, Open) -> Void)] = [
        ("'when'", { _, open in if let signal = open.signal { when(signal) {} } }),
        ("'choose'", { _, open in if let signal = open.signal { choose(signal) { $0.default {} } } }),
        ("'next' on 'r'", { _, open in open.register?.next(1) }),
        ("a write to memory 'store'", { m, open in if let r = open.register { open.memory?.write(r[0...1], r) } }),
        ("wire 'w'", { _, open in _ = open.builder?.wire("w", default: 0) }),
        ("register 'q'", { _, open in _ = open.builder?.register("q") }),
        ("memory 'words'", { _, open in _ = open.builder?.memory("words", depth: 2, width: 2) }),
        ("'assert' 'holds'", { _, open in if let c = open.signal { open.builder?.assert("holds", c) } }),
        (
            "clock domain 'slow'",
            { _, open in if let c = open.signal { _ = open.builder?.clockDomain("slow", clock: c) } }
        ),
    ]

    @Test("whatever is added to a module that is described already", arguments: 0..<9)
    func afterwards(_ index: Int) {
        let found = about(Self.places[index].body)
        #expect(found.count == 1)
        #expect(
            found.first?.hasSuffix(
                ": error: \(Self.places[index].what) outside the description of its module (module 'inner')") == true,
            "\(found)")
        #expect(found.first?.hasPrefix("\(Self.file):") == true)
    }

    @Test("an arm for a chain and a choice of a module that is described already")
    func arms() {
        let line: UInt = #line
        let found = about { m, open in
            open.chain?.otherwise {}
            open.arms?.case(1) {}
        }
        #expect(
            found.filter { $0.contains("outside") } == [
                "\(Self.file):\(line + 2): error: an arm of a 'when' outside the description of its module (module 'inner')",
                "\(Self.file):\(line + 3): error: an arm of a 'choose' outside the description of its module (module 'inner')",
            ])
    }

    @Test("a module's own statements inside the description of its instance")
    func inside() {
        let line: UInt = #line
        let found = findings(
            about: Snippet("outer", Ports.init) { m in
                let w = m.wire("w", 8, default: 0)
                let open = Open()
                (open.signal, open.register) = (m.c, w)
                let part = m.instance(
                    "part",
                    Snippet("part", Ports.init) { inner in
                        if let c = open.signal { when(c) { inner.out.drive(inner.a) } }
                        open.register?.drive(1)
                    })
                part.a.drive(m.a)
                part.c.drive(m.c)
                m.out.drive(part.out ^ w)
            })
        #expect(
            found == [
                "\(Self.file):\(line + 9): error: 'when' outside the description of its module (module 'outer')",
                "\(Self.file):\(line + 10): error: 'drive' on 'w' outside the description of its module (module 'outer')",
            ])
    }

    @Test("a module may be described again after its instance was")
    func afterInstance() {
        let found = findings(
            about: Snippet("outer", Ports.init) { m in
                let part = m.instance("part", Snippet("part", Ports.init) { $0.out.drive($0.a ^ $0.c.replicated(8)) })
                part.a.drive(m.a)
                part.c.drive(m.c)
                when(m.c) { m.out.drive(part.out) }.otherwise { m.out.drive(2) }
            })
        #expect(found == [])
    }
}
