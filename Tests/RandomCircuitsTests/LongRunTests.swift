import Foundation
import RandomCircuits
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
            var disagreements = 0
            for simulator in RandomCircuitsTests.simulators {
                disagreements += try expectAgreement(trials, with: simulator)
            }
            let inCXXRTL = Array(trials.filter { $0.recipe.clockings.count == 1 }.prefix(LongRunBatch.sizeInCXXRTL))
            disagreements += try expectAgreement(inCXXRTL, with: .cxxrtl)
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
}
