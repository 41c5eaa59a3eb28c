import HDL
import Testing

/// Law: what takes a value takes one of its kind, its width and its module, on every path.
@Suite("Findings about statements")
struct StatementFindingTests {
    static let allowed = "only outputs, wires, instance inputs and registers take a value"

    static let targets: [FindingCase] = [
        FindingCase("'drive' on 'r'; a register takes 'next'") { m in
            m.register("r", 8).drive(m.a)
        },
        FindingCase("'next' on 'w'; a wire takes 'drive'") { m in
            m.wire("w", 8, default: 0).next(m.a)
        },
        FindingCase("'drive' on 'a'; \(allowed)") { m in
            m.a.drive(m.b)
        },
        FindingCase("'next' on the result of '+'; \(allowed)") { m in
            (m.a + m.b).next(m.b)
        },
        FindingCase("'drive' on bit 0 of 'a'; \(allowed)") { m in
            m.a[0].drive(m.c)
        },
        FindingCase("'drive' on bits 2 to 4 of the result of '+'; \(allowed)") { m in
            (m.a + m.b)[2...4].drive(m.n[0..<3])
        },
        FindingCase("'drive' on a bit of 'a'; \(allowed)") { m in
            m.a[m.n].drive(m.c)
        },
        FindingCase("'drive' on the result of 'lowestSet'; \(allowed)") { m in
            m.a.lowestSet.drive(m.b)
        },
        FindingCase("'drive' on the result of 'allSet'; \(allowed)") { m in
            m.a.allSet.drive(m.c)
        },
        FindingCase("'drive' on the result of 'anySet'; \(allowed)") { m in
            m.a.anySet.drive(m.c)
        },
        FindingCase("'drive' on the result of 'parity'; \(allowed)") { m in
            m.a.parity.drive(m.c)
        },
        FindingCase("'drive' on the result of 'findFirstSet'; \(allowed)") { m in
            findFirstSet(m.a).drive(m.n[0..<3])
        },
        FindingCase("'drive' on the result of 'oneHotIndex'; \(allowed)") { m in
            m.a.oneHotIndex.drive(m.n[0..<3])
        },
        FindingCase("'drive' on the result of '~'; \(allowed)") { m in
            (~m.a).drive(m.b)
        },
        FindingCase([(2, "'drive' on a word of memory 'store'; \(allowed)")]) { m in
            let store = m.memory("store", depth: 16, width: 8)
            store.read(m.n).drive(m.b)
        },
        FindingCase("'r' has 8 bits, its value has 4; extend or truncate it") { m in
            m.register("r", 8).next(m.n)
        },
        FindingCase("'w' has 1 bit, its value has 8; extend or truncate it") { m in
            m.wire("w", default: 0).drive(m.a)
        },
        FindingCase("256 does not fit in 8 bits") { m in
            m.register("r", 8).next(256)
        },
        FindingCase("16 does not fit in 4 bits") { m in
            _ = m.wire("w", 4, default: 16)
        },
    ]

    static let drivers: [FindingCase] = [
        FindingCase("wire 'w' is not driven") { m in
            _ = m.wire("w", 8)
        },
        FindingCase("wire 'w' is not driven on every path") { m in
            let w = m.wire("w", 8)
            when(m.c) { w.drive(m.a) }
        },
        FindingCase("wire 'w' is not driven on every path") { m in
            let w = m.wire("w", 8)
            when(m.c) { w.drive(m.a) }.elseWhen(m.a == 0) { w.drive(1) }.otherwise {}
        },
        FindingCase("register 'r' has neither a reset value nor a 'next'") { m in
            _ = m.register("r", 8, reset: nil)
        },
        FindingCase([(3, "an arm after 'otherwise' can never be taken")]) { m in
            let chain = when(m.c) {}
            chain.otherwise {}
            chain.elseWhen(m.c) {}
        },
        FindingCase("a condition has 1 bit, 'a' has 8") { m in
            when(m.a) {}
        },
        FindingCase("a condition has 1 bit, the result of '+' has 4") { m in
            when(m.c) {}.elseWhen(m.n + 1) {}
        },
        FindingCase("a condition has 1 bit, constant 2'h3 has 2") { m in
            when(m.constant(3, 2)) {}
        },
    ]

    static let memories: [FindingCase] = [
        FindingCase([(2, "'store' of 5 words takes addresses of 3 bits, not 4")]) { m in
            let store = m.memory("store", depth: 5, width: 8)
            _ = store.read(m.n).named("x")
        },
        FindingCase([(2, "'store' of 16 words takes addresses of 4 bits, not 8")]) { m in
            let store = m.memory("store", depth: 16, width: 8)
            store.write(m.a, m.b)
        },
        FindingCase([(2, "'store' has words of 8 bits, its value has 4")]) { m in
            let store = m.memory("store", depth: 16, width: 8)
            store.write(m.n, m.n)
        },
        FindingCase([(2, "'store' of 1 words takes addresses of 1 bit, not 4")]) { m in
            let store = m.memory("store", depth: 1, width: 8)
            store.write(m.n, m.a)
        },
        FindingCase("memory 'store' of 0 words; at least 1") { m in
            _ = m.memory("store", depth: 0, width: 8)
        },
    ]

    static let declarations: [FindingCase] = [
        FindingCase("'r' of 0 bits; at least 1") { m in
            _ = m.register("r", 0)
        },
        FindingCase("'w' of -1 bits; at least 1") { m in
            _ = m.wire("w", -1, default: 0)
        },
        FindingCase("'store' of 0 bits; at least 1") { m in
            _ = m.memory("store", depth: 4, width: 0)
        },
        FindingCase("reset value 256 of 'r' does not fit in 8 bits") { m in
            _ = m.register("r", 8, reset: 256)
        },
        FindingCase("reset value -3 of 'r' does not fit in 2 bits") { m in
            _ = m.register("r", 2, reset: -3)
        },
    ]

    static let strangers: [FindingCase] = [
        FindingCase("'+' with a signal of module 'other'") { m in
            _ = (m.a + stranger(m)).named("x")
        },
        FindingCase("'<<' with a signal of module 'other'") { m in
            _ = (m.a << stranger(m)).named("x")
        },
        FindingCase("'mux' with a signal of module 'other'") { m in
            _ = mux(m.c, m.a, stranger(m)).named("x")
        },
        FindingCase("'select' with a signal of module 'other'") { m in
            _ = select(m.c, [m.a, stranger(m)]).named("x")
        },
        FindingCase("'concatenate' with a signal of module 'other'") { m in
            _ = concatenate([m.a, stranger(m)]).named("x")
        },
        FindingCase("a bit's number with a signal of module 'other'") { m in
            _ = m.a[stranger(m)].named("x")
        },
        FindingCase("'w' takes a signal of module 'other'") { m in
            m.wire("w", 8, default: 0).drive(stranger(m))
        },
        FindingCase([(2, "'store' takes an address that is a signal of module 'other'")]) { m in
            let store = m.memory("store", depth: 256, width: 8)
            store.write(stranger(m), m.a)
        },
        FindingCase([(2, "'store' takes a value that is a signal of module 'other'")]) { m in
            let store = m.memory("store", depth: 256, width: 8)
            store.write(m.a, stranger(m))
        },
        FindingCase("a condition that is a signal of module 'other'") { m in
            when(m.c) {}.elseWhen(stranger(m)) {}
        },
    ]

    @Test("targets that take no such value", arguments: targets)
    func targetsFound(_ finding: FindingCase) { finding.check(file: #fileID) }

    @Test("wires, outputs and registers without a value", arguments: drivers)
    func driversFound(_ finding: FindingCase) { finding.check(file: #fileID) }

    @Test("memories used with other widths than they have", arguments: memories)
    func memoriesFound(_ finding: FindingCase) { finding.check(file: #fileID) }

    @Test("declarations that no hardware can be", arguments: declarations)
    func declarationsFound(_ finding: FindingCase) { finding.check(file: #fileID) }

    @Test("signals of another module", arguments: strangers)
    func strangersFound(_ finding: FindingCase) { finding.check(file: #fileID) }
}
