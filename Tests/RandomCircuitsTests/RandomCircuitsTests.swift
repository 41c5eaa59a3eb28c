import Foundation
import RandomCircuits
import Testing

/// Law: whatever circuit is drawn, every simulator gives every output the value that its recipe means.
@Suite("Random circuits", .serialized)
struct RandomCircuitsTests {
    @Test("all simulators compute what the recipes mean", arguments: ComparedSimulator.allCases)
    func agreement(simulator: ComparedSimulator) throws {
        let n = UInt64(ProcessInfo.processInfo.environment["N"] ?? "") ?? 100
        let clock = ContinuousClock()
        var begin = clock.now
        let trials = try (1...n).map { try Trial(.drawn(seed: $0), seed: $0) }
            .filter { simulator != .cxxrtl || $0.recipe.clockings.count == 1 }
        print(simulator, "trials", clock.now - begin)
        begin = clock.now
        try withScratchFolder { folder in
            let found = try disagreements(trials, with: simulator, in: folder)
            for one in found { Issue.record("\(one)") }
        }
        print(simulator, "time", clock.now - begin)
    }
}
