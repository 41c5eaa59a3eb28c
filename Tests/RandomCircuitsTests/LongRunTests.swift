import Foundation
import RandomCircuits
import Synchronization
import Testing

/// The law of `RandomCircuitsTests` for as many circuits as are asked for; it goes on where the record ends.
///
/// `HWGEN_LONG_TESTS=1 HWGEN_RANDOM_CIRCUITS=10000` compares the circuits of the seeds 0 ..< 10000 that
/// `docs/results/random-circuits.md` does not name yet. The record is written after each batch.
@Suite("Long run of random circuits", .serialized)
struct LongRunTests {
    static let environment = ProcessInfo.processInfo.environment
    static let isWanted = environment["HWGEN_LONG_TESTS"] == "1"

    @Test("all simulators compute what the recipes mean", .enabled(if: isWanted))
    func run() throws {
        let wanted = Int(LongRunTests.environment["HWGEN_RANDOM_CIRCUITS"] ?? "") ?? 10_000
        let place = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs/results/random-circuits.md")
        var record = try LongRunRecord(at: place)
        let versions = try ComparedSimulator.versions()
        while record.nextSeed < wanted {
            let batch = LongRunBatch(from: record.nextSeed, wanted: wanted)
            let trials = try batch.seeds.map { try Trial(.drawn(seed: UInt64($0)), seed: UInt64($0)) }
            let inCXXRTL = Array(trials.filter { $0.recipe.clockings.count == 1 }.prefix(LongRunBatch.sizeInCXXRTL))
            let disagreements = try disagreements(trials, inCXXRTL: inCXXRTL)
            var coverage = record.coverage
            for trial in trials {
                coverage.add(trial.design)
                coverage.add(trial.recipe)
            }
            record.add(
                batch, inCXXRTL: inCXXRTL.count, samples: trials.reduce(0) { $0 + $1.samples },
                disagreements: disagreements, versions: versions, coverage)
            try record.write()
        }
        #expect(record.nextSeed >= wanted)
    }

    /// Verilator and its compiler keep one core busy, all others together another.
    private func disagreements(_ trials: [Trial], inCXXRTL: [Trial]) throws -> Int {
        let runs: [[(ComparedSimulator, [Trial])]] = [
            [(.verilator, trials)], [(.builtIn, trials), (.icarus, trials), (.cxxrtl, inCXXRTL)],
        ]
        // Circuits are only read, and each run counts for itself.
        nonisolated(unsafe) let shared = runs
        let counts = Mutex<[Result<Int, any Error>]>([])
        DispatchQueue.concurrentPerform(iterations: shared.count) { index in
            let count = Result {
                try shared[index].reduce(0) { $0 + (try expectAgreement($1.1, with: $1.0)) }
            }
            counts.withLock { $0.append(count) }
        }
        return try counts.withLock { try $0.reduce(0) { $0 + (try $1.get()) } }
    }
}
