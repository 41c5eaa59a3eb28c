import HDL
import Testing

/// Law: an assignment of which no bit counts, whatever the conditions are, is an error; one of which a bit may count is
/// none.
@Suite("Findings about overrides")
struct OverrideFindingTests {
    struct Ports: SignalBundle { let a = Input(8), c = Input(2), out = Output(8) }
    static let file = #fileID

    private func about(_ body: @escaping @Sendable (Builder<Ports>) -> Void) -> [String] {
        findings(
            about: Snippet("faulty", Ports.init) { m in
                body(m)
                m.out.drive(m.a ^ m.c.replicated(4))
            }
        ).filter { $0.contains(": error: ") }
    }

    @Test("a second drive of a whole wire, an output, and a register")
    func drivenAgain() {
        let line: UInt = #line
        let found = findings(
            about: Snippet("faulty", Ports.init) { m in
                let w = m.wire("w", 8, default: 0)
                let r = m.register("r", 8)
                when(m.c[0]) { w[0..<4].drive(m.a[0..<4]) }
                w.drive(m.a)
                r.next(m.a)
                r.next(w)
                m.out.drive(w)
                when(m.c[1]) {
                    m.out.drive(1)
                    m.out.drive(r)
                }
            })
        #expect(
            found == [
                """
                \(Self.file):\(line + 6): error: bits 0 to 3 of 'w' are driven again; the drive at \
                \(Self.file):\(line + 5) never takes effect (module 'faulty')
                \(Self.file):\(line + 5): note: the drive that never takes effect
                """,
                """
                \(Self.file):\(line + 8): error: 'r' is given 'next' again; the 'next' at \(Self.file):\(line + 7) never \
                takes effect (module 'faulty')
                \(Self.file):\(line + 7): note: the 'next' that never takes effect
                """,
                """
                \(Self.file):\(line + 12): error: 'out' is driven again; the drive at \(Self.file):\(line + 11) never takes \
                effect (module 'faulty')
                \(Self.file):\(line + 11): note: the drive that never takes effect
                """,
            ])
    }

    @Test("defaults, one arm after another, and bits after the whole are no second drive")
    func overrides() {
        let found = about { m in
            let w = m.wire("w", 8, default: 0)
            let r = m.register("r", 8)
            when(m.c[0]) { w.drive(1) }.elseWhen(m.c[1]) { w.drive(2) }.otherwise { w.drive(3) }
            choose(m.c) { on in
                on.case(0) { r.next(1) }
                on.default { r.next(w) }
            }
            w[0].drive(m.c[0])
            when(m.c[1]) {
                r.next(m.a)
                when(m.c[0]) { r.next(2) }
            }
        }
        #expect(found == [])
    }

    @Test("parts: the same one, a wider one, and several that take all of it together")
    func parts() {
        let line: UInt = #line
        let found = about { m in
            let same = m.wire("same", 8, default: 0)
            same[0..<4].drive(m.a[0..<4])
            same[0..<4].drive(m.a[4..<8])
            let wider = m.register("wider", 8)
            when(m.c[0]) { wider[2].next(m.c[1]) }
            wider[1..<7].next(m.a[0..<6])
            let several = m.wire("several", 8, default: 0)
            several[0..<3].drive(m.a[0..<3])
            when(m.c[0]) { several[3..<8].drive(m.a[0..<5]) }
            several[3..<8].drive(m.a[3..<8])
            let under = m.register("under", 8)
            under[0..<2].next(m.a[0..<2])
            when(m.c[0]) { under.next(m.a) }
            under[0..<2].next(m.a[2..<4])
        }
        func finding(_ offset: UInt, _ what: String, _ again: String, _ verb: String, _ first: UInt) -> String {
            """
            \(Self.file):\(line + offset): error: \(what) \(again) again; the \(verb) at \(Self.file):\(line + first) never \
            takes effect (module 'faulty')
            \(Self.file):\(line + first): note: the \(verb) that never takes effect
            """
        }
        #expect(
            found == [
                finding(4, "bits 0 to 3 of 'same'", "are driven", "drive", 3),
                finding(7, "bit 2 of 'wider'", "is given 'next'", "'next'", 6),
                finding(11, "bits 3 to 7 of 'several'", "are driven", "drive", 10),
                finding(15, "bits 0 to 1 of 'under'", "are given 'next'", "'next'", 13),
            ])
    }

    @Test("random parts under random conditions: an error for exactly those statements that make one void")
    func random() {
        /// Assignments of ranges, and conditions around lists of them.
        indirect enum Part: Sendable {
            case assign(Range<Int>, number: Int)
            case when([Part])
        }
        struct Drawer {
            var random: SplitMix
            var count = 0
            mutating func block(_ depth: Int) -> [Part] {
                (0..<Int.random(in: 1...3, using: &random)).map { _ in
                    if depth < 3, Int.random(in: 0..<3, using: &random) == 0 { return .when(block(depth + 1)) }
                    let low = Int.random(in: 0..<4, using: &random)
                    let high = Int.random(in: low + 1...4, using: &random)
                    count += 1
                    return .assign(low..<high, number: count - 1)
                }
            }
        }
        /// For each order of conditions, which assignment gives each bit its value: what never does is void.
        func effective(_ block: [Part], _ held: Int, _ place: inout Int, _ bits: inout [Int]) {
            for part in block {
                switch part {
                case .assign(let range, let number): for bit in range { bits[bit] = number }
                case .when(let inner):
                    let own = place
                    place += 1
                    var inside = bits
                    effective(inner, held, &place, &inside)
                    if held >> own & 1 == 1 { bits = inside }
                }
            }
        }
        @Sendable func describe(_ block: [Part], _ m: Builder<Ports>, _ register: Bits, _ place: inout Int) {
            for part in block {
                switch part {
                case .assign(let range, let number):
                    register[range].next(m.a[0..<range.count], #fileID, UInt(1000 + number))
                case .when(let inner):
                    let own = place
                    place += 1
                    when(m.a[own % 8]) { describe(inner, m, register, &place) }
                }
            }
        }
        var (void, sound) = (0, 0)
        for seed in 1...2000 as ClosedRange<UInt64> {
            var drawer = Drawer(random: SplitMix(state: seed))
            let block = drawer.block(0)
            let count = drawer.count
            var conditions = 0
            var bits = [Int](repeating: -1, count: 4)
            effective(block, 0, &conditions, &bits)
            var effects: Set<Int> = []
            for held in 0..<1 << conditions {
                var (place, bits) = (0, [Int](repeating: -1, count: 4))
                effective(block, held, &place, &bits)
                effects.formUnion(bits)
            }
            let found = about { m in
                let register = m.register("r_unused", 4)
                var place = 0
                describe(block, m, register, &place)
            }
            #expect(found.isEmpty == (0..<count).allSatisfy(effects.contains), "seed \(seed): \(found)")
            // Each statement that is said to be void is.
            for text in found {
                let line = text.firstMatch(of: /at [^ ]*:(\d+) never/).flatMap { Int($0.1) } ?? 1000
                #expect(!effects.contains(line - 1000), "seed \(seed): \(text)")
            }
            if found.isEmpty { sound += 1 } else { void += 1 }
        }
        #expect(void > 300 && sound > 300, "\(void) and \(sound)")
    }
}
