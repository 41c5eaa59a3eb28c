import Foundation
import TestSupport
import Testing

@testable import Sensing

@Suite struct DelayDistributionTests {
    /// One random sense in the domain.
    private func sense(_ cases: inout SeededCases) -> SenseBranches {
        let low = Double.random(in: 2500...12000, using: &cases)
        let high = low * Double.random(in: 1.05...2.5, using: &cases)
        return Bool.random(using: &cases)
            ? SenseBranches(low, high, sigma: 0.04) : SenseBranches(high, low, sigma: 0.04)
    }

    @Test(
        "the probability of being resolved in time is that of sampled amplifiers",
        arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func sampled(seed: UInt64) throws {
        var cases = SeededCases(seed: seed)
        let amplifier = PrechargeSenseAmplifier(seed % 2 == 0 ? .ptm45 : .sky130)
        let branches = sense(&cases)
        let sigma = Double.random(in: 0.005...0.04, using: &cases)
        let nominal = try amplifier.delaySeconds(branches)
        let time = nominal * Double.random(in: 0.8...1.6, using: &cases)
        let (right, wrong) = try sample(amplifier, branches, sigma: sigma, time: time, cases: &cases)
        let law = try DelayDistribution(amplifier, branches, spread: SenseSpread(sigmaThresholdVolts: sigma))
        for (ours, count) in [
            (law.resolvedRight(bySeconds: time), right), (law.resolvedWrong(bySeconds: time), wrong),
        ] {
            let observed = Double(count) / Double(Self.trials)
            // The law takes the junctions' effect on the delay to first order, hence the absolute part.
            let allowed = 4.5 * (ours * (1 - ours) / Double(Self.trials)).squareRoot() + 0.003
            #expect(abs(ours - observed) < allowed, "seed \(seed): law \(ours), sampled \(observed)")
        }
    }

    private static let trials = 20000

    /// Draws amplifiers one by one; counts those that decide right and wrong by the time.
    private func sample(
        _ amplifier: PrechargeSenseAmplifier, _ branches: SenseBranches, sigma: Double, time: Double,
        cases: inout SeededCases
    ) throws -> (right: Int, wrong: Int) {
        var counts = (right: 0, wrong: 0)
        let law = amplifier.technology.delay
        let boundary = amplifier.technology.boundary
        let most = log(amplifier.technology.domain.ratio.upperBound)
        let geometricMean = (branches.left.ohms * branches.right.ohms).squareRoot()
        for _ in 0..<Self.trials {
            let n = (sigma * cases.normal(), sigma * cases.normal())
            let p = (sigma * cases.normal(), sigma * cases.normal())
            let left = branches.left.ohms * exp(0.04 * cases.normal())
            let right = branches.right.ohms * exp(0.04 * cases.normal())
            let offset =
                boundary.nmosSlope(geometricMeanOhms: geometricMean) * (n.0 - n.1)
                + boundary.pmosPerVolt * (p.0 - p.1)
            let margin = log(right / left) - offset
            let seconds =
                law.seconds(winnerOhms: margin > 0 ? left : right, margin: min(abs(margin), most))
                * exp(law.nmosPerVolt * (margin > 0 ? n.0 : n.1) + law.pmosPerVolt * (p.0 + p.1) / 2)
            guard seconds <= time else { continue }
            if (margin > 0) == (branches.left.ohms < branches.right.ohms) {
                counts.right += 1
            } else {
                counts.wrong += 1
            }
        }
        return counts
    }

    @Test("long after the delay only the errors of the unlimited sense are left, and right after the edge it is a coin")
    func limits() throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            var cases = SeededCases(seed: seed)
            let amplifier = PrechargeSenseAmplifier(.ptm45)
            let branches = sense(&cases)
            let spread = SenseSpread(sigmaThresholdVolts: Double.random(in: 0.01...0.05, using: &cases), noise: true)
            let law = try DelayDistribution(amplifier, branches, spread: spread)
            let unlimited = try amplifier.errorProbability(branches, spread: spread)
            #expect(abs(law.upsetProbability(atSeconds: 1e-7) / unlimited - 1) < 1e-6, "seed \(seed)")
            #expect(abs(law.upsetProbability(atSeconds: 1e-12) - 0.5) < 1e-12, "seed \(seed)")
            #expect(abs(law.upsetProbability(atSeconds: 0) - 0.5) < 1e-12, "seed \(seed)")
        }
    }

    @Test("the probability of being resolved grows with time, and the quantile inverts it")
    func quantile() throws {
        for seed in 1...10 as ClosedRange<UInt64> {
            var cases = SeededCases(seed: seed)
            let spread = SenseSpread(sigmaThresholdVolts: 0.02, noise: true)
            let law = try DelayDistribution(PrechargeSenseAmplifier(.sky130), sense(&cases), spread: spread)
            let parts = [0.01, 0.5, 0.9, 0.999, 1 - 1e-9]
            let times = try parts.map { try law.delaySeconds(quantile: $0) }
            #expect(times == times.sorted(), "seed \(seed)")
            for (part, time) in zip(parts, times) {
                #expect(abs(law.unresolved(atSeconds: time) / (1 - part) - 1) < 1e-6, "seed \(seed), \(part)")
            }
        }
    }

    @Test("without any spread the delay is one number")
    func exact() throws {
        for technology in AmplifierTechnology.builtIn {
            let amplifier = PrechargeSenseAmplifier(technology)
            for (low, high) in [(2000.0, 2040.0), (6000, 12000), (15000, 60000)] {
                let branches = SenseBranches(low, high)
                let law = try DelayDistribution(amplifier, branches, spread: SenseSpread(sigmaThresholdVolts: 0))
                let delay = try amplifier.delaySeconds(branches)
                #expect(law.resolvedRight(bySeconds: delay * (1 - 1e-9)) == 0)
                #expect(law.resolvedRight(bySeconds: delay * (1 + 1e-9)) == 1)
                #expect(abs(try law.delaySeconds(quantile: 0.5) / delay - 1) < 1e-9)
            }
        }
    }

    @Test("the margin that a time resolves is the inverse of the delay law")
    func inverse() {
        for seed in 1...200 as ClosedRange<UInt64> {
            var cases = SeededCases(seed: seed)
            for technology in AmplifierTechnology.builtIn {
                let amplifier = PrechargeSenseAmplifier(technology)
                let ohms = Double.random(in: 2000...15000, using: &cases)
                let margin = exp(Double.random(in: -30...log(log(4)), using: &cases))
                let delay = amplifier.delaySeconds(winnerOhms: ohms, margin: margin)
                let back = amplifier.margin(winnerOhms: ohms, resolvedBy: delay)
                #expect(abs(back / margin - 1) < 1e-9, "seed \(seed): \(margin) gives \(back)")
                let shortest = amplifier.delaySeconds(winnerOhms: ohms, margin: log(4))
                #expect(amplifier.margin(winnerOhms: ohms, resolvedBy: 0.999 * shortest) == .infinity)
            }
        }
    }
}
