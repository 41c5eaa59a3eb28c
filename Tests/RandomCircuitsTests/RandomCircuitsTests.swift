import Foundation
import HDL
import RandomCircuits
import Testing

/// Law: whatever circuit is drawn, every simulator gives every output the value that its recipe means. An X is another
/// value.
@Suite("Random circuits", .serialized)
struct RandomCircuitsTests {
    static let seeds: [UInt64] = Array(1...300)
    /// Not CXXRTL, of which the C++ compiler takes a second for each circuit.
    static let simulators: [ComparedSimulator] = [.builtIn, .verilator, .icarus]

    @Test("all simulators compute what the recipes mean", arguments: simulators)
    func agreement(simulator: ComparedSimulator) throws {
        let seeds = RandomCircuitsTests.seeds
        for first in stride(from: 0, to: seeds.count, by: 100) {
            let batch = seeds[first..<min(first + 100, seeds.count)]
            try expectAgreement(try batch.map { try Trial(.drawn(seed: $0), seed: $0) }, with: simulator)
        }
    }

    /// Each of these once disagreed: docs/results/random-circuit-disagreements.md says why.
    @Test("circuits that a simulator once got wrong are right", arguments: [ComparedSimulator.verilator, .icarus])
    func regressions(simulator: ComparedSimulator) throws {
        let seeds: [UInt64] = [1224, 1762, 2512, 2692]
        try expectAgreement(try seeds.map { try Trial(.drawn(seed: $0), seed: $0) }, with: simulator)
    }

    @Test("CXXRTL computes what the recipes of one clock mean")
    func agreementOfCXXRTL() throws {
        let seeds = RandomCircuitsTests.seeds.filter { Recipe.drawn(seed: $0).clockings.count == 1 }.prefix(20)
        try expectAgreement(try seeds.map { try Trial(.drawn(seed: $0), seed: $0) }, with: .cxxrtl)
    }

    @Test("every operation is compared at every width")
    func coverage() throws {
        var coverage = Coverage()
        for seed in RandomCircuitsTests.seeds {
            let recipe = Recipe.drawn(seed: seed)
            coverage.add(recipe)
            coverage.add(try recipe.design())
        }
        #expect(coverage.empty == [])
        #expect(coverage.emptyFunctions == [])
    }

    @Test("every clocking, statement and kind of operand is drawn")
    func features() {
        var drawn = Set<String>()
        func note(_ actions: [Action], _ recipe: Recipe, of kind: String) {
            for action in actions {
                switch action {
                case .assign(_, _, let count, _): drawn.insert("\(kind) \(count == 0 ? "whole" : "part")")
                case .write(_, _, _, let mask): drawn.insert(mask == nil ? "write" : "write with mask")
                case .when(let arms, let otherwise):
                    drawn.insert("when\(arms.count > 1 ? ", elseWhen" : "")\(otherwise == nil ? "" : ", otherwise")")
                    for arm in arms { note(arm.body, recipe, of: kind) }
                    note(otherwise ?? [], recipe, of: kind)
                case .choose(_, _, let cases, let otherwise):
                    drawn.insert("choose\(otherwise == nil ? "" : ", default")")
                    for one in cases {
                        if one.patterns.count > 1 { drawn.insert("case of two patterns") }
                        if one.patterns.contains(where: { $0.dropFirst().contains("?") }) { drawn.insert("don't-care") }
                        note(one.body, recipe, of: kind)
                    }
                    note(otherwise ?? [], recipe, of: kind)
                }
            }
        }
        for seed in RandomCircuitsTests.seeds {
            let recipe = Recipe.drawn(seed: seed)
            drawn.insert("\(recipe.clockings.count) clocks")
            for (domain, clocking) in recipe.clockings.enumerated() { drawn.insert("domain \(domain) as \(clocking)") }
            var memories: [Int: Int] = [:]
            for step in recipe.steps {
                switch step.kind {
                case .crossing: drawn.insert("crossing")
                case .memory(_, let lanes, _, let contents):
                    memories[step.id] = step.domain
                    drawn.insert("memory of \(lanes) lanes")
                    drawn.insert("memory \(contents.isEmpty ? "without" : "with") contents")
                case .read(let memory, _, let enable, let forwards):
                    let kind = enable == nil ? "asynchronous" : forwards ? "forwarding" : "synchronous"
                    drawn.insert("read \(kind)\(memories[memory] == step.domain ? "" : ", memory of the other domain")")
                case .wire(_, let byDefault, let actions):
                    drawn.insert("wire \(byDefault == nil ? "without" : "with") default")
                    note(actions, recipe, of: "drive")
                case .actions(let actions):
                    note(actions, recipe, of: "next")
                    for target in Action.targets(of: actions) {
                        if let domain = memories[target], domain != step.domain {
                            drawn.insert("write from the other domain")
                        }
                    }
                default: break
                }
            }
        }
        var wanted: Set<String> = [
            "1 clocks", "2 clocks", "drive whole", "drive part", "next whole", "next part", "write", "write with mask",
            "when", "when, otherwise", "when, elseWhen", "when, elseWhen, otherwise", "choose", "choose, default",
            "case of two patterns", "don't-care", "memory with contents", "memory without contents",
            "read asynchronous", "read synchronous", "read forwarding", "wire with default", "wire without default",
            "read asynchronous, memory of the other domain", "read synchronous, memory of the other domain",
            "read forwarding, memory of the other domain", "write from the other domain", "crossing",
        ]
        for lanes in 1...5 { wanted.insert("memory of \(lanes) lanes") }
        for domain in 0...1 {
            for clocking in Recipe.clockings.indices { wanted.insert("domain \(domain) as \(clocking)") }
        }
        #expect(wanted.subtracting(drawn) == [])
    }

    @Test("a seed draws the same circuit again")
    func drawing() {
        for seed: UInt64 in [1, 17, 300] { #expect(Recipe.drawn(seed: seed) == Recipe.drawn(seed: seed)) }
        #expect(Recipe.drawn(seed: 1) != Recipe.drawn(seed: 2))
    }
}

/// Reports every circuit that a simulator disagrees about, the first one shrunk and as Swift.
@discardableResult
func expectAgreement(
    _ trials: [Trial], with simulator: ComparedSimulator
) throws -> Int {
    try withScratchFolder { folder in
        let found = try disagreements(trials, with: simulator, in: folder)
        for one in found { Issue.record("\(one)") }
        if let first = found.first {
            do {
                let small = try shrink(first, in: folder)
                Issue.record("shrunk: \(small)\n\(small.recipe.swift)")
            } catch {
                // The circuit as it is, and on to the next batch.
                Issue.record("not shrunk: \(error)\n\(first.recipe.swift)")
            }
        }
        return found.count
    }
}
