import HDL
import Testing

/// Law: a bit that some path leaves without a value is reported, and so is an assignment that no path lets count.
@Suite("Findings about drives")
struct DriverFindingTests {
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

    @Test("some bits, one bit, and several ranges that nothing drives")
    func undrivenBits() {
        let line: UInt = #line
        let found = about { m in
            let low = m.wire("low", 8)
            let one = m.wire("one", 4)
            let several = m.wire("several", 16)
            low[4..<8].drive(m.c.replicated(2))
            one[0...2].drive(5)
            for bit in [1, 2, 5, 9, 10, 11] { several[bit].drive(m.c[0]) }
        }
        #expect(
            found == [
                "\(Self.file):\(line + 2): error: bits 0 to 3 of wire 'low' are not driven on every path (module 'faulty')",
                "\(Self.file):\(line + 3): error: bit 3 of wire 'one' is not driven on every path (module 'faulty')",
                "\(Self.file):\(line + 4): error: bits 0, 3 to 4, 6 to 8, 12 to 15 of wire 'several' are not driven on every"
                    + " path (module 'faulty')",
            ])
    }

    @Test("the arms of conditions and choices, and the bits that all of them drive")
    func arms() {
        let line: UInt = #line
        let found = about { m in
            let x = m.wire("x", 4)
            let y = m.wire("y", 4)
            let z = m.wire("z", 4)
            when(m.c[0]) { x.drive(1) }.otherwise { x[1..<4].drive(3) }
            choose(m.c) { on in
                on.case(0, 1) { y[0..<2].drive(1) }
                on.case(2) { y.drive(1) }
                on.default { y[1..<3].drive(1) }
            }
            choose(m.c) { on in
                on.case("?0") { z.drive(1) }
                on.case("?1") { z.drive(2) }
            }
        }
        #expect(
            found == [
                "\(Self.file):\(line + 2): error: bit 0 of wire 'x' is not driven on every path (module 'faulty')",
                "\(Self.file):\(line + 3): error: bits 0, 2 to 3 of wire 'y' are not driven on every path (module 'faulty')",
            ])
    }

    @Test("random statements: the bits that are missing for some values of the conditions")
    func randomBits() {
        final class Note: @unchecked Sendable { var isDriven: [(Int) -> Set<Int>] = [] }
        struct Free: SignalBundle { let c = Input(10), v = Input(6), out = Output() }
        var complete = 0
        for seed in 1...200 as ClosedRange<UInt64> {
            let note = Note()
            let found = findings(
                about: Snippet("random", Free.init) { m in
                    var random = SplitMix(state: seed)
                    func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
                    let w = m.wire("w", 6)
                    // Every condition is a bit of its own, since the check does not ask whether two exclude each other.
                    var free = 0
                    func condition() -> Int {
                        defer { free += 1 }
                        return free
                    }
                    // Makes a block, and returns which bits it drives for given values of the conditions.
                    func block(_ depth: Int) -> (Int) -> Set<Int> {
                        var parts: [(Int) -> Set<Int>] = []
                        for _ in 0..<1 + pick(2) {
                            switch depth == 0 || free > 8 ? 0 : pick(4) {
                            case 0:
                                let low = pick(6)
                                let bits = low..<low + 1 + pick(6 - low)
                                if bits.count == 6 { continue }
                                w[bits].drive(m.v[bits])
                                parts.append { _ in Set(bits) }
                            case 1:
                                let bit = condition()
                                var inner: (Int) -> Set<Int> = { _ in [] }
                                when(m.c[bit]) { inner = block(depth - 1) }
                                let taken = inner
                                parts.append { $0 >> bit & 1 == 1 ? taken($0) : [] }
                            case 2:
                                let (first, second) = (condition(), condition())
                                var arms: [(Int) -> Set<Int>] = []
                                when(m.c[first]) { arms.append(block(depth - 1)) }
                                    .elseWhen(m.c[second]) { arms.append(block(depth - 1)) }
                                    .otherwise { arms.append(block(depth - 1)) }
                                let taken = arms
                                parts.append { c in
                                    c >> first & 1 == 1 ? taken[0](c) : c >> second & 1 == 1 ? taken[1](c) : taken[2](c)
                                }
                            default:
                                var arms: [(Int) -> Set<Int>] = []
                                let low = condition()
                                _ = condition()
                                choose(m.c[low...low + 1]) { on in
                                    on.case(0, 3) { arms.append(block(depth - 1)) }
                                    on.case(1) { arms.append(block(depth - 1)) }
                                    on.case(2) { arms.append(block(depth - 1)) }
                                }
                                let taken = arms
                                parts.append { c in taken[[0, 1, 2, 0][c >> low & 3]](c) }
                            }
                        }
                        let all = parts
                        return { c in all.reduce(into: []) { $0.formUnion($1(c)) } }
                    }
                    note.isDriven = (0..<4).map { _ in block(2) }
                    m.out.drive(w.parity ^ m.v.parity ^ m.c.parity)
                })
            var driven: Set<Int> = Set(0..<6)
            for c in 0..<1 << 10 {
                driven.formIntersection(note.isDriven.reduce(into: Set<Int>()) { $0.formUnion($1(c)) })
            }
            let text = found.first { $0.contains("wire 'w'") } ?? ""
            let named = text.firstMatch(of: /bits? ([0-9, to]+) of wire/)?.1
            var missing: Set<Int> = text.contains("error: wire 'w' is not driven") ? Set(0..<6) : []
            for range in (named ?? "").split(separator: ",") {
                let ends = range.split(separator: " ").compactMap { Int($0) }
                missing.formUnion(Set((ends.first ?? 0)...(ends.last ?? 0)))
            }
            #expect(missing == Set(0..<6).subtracting(driven), "seed \(seed)")
            complete += missing.isEmpty ? 1 : 0
        }
        #expect(complete > 10 && complete < 190, "\(complete) of 200")
    }

    @Test("a register bit by bit, and one that is only reset, need no value on every path")
    func registers() {
        let found = about { m in
            let r = m.register("r", 8)
            r[0].next(m.c[0])
            when(m.c[1]) { r[2..<4].next(m.a[0...1]) }
            _ = m.register("s", 8, reset: 3)
        }
        #expect(found == [])
    }
}
