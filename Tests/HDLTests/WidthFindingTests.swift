import HDL
import Testing

/// Law: a width is never changed silently; each slip is one finding at the statement that contains it.
@Suite("Findings about widths")
struct WidthFindingTests {
    static let operators: [FindingCase] = [
        FindingCase("'&' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = (m.a & m.n).named("x")
        },
        FindingCase("'|' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = (m.a | m.n).named("x")
        },
        FindingCase("'^' of 4 and 8 bits; extend or truncate one of them") { m in
            _ = (m.n ^ m.a).named("x")
        },
        FindingCase("'+' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = (m.a + m.n).named("x")
        },
        FindingCase("'-' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = (m.a - m.n).named("x")
        },
        FindingCase("'*' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = (m.a * m.n).named("x")
        },
        FindingCase("'/' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = (m.a / m.n).named("x")
        },
        FindingCase("'%' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = (m.a % m.n).named("x")
        },
        FindingCase("'==' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = (m.a == m.n).named("x")
        },
        FindingCase("'!=' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = (m.a != m.n).named("x")
        },
        FindingCase("'<' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = (m.a < m.n).named("x")
        },
        FindingCase("'<=' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = (m.a <= m.n).named("x")
        },
        FindingCase("'>' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = (m.a > m.n).named("x")
        },
        FindingCase("'>=' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = (m.a >= m.n).named("x")
        },
        FindingCase("'&&' of 8 bits; use '&' or 'anySet'") { m in
            _ = (m.a && m.b).named("x")
        },
        FindingCase("'||' of 8 bits; use '|' or 'anySet'") { m in
            _ = (m.a || m.b).named("x")
        },
        FindingCase("'!' of 8 bits; use '~' or '== 0'") { m in
            _ = (!m.a).named("x")
        },
        FindingCase("'mux' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = mux(m.c, m.a, m.n).named("x")
        },
        FindingCase("'mux' on a condition of 4 bits; it has 1 bit") { m in
            _ = mux(m.n, m.a, m.b).named("x")
        },
        FindingCase("'select' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = select(m.n, [m.a, m.n, m.n, m.b]).named("x")
        },
        FindingCase("'select' of no values; at least 1") { m in
            _ = select(m.n, []).named("x")
        },
    ]

    static let structure: [FindingCase] = [
        FindingCase("bits 6 to 9 of 8; allowed are 0 to 7") { m in
            _ = m.a[6..<10].named("x")
        },
        FindingCase("bits 6 to 8 of 8; allowed are 0 to 7") { m in
            _ = m.a[6...8].named("x")
        },
        FindingCase("bit 8 of 8; allowed are 0 to 7") { m in
            _ = m.a[8].named("x")
        },
        FindingCase("bit -1 of 8; allowed are 0 to 7") { m in
            _ = m.a[-1].named("x")
        },
        FindingCase("an empty range of bits of 8; allowed are 0 to 7") { m in
            _ = m.a[4..<4].named("x")
        },
        FindingCase("extension of 8 bits to 4") { m in
            _ = m.a.zeroExtended(to: 4).named("x")
        },
        FindingCase("extension of 8 bits to 0") { m in
            _ = m.a.signExtended(to: 0).named("x")
        },
        FindingCase("truncation of 8 bits to 9") { m in
            _ = m.a.truncated(to: 9).named("x")
        },
        FindingCase("truncation of 1 bit to 0") { m in
            _ = m.c.truncated(to: 0).named("x")
        },
        FindingCase("a signal replicated 0 times; at least once") { m in
            _ = m.a.replicated(0).named("x")
        },
        FindingCase("'<<' by -1; at least 0") { m in
            _ = (m.a << -1).named("x")
        },
        FindingCase("'>>' by -2; at least 0") { m in
            _ = (m.a >> -2).named("x")
        },
    ]

    static let literals: [FindingCase] = [
        FindingCase("256 does not fit in 8 bits") { m in
            _ = (m.a + 256).named("x")
        },
        FindingCase("-129 does not fit in 8 bits") { m in
            _ = (m.a + -129).named("x")
        },
        FindingCase("2 does not fit in 1 bit") { m in
            _ = (m.c == 2).named("x")
        },
        FindingCase("16 does not fit in 4 bits") { m in
            _ = m.constant(16, 4)
        },
        FindingCase("a constant of 0 bits; at least 1") { m in
            _ = m.constant(0, 0)
        },
        FindingCase("256 does not fit in 8 bits") { m in
            _ = mux(m.c, m.a, 256).named("x")
        },
        FindingCase("9223372036854775807 does not fit in 62 bits") { m in
            _ = m.constant(.max, 62)
        },
        FindingCase("-9223372036854775808 does not fit in 63 bits") { m in
            _ = m.constant(.min, 63)
        },
    ]

    @Test("operands of different widths", arguments: operators)
    func operatorsFound(_ finding: FindingCase) { finding.check(file: #fileID) }

    @Test("bits that a signal does not have", arguments: structure)
    func structureFound(_ finding: FindingCase) { finding.check(file: #fileID) }

    @Test("literals that do not fit", arguments: literals)
    func literalsFound(_ finding: FindingCase) { finding.check(file: #fileID) }

    @Test("literals at the edges of their width fit", arguments: [1, 2, 8, 31, 32, 33, 62, 63, 64, 65, 129])
    func fittingLiterals(width: Int) throws {
        struct Ports: SignalBundle { let out = Output() }
        let largest = width >= 63 ? Int.max : 1 << width - 1
        let smallest = width >= 64 ? Int.min : -1 << (width - 1)
        _ = try elaborate(
            Snippet("fitting", Ports.init) { m in
                for value in [0, 1, -1, largest, smallest] {
                    _ = m.constant(value, width)
                    _ = m.register("r", width, reset: value)
                    _ = m.wire("w", width, default: value)
                }
                m.out.drive(0)
            })
    }
}
