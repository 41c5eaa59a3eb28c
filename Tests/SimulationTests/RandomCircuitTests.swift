import BitVectors
import HDL
import RandomCircuits
import Simulation
import Testing

/// Law: on any circuit and any stimulus every signal that has a name has, after every step, the value that the
/// reference computes from the description, and the same checks fail.
@Suite("Random circuits")
struct RandomCircuitTests {
    /// All kinds of clocks and resets, in many pairs.
    static let seeds: [UInt64] = Array(stride(from: 1, through: 200, by: 7))

    @Test("the circuits use every operation")
    func coverage() throws {
        let designs = try RandomCircuitTests.seeds.map { try Recipe.drawn(seed: $0).design() }
        let used = Set(designs.flatMap { $0.circuits.flatMap { $0.nodes.map(\.operation) } })
        #expect(Operation.allCases.filter { !used.contains($0) } == [])
    }

    @Test("every named signal has the reference's value", arguments: seeds)
    func equality(seed: UInt64) throws {
        let design = try Recipe.drawn(seed: seed).design()
        let reference = ReferenceEvaluator(design)
        let simulator = try Simulator(design)
        var random = SplitMix(state: seed ^ 0x5717)
        let top = design.top
        let resets = top.domains.filter { $0.clocking.reset != .none && $0.isResetUsed }
        let named = top.names.filter { node, _ in ![.clock, .reset].contains(top.nodes[Int(node)].operation) }
            .sorted { $0.key < $1.key }
        for cycle in 0..<25 {
            for port in top.ports where port.isInput {
                let value = random.value(port.width)
                reference.set(port.name, value)
                simulator.set(port.name, value)
            }
            for domain in resets {
                let isActive = cycle == 1 || random.chance(1, of: 8)
                let level = BitVector(isActive == (domain.clocking.resetLevel == .high) ? 1 : 0, width: 1)
                reference.set(domain.resetName, level)
                simulator.set(domain.resetName, level)
            }
            let clocks = random.pick([["main"], ["other"], ["main", "other"], []] as [Set<String>])
                .intersection(top.domains.filter(\.isClockUsed).map(\.name))
            if clocks.isEmpty {
                reference.settle()
                simulator.settle()
            } else {
                reference.step(clocks)
                simulator.step(clocks: clocks)
            }
            for (node, name) in named where simulator.get(name) != reference.top.value(node) {
                let operation = top.nodes[Int(node)].operation
                Issue.record(
                    """
                    seed \(seed), after step \(cycle) of \(clocks.sorted()): '\(name)' (\(operation)) is \
                    \(simulator.get(name)), expected \(reference.top.value(node))
                    """)
                return
            }
            #expect(simulator.failures.map(\.name).sorted() == reference.failures.sorted(), "seed \(seed)")
        }
    }
}
