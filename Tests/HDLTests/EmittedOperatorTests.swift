import HDL
import Testing
import Verilog

/// The whole text of small modules: what the operators of a description become.
@Suite("Emitted operators")
struct EmittedOperatorTests {
    struct Ports: Bundle {
        let a = Input(8), b = Input(8), i = Input(4), c = Input()
        let out = Output(8)
    }

    @Test("operators stand in parentheses inside others")
    func symbols() throws {
        let text = try text(Ports.init) { m in
            let logic = ((m.a & m.b) | ~m.a ^ m.b).named("logic_value")
            let arithmetic = (m.a + m.b - (m.a * 3)).named("arithmetic")
            let compared = (m.a < m.b && m.a != 7).named("compared")
            let reduced = (m.a.allSet ^ m.b.anySet ^ (m.a ^ m.b).parity).named("reduced")
            let shifted = (m.a << m.i | m.b >> 3 | m.a << 2).named("shifted")
            m.out.drive(mux(compared & reduced, logic, arithmetic) ^ shifted)
        }
        #expect(text == """
            @@symbols@@
            """)
    }

    @Test("a count of ones stands alone on a named wire")
    func countOfOnes() throws {
        let text = try text(Ports.init) { m in
            let count = popcount(m.a & m.b).named("count")
            m.out.drive(count.zeroExtended(to: 8) + popcount(m.a).zeroExtended(to: 8) + popcount(m.c).zeroExtended(to: 8))
        }
        #expect(text == """
            @@countOfOnes@@
            """)
    }

    @Test("the lowest set bit and the position of a one-hot bit")
    func positions() throws {
        let text = try text(Ports.init) { m in
            let lowest = (m.a | m.b).lowestSet
            let position = lowest.oneHotIndex.named("position")
            m.out.drive(concatenate([m.i[1...2], m.c.lowestSet, m.c.oneHotIndex, m.i[3], position]))
        }
        #expect(text == """
            @@positions@@
            """)
    }

    @Test("a choice by number is a case; beyond the last value it is zero")
    func choice() throws {
        let text = try text(Ports.init) { m in
            let few = select(m.i, [m.a, m.b, m.a + m.b]).named("few")
            let all = select(m.i[0...1], [m.a, m.b, m.a - m.b, m.constant(9, 8)])
            let none = select(m.constant(2, 2), [m.a, m.b])
            let one = select(m.constant(1, 2), [m.a, m.b])
            m.out.drive(few ^ all ^ none ^ one)
        }
        #expect(text == """
            @@choice@@
            """)
    }

    @Test("a bit by number is guarded where the number can be too large, and indexed in exact width")
    func bitByNumber() throws {
        let text = try text(Ports.init) { m in
            let exact = m.a[m.i[0...2]]
            let guarded = m.a[m.i]
            let odd = m.a[0..<5][m.i[0...2]]
            let narrow = m.a[m.c]
            let single = m.c[m.i]
            m.out.drive(concatenate([m.i[3], m.i[3], m.i[3], exact, guarded, odd, narrow, single]))
        }
        #expect(text == """
            @@bitByNumber@@
            """)
    }

    @Test("division is guarded against zero, unless the divisor is a constant")
    func division() throws {
        let text = try text(Ports.init) { m in
            let quotient = (m.a / m.b).named("quotient")
            let remainder = (m.a % (m.b + 1)).named("remainder")
            m.out.drive(quotient ^ remainder ^ m.a / 10 ^ m.b % 10 ^ m.a / 0)
        }
        #expect(text == """
            @@division@@
            """)
    }

    @Test("extension, replication and slices are wiring")
    func wiring() throws {
        let text = try text(Ports.init) { m in
            let signed = m.i.signExtended(to: 8).named("signed_i")
            let unsigned = m.i.zeroExtended(to: 8).named("unsigned_i")
            let repeated = m.i[0...1].replicated(4).named("repeated")
            let inner = (m.a + m.b)[2..<8][1..<5].named("inner")
            let truncated = (m.a * m.b).truncated(to: 4).named("truncated")
            m.out.drive(signed ^ unsigned ^ repeated ^ concatenate([inner, truncated]) ^ m.c.replicated(8))
        }
        #expect(text == """
            @@wiring@@
            """)
    }

    @Test("a long list goes on in the next line")
    func longList() throws {
        struct Long: Bundle { let taps = (0..<40).map { _ in Input() }, out = Output(40) }
        let text = try text(Long.init) { m in m.out.drive(concatenate(m.taps.reversed())) }
        #expect(text.split(separator: "\n").suffix(6).joined(separator: "\n") == """
            @@longList@@
            """)
    }

    @Test("comparisons that no value changes are literals")
    func constantComparisons() throws {
        let text = try text(Ports.init) { m in
            m.out.drive(
                concatenate([m.a < 0, m.a >= 0, m.a <= 255, m.a > 255, m.b < 1, m.b > 0, m.b <= 254, m.c < m.i[0]]))
        }
        #expect(text.split(separator: "\n").suffix(2).joined(separator: "\n") == """
            @@constantComparisons@@
            """)
    }
}
