import HDL
import RandomCircuits
import Testing
import Verilog

/// Laws: the same description is the same bytes; a small edit is a small difference; equal parameters are one definition.
@Suite("Stability of the emitted text")
struct EmissionStabilityTests {
    private func bytes(seed: UInt64) throws -> [Emission.File] {
        let emission = try emit(Recipe.drawn(seed: seed).design())
        return emission.modules + [emission.fileList, emission.fuseSoCCore]
    }

    @Test("a description gives the same bytes each time", arguments: [1, 7, 23] as [UInt64])
    func repeated(seed: UInt64) throws {
        #expect(try bytes(seed: seed) == bytes(seed: seed))
    }

    @Test("descriptions elaborated at the same time do not meet")
    func concurrent() async throws {
        let expected = try (1...8).map { try bytes(seed: $0) }
        let found = try await withThrowingTaskGroup(of: (Int, [Emission.File]).self) { group in
            for task in 0..<32 { group.addTask { (task % 8, try bytes(seed: UInt64(task % 8 + 1))) } }
            var found: [(Int, [Emission.File])] = []
            for try await result in group { found.append(result) }
            return found
        }
        #expect(found.count == 32)
        for (index, files) in found { #expect(files == expected[index], "seed \(index + 1)") }
    }

    /// Ten statements; one of them with an operator more, when asked for.
    struct Edited: Module {
        struct Ports: SignalBundle { let a = Input(8), b = Input(8), n = Input(3), out = Output(8) }
        let edited: Int?
        var moduleName: String { "edited" }
        func ports() -> Ports { Ports() }

        func build(_ m: Builder<Ports>) {
            func extra(_ statement: Int, _ value: Bits) -> Bits {
                statement == edited ? popcount(value).zeroExtended(to: 8) : value
            }
            let leaf = m.instance("leaf", Accumulator(width: 8))
            let x = m.register("x", 8)
            let y = m.register("y", 8)
            let sum = (extra(0, m.a * m.b)[1..<8].zeroExtended(to: 8) + popcount(m.a).zeroExtended(to: 8)).named("sum")
            let difference = (extra(1, m.a - m.b).lowestSet ^ m.a[m.n].zeroExtended(to: 8)).named("difference")
            when(extra(2, sum / m.b).lowestSet.parity) { x.next(extra(3, sum - y).lowestSet) }
            when(extra(4, m.a % difference)[3]) { y.next(extra(5, x + sum)[2..<6].zeroExtended(to: 8)) }
            leaf.enable.drive(extra(6, m.a ^ sum)[4])
            leaf.value.drive(extra(7, y & difference).lowestSet)
            let chosen = select(m.n, [extra(8, x | y), sum, difference]).named("chosen")
            m.out.drive(extra(9, chosen ^ leaf.total ^ leaf.mixed))
        }
    }

    @Test("one operator more in one of ten statements changes a few lines and no other module", arguments: 0..<10)
    func smallEdit(statement: Int) throws {
        let before = try verilog(of: Edited(edited: nil))
        let after = try verilog(of: Edited(edited: statement))
        #expect(before.keys.sorted() == after.keys.sorted())
        #expect(before["accumulator_8.v"] == after["accumulator_8.v"])
        let old = (before["edited.v"] ?? "").split(separator: "\n")
        let new = (after["edited.v"] ?? "").split(separator: "\n")
        let changes = new.difference(from: old)
        #expect(!changes.isEmpty)
        // Lines of the statement itself, before and after: its temporaries and its target.
        #expect(changes.count <= 10, "\(changes.map { "\($0)" }.joined(separator: "\n"))")
        let owners = Set(changes.compactMap { owner(of: $0) })
        #expect(owners.count <= 1, "temporaries of \(owners.sorted()) were renamed or changed")
    }

    /// The declaration after which the temporary of a changed line is named.
    private func owner(of change: CollectionDifference<Substring>.Change) -> String? {
        let line =
            switch change {
            case .insert(_, let line, _), .remove(_, let line, _): line
            }
        guard let declared = line.firstMatch(of: /(?:wire|reg) (?:\[\d+:0\] )?_(\w+?)_\d+(?:_partly_unused)? =/) else {
            return nil
        }
        return String(declared.1)
    }

    @Test("equal parameters are one definition, different ones two")
    func definitions() throws {
        struct Ports: SignalBundle { let a = Input(4), out = Output(8) }
        let emission = try emit(
            elaborate(
                Snippet("top", Ports.init) { m in
                    var total = m.constant(0, 8)
                    for (index, width) in [4, 8, 4, 4].enumerated() {
                        let leaf = m.instance("leaf_\(index)", Accumulator(width: width))
                        leaf.enable.drive(m.a[index])
                        leaf.value.drive(m.a.zeroExtended(to: width))
                        total = total + (leaf.total ^ leaf.mixed).zeroExtended(to: 8)
                    }
                    m.out.drive(total)
                }))
        #expect(emission.modules.map(\.name) == ["accumulator_4.v", "accumulator_8.v", "top.v"])
        let top = String(decoding: emission.modules[2].bytes, as: UTF8.self)
        #expect(top.matches(of: /accumulator_4 leaf_\d \(/).count == 3)
        #expect(top.matches(of: /accumulator_8 leaf_\d \(/).count == 1)
    }
}

/// A part to be instanced.
private struct Accumulator: Module {
    struct Ports: SignalBundle {
        let enable = Input()
        let value: Input
        let total: Output
        let mixed: Output
    }
    let width: Int

    func ports() -> Ports { Ports(value: Input(width), total: Output(width), mixed: Output(width)) }

    func build(_ m: Builder<Ports>) {
        let total = m.register("total", width, reset: 1)
        when(m.enable) { total.next(total + m.value) }
        m.total.drive(total)
        m.mixed.drive(total ^ m.value)
    }
}
