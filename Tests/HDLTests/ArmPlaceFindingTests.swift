import HDL
import Testing

/// Law: an arm means what its place says, so it stands where its chain or switch can still take it.
@Suite("Findings about arms in the wrong place")
struct ArmPlaceFindingTests {
    static let findings: [FindingCase] = [
        FindingCase([(3, "an arm that does not follow its 'when'")]) { m in
            let r = m.register("r", 8)
            let chain = when(m.c) { r.next(m.a) }
            when(m.n[0]) { chain.elseWhen(m.n[1]) { r.next(m.b) } }
        },
        FindingCase([(4, "an arm that does not follow its 'when'")]) { m in
            let r = m.register("r", 8)
            let chain = when(m.c) { r.next(m.a) }
            when(m.n[0]) { r.next(1) }
            chain.otherwise { r.next(m.b) }
        },
        FindingCase([
            (6, "an arm that does not stand directly in its 'choose'"),
            (7, "an arm that does not stand directly in its 'choose'"),
        ]) { m in
            let r = m.register("r", 8)
            choose(m.n) { on in
                when(m.c) { on.case(0) { r.next(m.a) } }
                when(m.c) { on.default { r.next(m.b) } }
            }
        },
        FindingCase([(5, "an arm that does not stand directly in its 'choose'")]) { m in
            let r = m.register("r", 8)
            choose(m.n) { on in
                on.case(0) { r.next(1) }
                r.next(m.a)
                on.default { r.next(m.b) }
            }
        },
        FindingCase([(1, "-1 in the order of unsigned numbers; compare '.signed'")]) { m in
            _ = (m.a < -1).named("x_unused")
        },
    ]

    @Test("each is one finding with its place", arguments: findings)
    func check(finding: FindingCase) { finding.check(file: #fileID) }

    @Test("a check of a clock that nothing else uses has no edge to be looked at")
    func clockOfCheck() {
        struct Ports: SignalBundle {
            let write = ClockPort()
            let a = Input(8, "write"), out = Output(8, "write")
        }
        let line: UInt = #line
        expectFindings(
            [
                "\(#fileID):\(line + 10): error: 'small' is looked at by clock 'main', which nothing else uses; place it by"
                    + " 'clocked(by:)', in 'write' for example (module 'snippet')"
            ],
            of: Snippet("snippet", Ports.init) { m in
                let kept = m.clocked(by: m.write).register("kept", 8)
                kept.next(m.a)
                m.out.drive(kept)
                m.assert("small", kept < 3)
            })
    }
}
