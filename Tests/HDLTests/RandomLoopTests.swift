import HDL
import Testing

/// Law: whether a loop is reported is decided by single bits. The reference follows, beside the description, which
/// wire bits each bit depends on, and closes that relation by Warshall's algorithm.
@Suite("Random wirings")
struct RandomLoopTests {
    /// A signal, and for each of its bits the wire bits that it depends on.
    struct Traced {
        let signal: Bits
        let sources: [Set<Int>]
        var all: Set<Int> { sources.reduce(into: []) { $0.formUnion($1) } }
    }

    struct Ports: SignalBundle { let a = Input(4), out = Output(4) }
    static let width = 4

    private func wiring(_ m: Builder<Ports>, _ random: inout SplitMix) -> [Set<Int>] {
        let width = Self.width
        let wires = (0..<5).map { index in
            Traced(
                signal: m.wire("w_\(index)", width),
                sources: (0..<width).map { [index * width + $0] })
        }
        func any() -> Traced {
            Int.random(in: 0..<10, using: &random) < 7
                ? Traced(signal: m.a, sources: Array(repeating: [], count: width))
                : wires[Int.random(in: 0..<wires.count, using: &random)]
        }
        func value() -> Traced {
            let (x, y) = (any(), any())
            func together(_ signal: Bits) -> Traced {
                Traced(signal: signal, sources: zip(x.sources, y.sources).map { $0.union($1) })
            }
            func upTo(_ signal: Bits) -> Traced {
                Traced(
                    signal: signal,
                    sources: (0..<width).map { high in
                        (0...high).reduce(into: []) { $0.formUnion(x.sources[$1].union(y.sources[$1])) }
                    })
            }
            switch Int.random(in: 0..<10, using: &random) {
            case 0: return together(x.signal & y.signal)
            case 1: return upTo(x.signal + y.signal)
            case 2: return upTo(x.signal * y.signal)
            case 3:
                let equal = (x.signal == y.signal).replicated(width)
                return Traced(signal: equal, sources: Array(repeating: x.all.union(y.all), count: width))
            case 4:
                let low = Int.random(in: 1..<width, using: &random)
                return Traced(
                    signal: concatenate([x.signal[0..<low], y.signal[low..<width]]),
                    sources: Array(y.sources[low...]) + Array(x.sources[..<low]))
            case 5:
                return Traced(
                    signal: mux(x.signal[2], x.signal, y.signal),
                    sources: (0..<width).map { x.sources[$0].union(y.sources[$0]).union(x.sources[2]) })
            case 6:
                return Traced(
                    signal: x.signal << y.signal,
                    sources: (0..<width).map { high in
                        (0...high).reduce(into: y.all) { $0.formUnion(x.sources[$1]) }
                    })
            case 7:
                return Traced(
                    signal: x.signal >> y.signal,
                    sources: (0..<width).map { low in
                        (low..<width).reduce(into: y.all) { $0.formUnion(x.sources[$1]) }
                    })
            case 8:
                return Traced(
                    signal: x.signal.lowestSet,
                    sources: (0..<width).map { high in (0...high).reduce(into: []) { $0.formUnion(x.sources[$1]) } })
            default:
                let z = any()
                let index = y.sources[0].union(y.sources[1])
                return Traced(
                    signal: select(y.signal[0...1], [x.signal, z.signal]),
                    sources: (0..<width).map { x.sources[$0].union(z.sources[$0]).union(index) })
            }
        }
        var edges = [Set<Int>](repeating: [], count: wires.count * width)
        for (index, wire) in wires.enumerated() {
            let low = Int.random(in: 1..<width, using: &random)
            for part in [0..<low, low..<width] {
                let driver = value()
                let guarded = Int.random(in: 0..<6, using: &random) == 0 ? any() : nil
                wire.signal[part].drive(m.a[part])
                func drive() { wire.signal[part].drive(driver.signal[part]) }
                if let guarded { when(guarded.signal[3]) { drive() } } else { drive() }
                for bit in part {
                    edges[index * width + bit] = driver.sources[bit].union(guarded?.sources[3] ?? [])
                }
            }
        }
        m.out.drive(wires.dropFirst().reduce(wires[0].signal) { $0 ^ $1.signal })
        return edges
    }

    private func hasCycle(_ edges: [Set<Int>]) -> Bool {
        var reach = edges
        for middle in reach.indices {
            for from in reach.indices where reach[from].contains(middle) { reach[from].formUnion(reach[middle]) }
        }
        return reach.indices.contains { reach[$0].contains($0) }
    }

    final class Note: @unchecked Sendable { var edges: [Set<Int>] = [] }

    @Test("an error is reported for exactly those wirings in which a bit depends on itself")
    func wirings() {
        var loops = 0
        for seed in 1...400 as ClosedRange<UInt64> {
            let note = Note()
            let found = findings(
                about: Snippet("wiring", Ports.init) { m in
                    var random = SplitMix(state: seed)
                    note.edges = wiring(m, &random)
                })
            let expected = hasCycle(note.edges)
            loops += expected ? 1 : 0
            #expect(found.contains { $0.contains(LoopFindingTests.text) } == expected, "seed \(seed)")
        }
        // Both answers are common, or the test would say little.
        #expect(loops > 50 && loops < 350, "\(loops) of 400")
    }
}
