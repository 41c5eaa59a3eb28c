import BitVectors
import HDL
import Testing

/// Law: what is clocked takes values of its own clock domain only, unless it is a crossing register.
@Suite("Findings about clock domains")
struct DomainFindingTests {
    struct Ports: SignalBundle {
        let write = ClockPort()
        let button = Input(1, .asynchronous)
        let data = Input(8, "write")
        let own = Input(8)
        let sum = Output(8)
        let wide = Output(8, "write")
    }
    static let file = #fileID
    static let cross = "cross by a 'crossingRegister'"

    /// What is said about a body to which the drives that every output needs are added.
    private func about(_ body: @escaping @Sendable (Builder<Ports>) -> Void) -> [String] {
        findings(
            about: Snippet("faulty", Ports.init) { m in
                body(m)
                let writer = m.clocked(by: m.write).register("writer_unused", 8)
                writer.next(m.data)
                let keep = m.crossingRegister("keep_unused", 9)
                keep.next(concatenate([m.button, m.own]))
            })
    }

    @Test("a register that takes a port of another clock, by way of a named signal")
    func register() {
        let line: UInt = #line
        let found = about { m in
            let r = m.register("r", 8)
            let shifted = (m.data >> 1).named("shifted")
            r.next(shifted + m.own)
            m.sum.drive(r)
            m.wide.drive(m.data)
        }
        #expect(
            found == [
                """
                \(Self.file):\(line + 4): error: register 'r' of clock domain 'main' depends on 'data' of clock domain \
                'write'; \(Self.cross) (module 'faulty')
                \(Self.file):\(line + 4): note: 'r' depends on 'shifted'
                \(Self.file):\(line + 3): note: 'shifted' depends on 'data'
                Design.swift:7: note: 'data' changes with clock domain 'write'
                """
            ])
    }

    @Test("a condition, an input that changes at any time, and a register of another domain")
    func conditionsAndAsynchronousInputs() {
        let line: UInt = #line
        let found = about { m in
            let r = m.register("r", 8)
            let w = m.clocked(by: m.write).register("w", 8)
            when(m.button) { r.next(m.own) }
            w.next(r)
            m.sum.drive(r)
            m.wide.drive(w)
        }
        #expect(
            found == [
                """
                \(Self.file):\(line + 4): error: register 'r' of clock domain 'main' depends on 'button', which may \
                change at any time; \(Self.cross) (module 'faulty')
                Design.swift:7: note: 'button' may change at any time
                """,
                """
                \(Self.file):\(line + 5): error: register 'w' of clock domain 'write' depends on 'r' of clock domain \
                'main'; \(Self.cross) (module 'faulty')
                \(Self.file):\(line + 2): note: 'r' changes with clock domain 'main'
                """,
            ])
    }

    @Test("a crossing register takes anything, and what reads it is in its domain")
    func crossingRegister() {
        let found = about { m in
            let first = m.crossingRegister("first", 8)
            let second = m.register("second", 8)
            first.next(mux(m.button, m.data, m.own))
            second.next(first)
            m.sum.drive(second)
            m.wide.drive(m.data)
        }
        #expect(found == [])
    }

    @Test("outputs and checks")
    func outputsAndChecks() {
        let line: UInt = #line
        let found = about { m in
            m.sum.drive(m.data)
            m.wide.drive(m.own)
            m.assert("calm", m.data == 0)
            m.clocked(by: m.write).cover("pressed", m.button)
        }
        #expect(
            found == [
                """
                Design.swift:7: note: 'data' changes with clock domain 'write'
                """
            ].map { note in
                """
                \(Self.file):\(line + 2): error: output 'sum' of clock domain 'main' depends on 'data' of clock domain \
                'write'; \(Self.cross) (module 'faulty')
                \(note)
                """
            } + [
                """
                \(Self.file):\(line + 3): error: output 'wide' of clock domain 'write' depends on 'own' of clock domain \
                'main'; \(Self.cross) (module 'faulty')
                Design.swift:7: note: 'own' changes with clock domain 'main'
                """,
                """
                \(Self.file):\(line + 4): error: assert 'calm' of clock domain 'main' depends on 'data' of clock domain \
                'write'; \(Self.cross) (module 'faulty')
                Design.swift:7: note: 'data' changes with clock domain 'write'
                """,
                """
                \(Self.file):\(line + 5): error: cover 'pressed' of clock domain 'write' depends on 'button', which may \
                change at any time; \(Self.cross) (module 'faulty')
                Design.swift:7: note: 'button' may change at any time
                """,
            ])
    }

    /// A register between its ports, with a second clock that only a part of it uses.
    struct Leaf: Module {
        struct Ports: SignalBundle {
            let read = ClockPort()
            let a = Input(8), far = Input(8, "read"), free = Input(1, .asynchronous)
            let x = Output(8), y = Output(8, "read")
        }
        func ports() -> Ports { Ports() }
        func build(_ m: Builder<Ports>) {
            let near = m.register("near", 8)
            let free = m.crossingRegister("free_first")
            let other = m.clocked(by: m.read).register("other", 8)
            near.next(m.a)
            free.next(m.free)
            other.next(m.far)
            m.x.drive(near ^ free.replicated(8))
            m.y.drive(other)
        }
    }

    @Test("the ports of an instance are in the domains that its clocks are connected to")
    func instances() {
        let line: UInt = #line
        let found = about { m in
            let leaf = m.clocked(by: m.write).instance("leaf", Leaf())
            leaf.read.connect(m.domain)
            leaf.a.drive(m.own)
            leaf.far.drive(m.own)
            leaf.free.drive(m.button)
            m.sum.drive(leaf.y)
            m.wide.drive(leaf.x)
        }
        #expect(
            found == [
                """
                \(Self.file):\(line + 4): error: instance input 'leaf_a' of clock domain 'write' depends on 'own' of \
                clock domain 'main'; \(Self.cross) (module 'faulty')
                Design.swift:7: note: 'own' changes with clock domain 'main'
                """
            ])
    }

    @Test("two clocks of a module that are one clock outside")
    func sameClock() {
        let found = about { m in
            let leaf = m.instance("leaf", Leaf())
            leaf.read.connect(m.domain)
            leaf.a.drive(leaf.y)
            leaf.far.drive(leaf.x)
            leaf.free.drive(0)
            m.sum.drive(leaf.y ^ leaf.x)
            m.wide.drive(m.data)
        }
        #expect(found == [])
    }

    @Test("a module without a clock takes the domain of what its instance is given")
    func combinationalInstance() {
        struct Adder: Module {
            struct Ports: SignalBundle { let a = Input(8), b = Input(8), sum = Output(8) }
            func ports() -> Ports { Ports() }
            func build(_ m: Builder<Ports>) { m.sum.drive(m.a + m.b) }
        }
        let line: UInt = #line
        let found = about { m in
            let near = m.instance("near", Adder())
            let far = m.instance("far", Adder())
            near.a.drive(m.own)
            near.b.drive(m.data)
            far.a.drive(m.data)
            far.b.drive(m.data)
            m.sum.drive(near.sum)
            m.wide.drive(far.sum)
        }
        #expect(
            found == [
                """
                \(Self.file):\(line + 8): error: output 'sum' of clock domain 'main' depends on 'data' of clock domain \
                'write'; \(Self.cross) (module 'faulty')
                \(Self.file):\(line + 8): note: 'sum' depends on 'near_sum'
                \(Self.file):\(line + 2): note: 'near_sum' depends on 'near_b' through instance 'near'
                \(Self.file):\(line + 5): note: 'near_b' depends on 'data'
                Design.swift:7: note: 'data' changes with clock domain 'write'
                """
            ])
    }

    @Test("the reset of a derived domain: synchronous from another domain, or asynchronous")
    func derivedResets() {
        let line: UInt = #line
        let found = about { m in
            let restart = m.register("restart")
            restart.next(~restart)
            let slow = m.clockDomain("slow", clock: restart, reset: restart, Clocking())
            let free = m.clockDomain("free", clock: restart, reset: restart, Clocking(reset: .asynchronous()))
            let r = m.clocked(by: slow).register("r_unused")
            let s = m.clocked(by: free).register("s_unused")
            r.next(~r)
            s.next(~s)
            m.sum.drive(m.own)
            m.wide.drive(m.data)
        }
        #expect(
            found == [
                """
                \(Self.file):\(line + 4): error: the synchronous reset of clock domain 'slow' depends on 'restart' of \
                clock domain 'main'; \(Self.cross) (module 'faulty')
                \(Self.file):\(line + 2): note: 'restart' changes with clock domain 'main'
                """
            ])
    }

    @Test("random registers of three domains: an error for exactly those that depend on another domain")
    func random() {
        struct Three: SignalBundle {
            let red = ClockPort(), blue = ClockPort()
            let a = Input(4), r = Input(4, "red"), b = Input(4, "blue"), free = Input(4, .asynchronous)
            let out = Output(4)
        }
        final class Note: @unchecked Sendable { var wrong: Set<String> = [] }
        var total = 0
        for seed in 1...200 as ClosedRange<UInt64> {
            let note = Note()
            let found = findings(
                about: Snippet("three", Three.init) { m in
                    var random = SplitMix(state: seed)
                    func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
                    let builders = [m, m.clocked(by: m.red), m.clocked(by: m.blue)]
                    // Each value with the domains that it changes with; 3 is at any time.
                    var values: [(signal: Bits, domains: Set<Int>)] = [
                        (m.a, [0]), (m.r, [1]), (m.b, [2]), (m.constant(5, 4), []), (m.constant(3, 4), []),
                    ]
                    if seed % 4 == 0 { values.append((m.free, [3])) }
                    let registers = (0..<8).map { index in
                        (signal: builders[index % 3].register("r_\(index)", 4), domain: index % 3)
                    }
                    values += registers.map { ($0.signal, [$0.domain]) }
                    for index in 0..<12 {
                        let (x, y, z) = (
                            values[pick(values.count)], values[pick(values.count)], values[pick(values.count)]
                        )
                        switch pick(4) {
                        case 0: values.append((x.signal + y.signal, x.domains.union(y.domains)))
                        case 1:
                            values.append(
                                (mux(x.signal[0], y.signal, z.signal), x.domains.union(y.domains).union(z.domains)))
                        case 2: values.append(((x.signal ^ 3).named("n_\(index)"), x.domains))
                        default:
                            let wire = m.wire("w_\(index)", 4)
                            wire.drive(x.signal)
                            when(y.signal[1]) { wire.drive(z.signal) }
                            values.append((wire, x.domains.union(y.domains).union(z.domains)))
                        }
                    }
                    for (index, register) in registers.enumerated() {
                        let same = values.filter { $0.domains.isSubset(of: [register.domain]) }
                        let value = pick(2) == 0 ? same[pick(same.count)] : values[pick(values.count)]
                        let condition = pick(3) == 0 ? same[pick(same.count)] : values[pick(values.count)]
                        if pick(2) == 0 {
                            register.signal.next(value.signal)
                            if !value.domains.isSubset(of: [register.domain]) { note.wrong.insert("r_\(index)") }
                        } else {
                            when(condition.signal[0]) { register.signal.next(value.signal) }
                            if !value.domains.union(condition.domains).isSubset(of: [register.domain]) {
                                note.wrong.insert("r_\(index)")
                            }
                        }
                    }
                    m.out.drive(m.a)
                })
            let named = found.compactMap { $0.firstMatch(of: /error: register '(r_\d)'/)?.1 }.map(String.init)
            #expect(Set(named) == note.wrong, "seed \(seed)")
            #expect(named.count == note.wrong.count, "seed \(seed)")
            total += note.wrong.count
        }
        #expect(total > 300 && total < 1_300, "\(total) of 1,600")
    }
}
