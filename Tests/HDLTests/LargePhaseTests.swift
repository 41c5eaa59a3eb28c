import Testing

@testable import HDL

/// Law: no phase recurses over the graph, and each is linear: designs of a million nodes go through all of them. The
/// times are printed and not asserted. The tests' threads have small stacks.
@Suite("Large designs in the phases", .serialized)
struct LargePhaseTests {
    struct Ports: SignalBundle { let a = Input(16), b = Input(16), c = Input(), out = Output(16) }

    /// Runs all phases and prints what each took.
    private func run(_ name: String, _ module: some Module) -> [Diagnostic] {
        let builder = DesignBuilder()
        _ = builder.definition(of: module, SourceLocation("Design.swift", 7))
        let count = builder.circuits.reduce(0) { $0 + $1.nodes.count }
        let clock = ContinuousClock()
        let times = Phase.all.map { phase in
            "\(phase.name) \(clock.measure { phase.run(builder) }.formatted)"
        }
        print("\(name), \(count) nodes: \(times.joined(separator: ", "))")
        return builder.circuits.flatMap(\.diagnostics)
    }

    @Test("a chain of 1,000,000 operators")
    func chain() {
        let found = run(
            "chain",
            Snippet("chain", Ports.init) { m in
                var value = m.a
                for step in 0..<1_000_000 { value = step % 2 == 0 ? value + m.b : ~value }
                m.out.drive(value ^ m.c.replicated(16))
            })
        #expect(found == [])
    }

    @Test("lanes of registers, wires and conditions", arguments: [2_000, 20_000])
    func wide(lanes: Int) {
        let found = run(
            "\(lanes) lanes",
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
        #expect(found == [])
    }

    @Test("a chain of 100,000 wires, each driven by the one declared after it")
    func wires() {
        let found = run(
            "chain of wires",
            Snippet("wires", Ports.init) { m in
                let wires = (0..<100_000).map { m.wire("w_\($0)", 16) }
                for index in 0..<99_999 { wires[index].drive(wires[index + 1] ^ m.b) }
                wires[99_999].drive(m.a + m.c.zeroExtended(to: 16))
                m.out.drive(wires[0])
            })
        #expect(found == [])
    }

    @Test("a real loop through 100,000 wires, with as many notes")
    func loop() {
        let found = run(
            "loop of wires",
            Snippet("wires", Ports.init) { m in
                let wires = (0..<100_000).map { m.wire("w_\($0)") }
                for index in 0..<100_000 { wires[index].drive(wires[(index + 1) % 100_000] ^ m.c) }
                m.out.drive(wires[0].replicated(16) ^ m.a ^ m.b)
            })
        #expect(found.map(\.message) == ["'w_0' depends on itself without a register between"])
        #expect(found.first?.notes.count == 100_000)
    }

    @Test("a word of 20,000 bits, each driven by the one below")
    func ripple() {
        let found = run(
            "ripple",
            Snippet("ripple", Ports.init) { m in
                let carry = m.wire("carry", 20_000)
                carry[0].drive(m.c)
                for index in 1..<20_000 { carry[index].drive(~carry[index - 1]) }
                m.out.drive(carry[19_984..<20_000] ^ m.a ^ m.b)
            })
        #expect(found.map(\.severity) == [.warning])
    }

    @Test("a concatenation of 20,000 wires that each take a bit of it")
    func concatenation() {
        let found = run(
            "concatenation",
            Snippet("joined", Ports.init) { m in
                let wires = (0..<20_000).map { m.wire("w_\($0)") }
                let joined = concatenate(wires).named("joined")
                wires[0].drive(m.c)
                for index in 1..<20_000 { wires[index].drive(joined[20_000 - index] ^ m.a[3]) }
                m.out.drive(joined[0..<16] ^ m.b)
            })
        #expect(found.map(\.severity) == [.warning])
    }
}

extension Duration {
    /// Milliseconds.
    fileprivate var formatted: String {
        "\(components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000) ms"
    }
}
