import Foundation
import Randomness
import TestSupport
import Testing

@testable import Sensing

@Suite struct AmplifierDieTests {
    private let amplifier = PrechargeSenseAmplifier(.ptm45)

    private func ones(_ words: [UInt64]) -> Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    @Test(
        "the amplifiers of a die fail as often as the error probability says",
        arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func errorRate(seed: UInt64) throws {
        var cases = SeededCases(seed: seed)
        let low = Double.random(in: 2000...15000, using: &cases)
        let ratio = Double.random(in: 1.05...2, using: &cases)
        let sigma = Double.random(in: 0.01...0.06, using: &cases)
        let branches = SenseBranches(low, low * ratio, sigma: seed % 3 == 0 ? 0 : 0.05)
        let spread = SenseSpread(sigmaThresholdVolts: sigma)
        let trials = 40000
        let expected = try amplifier.errorProbability(branches, spread: spread)
        for sense in [branches, branches.mirrored] {
            let words = try amplifier.staticDecisions(
                sense, die: AmplifierDie(seed: seed), amplifiers: trials, spread: spread)
            let wrong = sense.leftShouldWin ? trials - ones(words) : ones(words)
            let deviation = abs(Double(wrong) - expected * Double(trials))
            let allowed = 4.5 * (expected * (1 - expected) * Double(trials)).squareRoot() + 1
            #expect(deviation < allowed, "seed \(seed): \(wrong) of \(trials), expected \(expected)")
        }
    }

    @Test("a decision depends on the die, the row and the amplifier alone")
    func keyed() throws {
        let branches = SenseBranches(6000, 6600, sigma: 0.05)
        let spread = SenseSpread(sigmaThresholdVolts: 0.03)
        func decide(_ seed: UInt64, row: UInt32 = 0, count: Int = 640) throws -> [UInt64] {
            try amplifier.staticDecisions(
                branches, die: AmplifierDie(seed: seed), row: row, amplifiers: count, spread: spread)
        }
        let first = try decide(7)
        #expect(try decide(7) == first)
        #expect(Array(try decide(7, count: 6400)[..<10]) == first)
        #expect(try decide(8) != first)
        #expect(try decide(7, row: 1) != first)
        // Without junction spread nothing of the row is left.
        let bare = SenseSpread(sigmaThresholdVolts: 0.03, junctions: false)
        let rows = try [0, 1].map { row in
            try amplifier.staticDecisions(
                branches, die: AmplifierDie(seed: 7), row: row, amplifiers: 640, spread: bare)
        }
        #expect(rows[0] == rows[1])
    }

    @Test("the decisions of a die are the recorded bits, on every machine and at every optimisation")
    func recorded() throws {
        let words = try amplifier.staticDecisions(
            SenseBranches(6000, 6600, sigma: 0.05), die: AmplifierDie(seed: 7), row: 3, amplifiers: 128,
            spread: SenseSpread(sigmaThresholdVolts: 0.03))
        #expect(words.map { String($0, radix: 16) } == ["b77ae2bfafb66879", "e7b6f3b6edfdf3af"])
    }

    @Test("thresholds and junctions of a die are standard normal and uncorrelated")
    func moments() {
        let die = AmplifierDie(seed: 11)
        let count = 20000
        var sums = [Double](repeating: 0, count: 6)
        var products = [[Double]](repeating: sums, count: 6)
        for k in 0..<UInt32(count) {
            let cells = die.junctions(row: 3, column: k)
            let all = die.thresholds(amplifier: k, sigmaVolts: 1).all + [cells.left, cells.right]
            for i in all.indices {
                sums[i] += all[i]
                for j in all.indices { products[i][j] += all[i] * all[j] }
            }
        }
        let sigma = Double(count).squareRoot()
        for i in sums.indices {
            #expect(abs(sums[i]) < 4.5 * sigma)
            #expect(abs(products[i][i] - Double(count)) < 4.5 * 2.0.squareRoot() * sigma)
            for j in sums.indices where j != i { #expect(abs(products[i][j]) < 4.5 * sigma) }
        }
    }

    @Test("thresholds and junctions are the quantiles of the die's keyed draws, bit by bit")
    func draws() {
        for seed in 1...20 as ClosedRange<UInt64> {
            let die = AmplifierDie(seed: seed)
            for k in 0..<200 as Range<UInt32> {
                var thresholds = KeyedStream(seed: seed, stream: 0x5654_4831, block0: k)
                let expected = (0..<4).map { _ in 0.02 * StandardNormal.quantile(thresholds.nextDouble()) }
                #expect(die.thresholds(amplifier: k, sigmaVolts: 0.02).all == expected, "seed \(seed), amplifier \(k)")
                var junctions = KeyedStream(seed: seed, stream: 0x4D54_4A31, block0: 7, block1: k)
                let cells = die.junctions(row: 7, column: k)
                #expect(cells.left == StandardNormal.quantile(junctions.nextDouble()), "seed \(seed), column \(k)")
                #expect(cells.right == StandardNormal.quantile(junctions.nextDouble()), "seed \(seed), column \(k)")
            }
        }
    }

    @Test("static mode fixes each amplifier, dynamic mode makes all alike, combined mode does both")
    func modes() throws {
        let branches = SenseBranches(6000, 6300, sigma: 0.02)
        let spread = SenseSpread(sigmaThresholdVolts: 0.01, noise: true)
        let die = AmplifierDie(seed: 5)
        func row(_ mode: SensingMode, limit: Double? = nil) throws -> AmplifierRow {
            try AmplifierRow(
                amplifier, branches, die: die, amplifiers: 4000, spread: spread, mode: mode, limitSeconds: limit)
        }
        let fixed = try row(.fixed)
        #expect(Set(fixed.upsetProbability) == [0, 1])
        let words = try amplifier.staticDecisions(branches, die: die, amplifiers: 4000, spread: spread)
        for k in 0..<4000 {
            #expect((fixed.upsetProbability[k] == 0) == (words[k / 64] >> UInt64(k % 64) & 1 == 1), "amplifier \(k)")
        }
        #expect(try fixed.upsets(amplifier: 0, senses: 100).count == Int(100 * fixed.upsetProbability[0]))

        let noiseAlone = SenseSpread(sigmaThresholdVolts: 0, junctions: false, noise: true)
        let expected = try amplifier.errorProbability(branches, spread: noiseAlone)
        for probability in try row(.dynamic).upsetProbability { #expect(abs(probability / expected - 1) < 1e-9) }

        let combined = try row(.combined).upsetProbability
        let mean = combined.reduce(0, +) / 4000
        let all = try amplifier.errorProbability(branches, spread: spread)
        #expect(abs(mean - all) < 4.5 * (all * (1 - all) / 4000).squareRoot())
        // Noise moves no amplifier to the other side of one half.
        for (still, noisy) in zip(fixed.upsetProbability, combined) { #expect((still > 0.5) == (noisy > 0.5)) }
    }

    @Test("a clock that is too short makes a coin of the slow amplifiers and spares the fast ones")
    func limited() throws {
        let branches = SenseBranches(6000, 9000, sigma: 0.03)
        let spread = SenseSpread(sigmaThresholdVolts: 0.02, noise: true)
        let die = AmplifierDie(seed: 9)
        let count = 3000
        for mode in SensingMode.allCases {
            for factor in [0.5, 1, 1.2, 4] {
                let limit = factor * (try amplifier.delaySeconds(branches))
                let row = try AmplifierRow(
                    amplifier, branches, die: die, amplifiers: count, spread: spread, mode: mode, limitSeconds: limit)
                let mean = row.upsetProbability.reduce(0, +) / Double(count)
                let law = try DelayDistribution(
                    amplifier, branches,
                    spread: SenseSpread(
                        sigmaThresholdVolts: mode == .dynamic ? 0 : 0.02, junctions: mode != .dynamic,
                        noise: mode != .fixed))
                let expected = law.upsetProbability(atSeconds: limit)
                let allowed = mode == .dynamic ? 1e-6 : 4.5 * 0.5 / Double(count).squareRoot() + 0.003
                #expect(abs(mean - expected) < allowed, "\(mode), \(factor): \(mean), law \(expected)")
            }
        }
    }

    @Test("the upsets of an amplifier are as many as its probability says, ascending, and the same when asked again")
    func upsets() throws {
        let branches = SenseBranches(6000, 6300, sigma: 0.02)
        let row = try AmplifierRow(
            amplifier, branches, die: AmplifierDie(seed: 3), row: 2, amplifiers: 60,
            spread: SenseSpread(sigmaThresholdVolts: 0.005, noise: true), mode: .combined)
        let senses = 20000
        for k in 0..<60 {
            let p = row.upsetProbability[k]
            let events = try row.upsets(amplifier: k, senses: senses)
            #expect(events == events.sorted() && Set(events).count == events.count)
            #expect(events.allSatisfy { (0..<senses).contains($0) })
            let deviation = abs(Double(events.count) - p * Double(senses))
            #expect(
                deviation < 4.8 * (p * (1 - p) * Double(senses)).squareRoot() + 1, "amplifier \(k): \(events.count)")
            #expect(try row.upsets(amplifier: k, senses: senses) == events)
        }
        #expect(row.upsetProbability.contains { $0 > 0.5 } && row.upsetProbability.contains { $0 < 0.5 })
    }
}
