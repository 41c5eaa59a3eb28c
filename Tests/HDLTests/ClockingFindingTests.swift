import HDL
import Testing

private struct TwoClocks: SignalBundle {
    let write = ClockPort(Clocking(reset: .asynchronous(.low)))
    let a = Input(8), out = Output(8)
}

/// Keeps its input, in a clock domain of the instance's choice.
private struct Keeper: Module {
    var port = Clocking()
    var own = Clocking()
    struct Ports: SignalBundle {
        let write: ClockPort
        let a = Input(8), out = Output(8)
    }
    var moduleName: String { "keeper" }
    var clocking: Clocking { own }
    func ports() -> Ports { Ports(write: ClockPort(port)) }
    func build(_ m: Builder<Ports>) {
        let first = m.clocked(by: m.write).crossingRegister("first", 8)
        first.next(m.a)
        let second = m.crossingRegister("second", 8)
        second.next(first)
        m.out.drive(second)
    }
}

/// A clock gate as the library of a process has it.
private struct Gate: BlackBox {
    struct Ports: SignalBundle { let clock = Input(), enable = Input(), gated = Output() }
    var moduleName: String { "GATE" }
    func ports() -> Ports { Ports() }
}

/// Law: what is placed in a clock domain is placed in one of its module, and an instance gets every clock that it uses.
@Suite("Findings about clock domains, checks and scopes")
struct ClockingFindingTests {
    static let declarations: [FindingCase] = [
        FindingCase("the clock of domain 'slow' has 8 bits; it has 1 bit") { m in
            _ = m.clockDomain("slow", clock: m.a)
        },
        FindingCase("domain 'slow' has a signal for a reset that it does not have") { m in
            _ = m.clockDomain("slow", clock: m.c, reset: m.c)
        },
        FindingCase("domain 'slow' has no signal for its reset") { m in
            _ = m.clockDomain("slow", clock: m.c, Clocking())
        },
        FindingCase("the reset of domain 'slow' has 4 bits; it has 1 bit") { m in
            _ = m.clockDomain("slow", clock: m.c, reset: m.n, Clocking())
        },
        FindingCase([(2, "the clock of domain 'slow' is a signal of module 'other'")]) { m in
            let clock = stranger(m)
            _ = m.clockDomain("slow", clock: clock)
        },
    ]

    static let checks: [FindingCase] = [
        FindingCase("'small' has 1 bit, 'a' has 8") { m in
            m.assert("small", m.a)
        },
        FindingCase([(2, "'odd' looks at a signal of module 'other'")]) { m in
            let inside = stranger(m)
            m.cover("odd", inside)
        },
        FindingCase([(2, "the name 'fair' of a check is taken")]) { m in
            m.assume("fair", m.c)
            m.assert("fair", m.c)
        },
        FindingCase([(4, "the name 'half_fair' of a check is taken")]) { m in
            // A scope's name is part of a check's name.
            m.scope("half") { m.assume("fair", m.c) }
            m.assume("fair", m.c)
            m.assert("half_fair", m.c)
        },
    ]

    @Test("clocks that are none", arguments: declarations)
    func declarationsFound(_ finding: FindingCase) { finding.check(file: #fileID) }

    @Test("properties that are none", arguments: checks)
    func checksFound(_ finding: FindingCase) { finding.check(file: #fileID) }

    /// Lets a clock domain out of its module, as no description should.
    private final class DomainLeak: @unchecked Sendable { var domain: ClockDomain? }

    @Test("declarations in a clock domain of another module")
    func strangeDomain() {
        let leak = DomainLeak()
        let line: UInt = #line
        let top = Snippet("top", FaultyPorts.init) { m in
            let other = Snippet("other", TwoClocks.init) { inner in
                leak.domain = inner.write
                inner.out.drive(inner.clocked(by: inner.write).past(inner.a))
            }
            let instance = m.instance("inner", other)
            instance.a.drive(m.a)
            instance.write.connect(m.clockDomain("w", clock: m.c, reset: m.c, Clocking(reset: .asynchronous(.low))))
            guard let domain = leak.domain else { return }
            let strange = m.clocked(by: domain)
            strange.register("r", 8).next(m.b)
            _ = strange.memory("store", depth: 4, width: 2)
            strange.assert("fine", m.c)
            instance.write.connect(domain)
            m.out.drive(m.a)
        }
        func text(_ offset: UInt, _ message: String) -> String {
            "\(#fileID):\(line + offset): error: \(message) (module 'top')"
        }
        expectFindings(
            [
                text(11, "register 'r' in a clock domain of module 'other'"),
                text(12, "memory 'store' in a clock domain of module 'other'"),
                text(13, "'fine' in a clock domain of module 'other'"),
                text(14, "an instance's clock takes a clock domain of module 'other'"),
            ], of: top)
    }

    @Test("an instance's clock that is not connected, or works otherwise")
    func instanceClocks() {
        let line: UInt = #line
        let top = Snippet("top", TwoClocks.init) { m in
            let first = m.instance("first", Keeper())
            let second = m.instance("second", Keeper())
            second.write.connect(m.write)
            first.a.drive(m.a)
            second.a.drive(m.a)
            m.out.drive(first.out ^ second.out)
        }
        expectFindings(
            [
                "\(#fileID):\(line + 2): error: clock 'write' of instance 'first' is not connected (module 'top')",
                "\(#fileID):\(line + 3): error: clock 'write' of instance 'second' has rising edge, synchronous reset,"
                    + " active high; domain 'write' has rising edge, asynchronous reset, active low (module 'top')",
            ], of: top)
    }

    @Test("an instance in a domain whose edge its own clock does not have")
    func ownClock() {
        let line: UInt = #line
        let top = Snippet("top", TwoClocks.init) { m in
            let port = Clocking(reset: .asynchronous(.low))
            let one = m.instance("one", Keeper(port: port, own: Clocking(edge: .falling)))
            one.write.connect(m.write)
            one.a.drive(m.a)
            m.out.drive(one.out)
        }
        expectFindings(
            [
                "\(#fileID):\(line + 3): error: clock 'main' of instance 'one' has falling edge, synchronous reset, active"
                    + " high; domain 'main' has rising edge, synchronous reset, active high (module 'top')"
            ], of: top)
    }

    @Test("a port that changes with a clock that is none of the module's")
    func portClock() {
        struct None: SignalBundle { let a = Input(8, "fast"), out = Output(8) }
        struct Others: SignalBundle {
            let write = ClockPort(), read = ClockPort()
            let a = Input(8, "fast"), out = Output(8)
        }
        let none = #expect(throws: ElaborationError.self) {
            _ = try elaborate(Snippet("faulty", None.init) { $0.out.drive($0.a) }, "Design.swift", 7)
        }
        #expect(
            none?.description
                == "Design.swift:7: error: port 'a' changes with clock 'fast'; the module has no clock ports"
                + " (module 'faulty')")
        let others = #expect(throws: ElaborationError.self) {
            _ = try elaborate(Snippet("faulty", Others.init) { $0.out.drive($0.a) }, "Design.swift", 7)
        }
        #expect(
            others?.description
                == "Design.swift:7: error: port 'a' changes with clock 'fast'; the clock ports are 'write',"
                + " 'read' (module 'faulty')")
    }

    @Test("a black box has neither a body nor findings; its inputs are driven as any instance's")
    func blackBox() throws {
        struct Ports: SignalBundle { let enable = Input(), out = Output() }
        let line: UInt = #line
        let top = Snippet("top", Ports.init) { m in
            let gate = m.instance("gate", Gate())
            gate.clock.drive(m.domain.clock)
            m.out.drive(gate.gated & m.enable)
        }
        expectFindings(
            ["\(#fileID):\(line + 2): error: instance input 'gate_enable' is not driven (module 'top')"], of: top)
    }

    @Test("a scope is part of every name that is given in it")
    func scopes() throws {
        let module = Snippet("scoped", FaultyPorts.init) { m in
            let sum = m.scope("left") {
                m.scope("inner") { m.register("r", 8) }.next(m.a)
                return (m.a + m.b).named("sum")
            }
            let again = m.scope("right") { (m.a ^ m.b).named("sum") }
            m.out.drive(sum & again)
        }
        let circuit = try elaborate(module).top
        #expect(circuit.registers.map(\.name) == ["left_inner_r"])
        #expect(Set(circuit.names.values).isSuperset(of: ["left_sum", "right_sum"]))
    }
}
