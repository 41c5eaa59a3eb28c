import Foundation
import Testing

@testable import Sensing

@Suite struct SenseTimingTests {
    private func timing(
        _ technology: AmplifierTechnology = .ptm45, _ branches: SenseBranches = SenseBranches(6000, 12000, sigma: 0.03),
        sigma: Double = 0.015
    ) throws -> SenseTiming {
        try SenseTiming(
            PrechargeSenseAmplifier(technology), branches,
            spread: SenseSpread(sigmaThresholdVolts: sigma, noise: true), setupSeconds: 5e-12)
    }

    @Test("the cycles are enough for the quantile, and one cycle of evaluation less is not")
    func fewest() throws {
        for technology in AmplifierTechnology.builtIn {
            let timing = try timing(technology)
            for clock in [3e-12, 7e-12, 20e-12, 1e-9] {
                for quantile in [0.9, 0.999, 1 - 1e-6] {
                    let cycles = try timing.cycles(clockSeconds: clock, quantile: quantile)
                    let unlimited = try timing.amplifier.errorProbability(timing.branches, spread: timing.spread)
                    let upset = try timing.upsetProbability(cycles, clockSeconds: clock)
                    #expect(upset <= unlimited + (1 - quantile), "\(clock) s: \(cycles) gives \(upset)")
                    #expect(cycles.latch == 1 && cycles.evaluate >= 1 && cycles.precharge >= 1)
                    guard cycles.evaluate > 1 else { continue }
                    var fewer = cycles
                    fewer.evaluate -= 1
                    // Half of what is not resolved is wrong.
                    let more = try timing.upsetProbability(fewer, clockSeconds: clock)
                    #expect(more > 0.4 * (1 - quantile), "\(clock) s: \(fewer) gives \(more)")
                }
            }
        }
    }

    @Test("a clock of a nanosecond needs one cycle a phase, a fast one more")
    func counts() throws {
        let slow = try timing().cycles(clockSeconds: 1e-9, quantile: 0.999)
        #expect(slow == SenseTiming.Cycles(precharge: 1, evaluate: 1, latch: 1))
        let fast = try timing().cycles(clockSeconds: 10e-12, quantile: 0.999)
        #expect(fast.precharge == 7)
        #expect(fast.evaluate > 3)
    }

    @Test("a longer evaluation helps down to the errors without limit, and a pre-charge too short costs")
    func monotonous() throws {
        let timing = try timing(.sky130, SenseBranches(6000, 6600), sigma: 0.004)
        let clock = 20e-12
        let upsets = try (1...30).map {
            try timing.upsetProbability(.init(precharge: 12, evaluate: $0, latch: 1), clockSeconds: clock)
        }
        // Below the last it may rise: an amplifier that would decide wrongly is right half of the time when it is late.
        for (shorter, longer) in zip(upsets, upsets.dropFirst()) {
            #expect(longer <= max(shorter, upsets[29] * (1 + 1e-9)))
        }
        #expect(abs(upsets[0] - 0.5) < 1e-12 && upsets[29] < 1e-5)
        let short = try timing.upsetProbability(.init(precharge: 2, evaluate: 30, latch: 1), clockSeconds: clock)
        #expect(short > 10 * upsets[29])
    }

    @Test("the rows of a table are the amplifier's own answers")
    func rows() throws {
        let amplifier = PrechargeSenseAmplifier(.ptm45)
        let rows = try amplifier.rows([(6000, 12000), (2000, 2040)], sigmaThresholdVolts: 0.03)
        #expect(rows.map(\.lowOhms) == [6000, 2000] && rows.map(\.highOhms) == [12000, 2040])
        let sense = SenseBranches(2000, 2040)
        #expect(rows[1].delaySeconds == (try amplifier.delaySeconds(sense)))
        #expect(rows[1].evaluationJoules + rows[1].prechargeJoules == (try amplifier.senseJoules(sense)))
        #expect(rows[1].errorProbability > 0.45)
        let read = rows[0].read
        #expect(abs(read.peakAmperes * read.durationSeconds / 2.336e-15 - 1) < 1e-12)
    }
}
