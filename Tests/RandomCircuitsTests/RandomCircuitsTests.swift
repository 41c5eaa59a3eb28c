import Foundation
import HDL
import RandomCircuits
import Testing

/// Law: whatever circuit is drawn, every simulator gives every output the value that its recipe means. An X is another
/// value.
@Suite("Random circuits", .serialized)
struct RandomCircuitsTests {
    static let seeds: [UInt64] = Array(1...300)

    @Test("all simulators compute what the recipes mean", arguments: ComparedSimulator.allCases)
    func agreement(simulator: ComparedSimulator) throws {
        let seeds = RandomCircuitsTests.seeds
        for first in stride(from: 0, to: seeds.count, by: 100) {
            let batch = seeds[first..<min(first + 100, seeds.count)]
            let trials = try batch.map { try Trial(.drawn(seed: $0), seed: $0) }
            let isShared = simulator != .cxxrtl
            try expectAgreement(isShared ? trials : trials.filter(\.isForCXXRTL), with: simulator)
        }
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

    @Test("a seed draws the same circuit again")
    func drawing() {
        for seed: UInt64 in [1, 17, 300] { #expect(Recipe.drawn(seed: seed) == Recipe.drawn(seed: seed)) }
        #expect(Recipe.drawn(seed: 1) != Recipe.drawn(seed: 2))
    }
}

/// Reports every circuit that a simulator disagrees about, the first one shrunk and as Swift.
@discardableResult
func expectAgreement(
    _ trials: [Trial], with simulator: ComparedSimulator, verilatorOptions: [String] = []
) throws -> Int {
    try withScratchFolder { folder in
        let found = try disagreements(trials, with: simulator, verilatorOptions: verilatorOptions, in: folder)
        for one in found { Issue.record("\(one)") }
        if let first = found.first {
            let small = try shrink(first, verilatorOptions: verilatorOptions, in: folder)
            Issue.record("shrunk: \(small)\n\(small.recipe.swift)")
        }
        return found.count
    }
}
