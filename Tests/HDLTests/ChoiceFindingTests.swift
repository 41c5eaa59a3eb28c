import HDL
import Testing

enum Mode: HardwareEnum { case idle, run, stop }

enum Light: HardwareEnum {
    static var encoding: EnumEncoding { .oneHot }
    case red, yellow, green
}

/// Law: every value of a subject has exactly one arm, and every arm some value.
@Suite("Findings about choices")
struct ChoiceFindingTests {
    static let switches: [FindingCase] = [
        FindingCase("no arm takes 'n' = 4'b1111; add one, or a 'default'") { m in
            choose(m.n) { on in for value in 0..<15 { on.case(value) {} } }
        },
        FindingCase("no arm takes the result of '+' = 4'b1000; add one, or a 'default'") { m in
            choose(m.n + 1) { on in on.case("0???", "11??", "1?1?", "1??1") {} }
        },
        FindingCase([(4, "an arm above covers \"1?01\" already")]) { m in
            choose(m.n) { on in
                on.case(5) {}
                on.case("1???") {}
                on.case("1?01") {}
                on.default {}
            }
        },
        FindingCase([(3, "an arm above covers 5 already")]) { m in
            choose(m.n) { on in
                on.case(5) {}
                on.case(5, 6) {}
                on.default {}
            }
        },
        FindingCase([(2, "an arm's value 16 does not fit in 4 bits")]) { m in
            choose(m.n) { on in
                on.case(16) {}
                on.case(0) {}
                on.default {}
            }
        },
        FindingCase([(2, "pattern \"10?\" for 4 bits; one of 0, 1 and ? for each bit")]) { m in
            choose(m.n) { on in
                on.case("10?") {}
                on.default {}
            }
        },
        FindingCase([(2, "pattern \"1x00\" for 4 bits; one of 0, 1 and ? for each bit")]) { m in
            choose(m.n) { on in
                on.case("1x00", "1_1?0") {}
                on.default {}
            }
        },
        FindingCase([(3, "an arm after 'default' can never be taken"), (4, "a second 'default'")]) { m in
            choose(m.n) { on in
                on.default {}
                on.case(1) {}
                on.default {}
            }
        },
    ]

    static let enums: [FindingCase] = [
        FindingCase([(2, "no arm takes 'mode' = 'idle', 'stop'; add it, or a 'default'")]) { m in
            let mode = m.register("mode", Mode.self, reset: .idle)
            choose(mode) { on in on.case(.run) {} }
        },
        FindingCase([(4, "an arm above covers 'run' already")]) { m in
            m.stateMachine("mode", reset: Mode.idle) { mode, on in
                on.case(.idle) { mode.next(.run) }
                on.case(.run) {}
                on.case(.stop, .run) {}
            }
        },
        FindingCase("no arm takes 'mode' = 'green'; add it, or a 'default'") { m in
            m.stateMachine("mode", reset: Light.red) { mode, on in
                on.case(.red, .yellow) { mode.next(.green) }
            }
        },
        FindingCase([(2, "an arm for no value can never be taken")]) { m in
            m.stateMachine("mode", reset: Mode.idle) { _, on in
                on.case {}
                on.case(.idle, .run, .stop) {}
            }
        },
        FindingCase("8 bits as 'Mode' of 2") { m in
            _ = EnumSignal<Mode>(m.a).named("mode")
        },
        FindingCase([(2, "'drive' on 'mode'; a register takes 'next'")]) { m in
            let mode = m.register("mode", Mode.self, reset: .idle)
            mode.drive(.run)
        },
        FindingCase([(3, "wire 'light' is not driven on every path")]) { m in
            // An enum of one-hot codes, driven in one arm only.
            _ = m.c
            let light = m.wire("light", Light.self)
            when(m.c) { light.drive(.red) }
        },
    ]

    static let slices: [FindingCase] = [
        FindingCase("bits 4 to 7 of wire 'w' are not driven on every path") { m in
            let w = m.wire("w", 8)
            w[0..<4].drive(m.n)
        },
        FindingCase("bits 0, 3 to 7 of wire 'w' are not driven on every path") { m in
            let w = m.wire("w", 8)
            w[1...2].drive(1)
            when(m.c) { w.drive(m.a) }
        },
        FindingCase([(2, "bits 0 to 3 of 'r' take 4 bits, its value has 8; extend or truncate it")]) { m in
            let r = m.register("r", 8)
            r[0..<4].next(m.a)
        },
        FindingCase([(2, "bit 7 of 'r' takes 1 bit, its value has 8; extend or truncate it")]) { m in
            let r = m.register("r", 8)
            r[7].next(m.a)
        },
        FindingCase([(2, "2 does not fit in 1 bit")]) { m in
            let r = m.register("r", 8)
            r[7].next(2)
        },
        FindingCase([(2, "'drive' on 'r'; a register takes 'next'")]) { m in
            let r = m.register("r", 8)
            r[0..<4][1].drive(m.c)
        },
    ]

    @Test("values without an arm, and arms without a value", arguments: switches)
    func switchesFound(_ finding: FindingCase) { finding.check(file: #fileID) }

    @Test("cases without an arm, and arms without a case", arguments: enums)
    func enumsFound(_ finding: FindingCase) { finding.check(file: #fileID) }

    @Test("parts of a signal", arguments: slices)
    func slicesFound(_ finding: FindingCase) { finding.check(file: #fileID) }
}
