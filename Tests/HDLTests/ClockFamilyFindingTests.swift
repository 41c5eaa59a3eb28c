import HDL
import Testing

/// Law: domains whose clocks logic makes of one clock are one to the check, whatever gates such a clock changes with it,
/// and a clock of another kind is one of its own. A crossing names all that meets in it.
@Suite("Findings about derived clocks")
struct ClockFamilyFindingTests {
    struct Ports: SignalBundle {
        let write = ClockPort()
        let button = Input(1, .asynchronous)
        let enable = Input()
        let data = Input(8, "write")
        let own = Input(8)
        let sum = Output(8)
        let wide = Output(8, "write")
    }
    static let file = #fileID
    static let cross = "cross by a 'crossingRegister'"

    private func about(_ body: @escaping @Sendable (Builder<Ports>) -> Void) -> [String] {
        findings(
            about: Snippet("faulty", Ports.init) { m in
                body(m)
                m.wide.drive(m.data)
                let keep = m.wire("keep_unused", 18)
                keep.drive(concatenate([m.data, m.own, m.button, m.enable]))
            })
    }

    @Test("values go freely between a clock, its gate, the gate of that, and its inverse")
    func family() {
        let found = about { m in
            let gated = m.clockDomain("gated", clock: m.domain.clock & m.enable)
            let twice = m.clockDomain("twice", clock: gated.clock & m.own[0])
            let inverse = m.clockDomain("inverse", clock: ~m.domain.clock)
            let a = m.register("a", 8)
            let b = m.clocked(by: gated).register("b", 8)
            let c = m.clocked(by: twice).register("c", 8)
            let d = m.clocked(by: inverse).register("d", 8)
            a.next(m.own ^ d)
            b.next(a)
            c.next(b)
            d.next(c)
            m.sum.drive(a ^ b ^ c ^ d)
        }
        #expect(found == [])
    }

    @Test("what gates a clock is of that clock")
    func gate() {
        let line: UInt = #line
        let found = about { m in
            let gated = m.clockDomain("gated", clock: m.domain.clock & m.data[0] & m.button)
            let b = m.clocked(by: gated).register("b", 8)
            b.next(m.own)
            m.sum.drive(b)
        }
        #expect(
            found == [
                """
                \(Self.file):\(line + 2): error: the clock 'gated' of clock domain 'main' depends on 'button', which may \
                change at any time, and on 'data' of clock domain 'write'; \(Self.cross) (module 'faulty')
                Design.swift:7: note: 'button' may change at any time
                Design.swift:7: note: 'data' changes with clock domain 'write'
                """
            ])
    }

    @Test("a clock of a register, of two clocks, or of a black box is one of its own")
    func own() {
        struct Doubler: BlackBox {
            struct Ports: SignalBundle { let input = Input(), output = Output() }
            func ports() -> Ports { Ports() }
        }
        let line: UInt = #line
        let found = about { m in
            let half = m.register("half")
            half.next(~half)
            let box = m.instance("doubler", Doubler())
            box.input.drive(m.domain.clock)
            let domains = [
                m.clockDomain("divided", clock: half), m.clockDomain("doubled", clock: box.output),
                m.clockDomain("chosen", clock: mux(m.enable, m.domain.clock, m.write.clock)),
            ]
            for (index, domain) in domains.enumerated() {
                let r = m.clocked(by: domain).register("r_\(index)_unused", 8)
                r.next(m.own)
            }
            m.sum.drive(m.own)
        }
        let names = ["divided", "doubled", "chosen"]
        #expect(
            found
                == names.enumerated().map { index, name in
                    """
                    \(Self.file):\(line + 12): error: register 'r_\(index)_unused' of clock domain '\(name)' depends on \
                    'own' of clock domain 'main'; \(Self.cross) (module 'faulty')
                    Design.swift:7: note: 'own' changes with clock domain 'main'
                    """
                })
    }

    @Test("every source that meets at a register is named, with its way; of many the number of the others")
    func sources() {
        let line: UInt = #line
        let found = about { m in
            let far = m.clocked(by: m.write).register("far", 8)
            far.next(m.data)
            let shifted = (far >> 1).named("shifted")
            let r = m.register("r", 8)
            when(m.button) { r.next(shifted ^ m.data ^ m.own) }
            let many = (0..<10).map { m.clocked(by: m.write).register("far_\($0)", 8) }
            many.forEach { $0.next(m.data) }
            let s = m.register("s", 8)
            s.next(many.dropFirst().reduce(many[0]) { $0 ^ $1 })
            m.sum.drive(r ^ s)
        }
        #expect(found.count == 2)
        #expect(
            found.first == """
                \(Self.file):\(line + 6): error: register 'r' of clock domain 'main' depends on 'button', which may change \
                at any time, and on 'data' of clock domain 'write', and on 'far' of clock domain 'write'; \
                \(Self.cross) (module 'faulty')
                Design.swift:7: note: 'button' may change at any time
                Design.swift:7: note: 'data' changes with clock domain 'write'
                \(Self.file):\(line + 6): note: 'r' depends on 'shifted'
                \(Self.file):\(line + 4): note: 'shifted' depends on 'far'
                \(Self.file):\(line + 2): note: 'far' changes with clock domain 'write'
                """)
        let text = found.last ?? ""
        #expect(text.contains(", and on 2 more; \(Self.cross) (module 'faulty')\n"), "\(text)")
        #expect((0..<10).filter { text.contains("'far_\($0)' of clock domain 'write'") }.count == 8, "\(text)")
    }
}
