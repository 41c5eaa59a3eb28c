import Foundation
import Randomness
import Testing

@Suite("Event positions")
struct EventPositionsTests {
    private func positions(_ p: Double, _ trials: Int, seed: UInt64, block: UInt32 = 0) throws -> [Int] {
        Array(
            try EventPositions(
                probability: p, trials: trials, stream: KeyedStream(seed: seed, stream: 1, block0: block)))
    }

    @Test("no event at p = 0, every trial at p = 1, none without trials")
    func ends() throws {
        #expect(try positions(0, EventPositions.maximumTrials, seed: 1) == [])
        #expect(try positions(1, 1000, seed: 1) == Array(0..<1000))
        #expect(try positions(0.5, 0, seed: 1) == [])
        #expect(try positions(.leastNonzeroMagnitude, EventPositions.maximumTrials, seed: 1) == [])
    }

    @Test("positions ascend and stay inside", arguments: [1e-15, 1e-6, 0.01, 0.5, 0.99, 1 - 1e-15])
    func order(p: Double) throws {
        let trials = p < 1e-9 ? 1 << 55 : p < 1e-3 ? 1 << 30 : 100_000
        let found = try positions(p, trials, seed: 17)
        #expect(found.allSatisfy { $0 >= 0 && $0 < trials })
        #expect(zip(found, found.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test("the number of events is binomial", arguments: [1e-15, 1e-9, 1e-4, 0.03, 0.5, 0.97, 1 - 1e-6])
    func number(p: Double) throws {
        let trials = p < 1e-3 ? Int(4_000 / p) : 200_000
        let mean = Double(trials) * p
        let deviation = (mean * (1 - p)).squareRoot()
        for seed: UInt64 in 1...5 {
            let found = Double(try positions(p, trials, seed: seed).count)
            #expect(abs(found - mean) < 4.5 * deviation + 1, "seed \(seed)")
        }
    }

    @Test("trials without event are as rare as 10⁻¹⁵ asks for when p = 1 − 10⁻¹⁵")
    func nearlyCertain() throws {
        // The gap is a floor of E / −ln(1 − p): a first trial without event has probability 1 − p.
        let p = 1 - 1e-15
        #expect(try positions(p, 1_000_000, seed: 4).count == 1_000_000)
    }

    @Test("gaps follow the geometric law (χ²)", arguments: [0.05, 0.3, 0.8])
    func gaps(p: Double) throws {
        for seed: UInt64 in 1...4 {
            let found = try positions(p, 400_000, seed: seed)
            let gaps = zip(found.dropFirst(), found).map { $0 - $1 - 1 }
            var bins: [Double] = [], counts: [Double] = []
            var tail = 1.0
            while tail * (1 - p) * Double(gaps.count) > 50, bins.count < 40 {
                counts.append(Double(gaps.count { $0 == bins.count }))
                bins.append(tail * p)
                tail *= 1 - p
            }
            counts.append(Double(gaps.count { $0 >= bins.count }))
            bins.append(tail)
            let chi = zip(counts, bins).reduce(0.0) { sum, pair in
                let expected = pair.1 * Double(gaps.count)
                return sum + (pair.0 - expected) * (pair.0 - expected) / expected
            }
            let freedom = Double(bins.count - 1)
            // The cube root of χ² / freedom is nearly normal (Wilson and Hilferty, 1931): 4 deviations.
            let bound = freedom * pow(1 - 2 / (9 * freedom) + 4 * (2 / (9 * freedom)).squareRoot(), 3)
            #expect(chi < bound, "seed \(seed): χ² \(chi), bound \(bound)")
        }
    }

    @Test("positions are uniform (Kolmogorov and Smirnov)", arguments: [1e-12, 0.002, 0.4])
    func uniform(p: Double) throws {
        let trials = Int(20_000 / p)
        for seed: UInt64 in 1...4 {
            let found = try positions(p, trials, seed: seed)
            let count = Double(found.count)
            let distance = found.enumerated().map {
                abs(Double($0.offset) / count - Double($0.element) / Double(trials))
            }
            #expect((distance.max() ?? 1) * count.squareRoot() < 2.23, "seed \(seed)")
        }
    }

    @Test("in distribution, skipping equals deciding trial by trial", arguments: [0.1, 0.45, 0.9])
    func naive(p: Double) throws {
        // Number of events in 12 trials: two samples of it, compared by χ².
        let blocks = 20_000
        var random = SplitMix(state: 2024)
        var skipped = [Double](repeating: 0, count: 13), decided = skipped
        for block in 0..<blocks {
            skipped[try positions(p, 12, seed: 8, block: UInt32(block)).count] += 1
            decided[(0..<12).count { _ in Double.random(in: 0..<1, using: &random) < p }] += 1
        }
        let chi = zip(skipped, decided).reduce(0.0) { sum, pair in
            pair.0 + pair.1 == 0 ? sum : sum + (pair.0 - pair.1) * (pair.0 - pair.1) / (pair.0 + pair.1)
        }
        // 12 degrees of freedom: 39.1 is passed with probability 10⁻⁴.
        #expect(chi < 39.1)
    }

    @Test("a probability or a number of trials out of range is named")
    func errors() throws {
        func message(_ p: Double, _ trials: Int) -> String {
            do {
                _ = try positions(p, trials, seed: 1)
                return ""
            } catch { return "\(error)" }
        }
        #expect(message(-0.25, 1) == "probability is -0.25; allowed is 0 to 1")
        #expect(message(1.5, 1) == "probability is 1.5; allowed is 0 to 1")
        #expect(message(.nan, 1) == "probability is nan; allowed is 0 to 1")
        #expect(message(0.5, -1) == "trials is -1; allowed is 0 to 4611686018427387904")
        #expect(message(0.5, (1 << 62) + 1) == "trials is 4611686018427387905; allowed is 0 to 4611686018427387904")
    }
}
