import Foundation
import TestSupport
import Testing

@testable import Spintronics

/// Law: the counts agree with methods that share nothing with it, and depend on nothing but the keys.
struct SwitchingMonteCarloTests {
    private let threads = 2

    /// Differences in standard errors; all below 3.5, and 95 % of them below 3.
    private func check(_ differences: [(name: String, z: Double)]) {
        for (name, z) in differences { #expect(abs(z) < 3.5, "\(name): \(z) standard errors") }
        let far = differences.filter { abs($0.z) >= 3 }
        #expect(Double(far.count) <= 0.05 * Double(differences.count), "\(far)")
    }

    /// Counting error about a known probability; 1/N where hardly an event is expected.
    private func sigma(_ p: Double, _ trials: Int) -> Double {
        max((p * (1 - p) / Double(trials)).squareRoot(), 1 / Double(trials))
    }

    @Test func agreesWithFokkerPlanckAtEveryReferencePoint() throws {
        let points = try referencePoints("stt_switching").rows
        let dynamics = MacrospinDynamics(layer: .reference())
        let trials = 100_000
        var differences: [(name: String, z: Double)] = []
        for i in Set(points.indices.map { points[$0]["i_over_ic0"] }).sorted() {
            let rows = points.indices.filter { points[$0]["i_over_ic0"] == i }
                .sorted { points[$0]["pulse_s"] < points[$1]["pulse_s"] }
            let schedule = try TorqueSchedule(
                pulses: rows.map { points[$0]["pulse_s"] }, drive: TorqueDrive(overdrive: i), criterion: .pulseEnd)
            let run = SwitchingMonteCarlo(dynamics, stepSeconds: 1e-12, seed: 11, stream: UInt32(4 * i))
            let found = try run.estimates(schedule, trials: trials, threads: threads)
            for (row, estimate) in zip(rows, found) {
                let p = points[row]["p_switch_fp"]
                let z = (estimate.probability - p) / sigma(p, trials)
                differences.append(("i \(i), \(points[row]["pulse_s"]) s", z))
            }
        }
        #expect(differences.count == 22)
        check(differences)
    }

    /// Other layers, pulses with edges, both criteria, each precision and noise.
    @Test(arguments: SwitchingMonteCarlo.Precision.allCases, ThermalNoise.allCases)
    func agreesWithFokkerPlanckForOtherPulses(precision: SwitchingMonteCarlo.Precision, noise: ThermalNoise) throws {
        let layer = FreeLayer(
            diameterMetres: 30e-9, thicknessMetres: 1e-9, saturationAmperesPerMetre: 0.9e6, damping: 0.05,
            thermalStability: 35, temperatureKelvin: 350)
        let tau = 1 / layer.relaxationPerSecond
        let dynamics = MacrospinDynamics(layer: layer)
        let trials = 100_000
        let solver = FokkerPlanck(thermalStability: 35)
        var differences: [(name: String, z: Double)] = []
        for (i, widths) in [(0.95, [2.5]), (2.2, [0.9, 1.3, 2]), (4, [0.5, 0.8])] {
            for (rise, fall, relaxation) in [(0.0, 0.0, 0.0), (0.2, 0.3, 0.25)] {
                let schedule = try TorqueSchedule(
                    pulses: widths.map { $0 * tau }, drive: TorqueDrive(overdrive: i), riseSeconds: rise * tau,
                    fallSeconds: fall * tau, criterion: .relaxed(seconds: relaxation * tau))
                let run = SwitchingMonteCarlo(
                    dynamics, precision: precision, noise: noise, stepSeconds: 0.4e-12, seed: 15)
                let found = try run.estimates(schedule, trials: trials, threads: threads)
                let expected = solver.outcomes(
                    drives: [.constant(overdrive: i)], plateaus: widths.map { $0 - (rise + fall) / 2 }, rise: rise,
                    fall: fall, relaxation: relaxation)[0].map(\.switched)
                for index in widths.indices {
                    let z = (found[index].probability - expected[index]) / sigma(expected[index], trials)
                    differences.append(("i \(i), width \(widths[index]), rise \(rise)", z))
                }
            }
        }
        check(differences)
    }

    @Test func agreesWithEverySpinOrbitReferencePoint() throws {
        let points = try referencePoints("sot_switching").rows
        let dynamics = MacrospinDynamics(layer: .reference(damping: 0.1), biasField: SIMD3(-0.2, 0, 0))
        let trials = 32_768
        for row in points.indices {
            let drive = TorqueDrive(dampingLike: points[row]["h_dl_over_hk"])
            let pulse = TorqueSegment(seconds: points[row]["pulse_s"], drive)
            let schedule = TorqueSchedule(stages: [
                .init([pulse], look: []), .init([TorqueSegment(seconds: 4e-9)], look: []),
            ])
            let run = SwitchingMonteCarlo(dynamics, stepSeconds: 0.8e-12, seed: 13, stream: UInt32(row))
            let found = try run.estimates(schedule, trials: trials, threads: threads)
            for (look, column) in ["p_switch_mc_pulse_end", "p_switch_mc_after_4ns_relax"].enumerated() {
                let expected = points[row][column]
                let both = 2.0.squareRoot() * max(sigma(expected, trials), sigma(found[look].probability, trials))
                let z = (found[look].probability - expected) / both
                #expect(abs(z) < 3.5, "\(drive.dampingLike), \(pulse.seconds) s, \(column): \(z) standard errors")
            }
        }
    }

    /// A look on a copy is the same as one in the trunk.
    @Test func looksDoNotDisturbTheRun() throws {
        let run = SwitchingMonteCarlo(MacrospinDynamics(layer: .reference()), stepSeconds: 1e-12, seed: 3)
        let pulse = TorqueSegment(seconds: 2.5e-9, TorqueDrive(overdrive: 2))
        let rest = [TorqueSegment(seconds: 0.2e-9, from: TorqueDrive(overdrive: 2), to: .none), .init(seconds: 0.3e-9)]
        let branched = TorqueSchedule(stages: [
            .init([pulse], look: rest), .init([], look: []), .init([pulse], look: []),
        ])
        let plain = TorqueSchedule(stages: [.init([pulse], look: []), .init([pulse], look: [])])
        let straight = TorqueSchedule([pulse] + rest)
        let found = try run.counts(branched, trials: 0..<3000)
        let expected = try run.counts(straight, trials: 0..<3000) + run.counts(plain, trials: 0..<3000)
        #expect(found == expected)
        #expect(Set(found).count == 3)
        #expect(try run.stepCount(branched) == 5500)
    }

    /// Whatever the threads and however the trials are cut; the numbers are those of any machine.
    @Test(arguments: SwitchingMonteCarlo.Precision.allCases, ThermalNoise.allCases)
    func countsDependOnTheKeysAlone(precision: SwitchingMonteCarlo.Precision, noise: ThermalNoise) throws {
        let dynamics = MacrospinDynamics(layer: .reference(), biasField: SIMD3(0.05, 0, 0))
        var run = SwitchingMonteCarlo(
            dynamics, precision: precision, noise: noise, stepSeconds: 1e-12, seed: 0x1234_5678_9ABC_DEF0, stream: 9)
        let schedule = try TorqueSchedule(
            pulses: [0.8e-9, 1e-9], drive: TorqueDrive(overdrive: 3), criterion: .relaxed(seconds: 0.1e-9))
        let counts = try run.counts(schedule, trials: 0..<5000)
        for threads in [2, 3, 64] { #expect(try run.counts(schedule, trials: 0..<5000, threads: threads) == counts) }
        let cuts = [0, 1, 17, 64, 1000, 1023, 2048, 4999, 5000]
        var sums = [0, 0]
        for (from, to) in zip(cuts, cuts.dropFirst()) {
            for (look, count) in try run.counts(schedule, trials: from..<to, threads: 2).enumerated() {
                sums[look] += count
            }
        }
        #expect(sums == counts)
        #expect(try run.counts(schedule, trials: 70..<70) == [0, 0])
        let expected = [
            "single gaussian": [55, 431], "single threePoint": [60, 401], "double gaussian": [55, 431],
            "double threePoint": [60, 401],
        ]
        #expect(counts == expected["\(precision) \(noise)"])
        // Other keys are other trials.
        for change: (inout SwitchingMonteCarlo) -> Void in [{ $0.seed += 1 }, { $0.stream += 1 }, { $0.junction += 1 }]
        {
            let before = run
            change(&run)
            #expect(try run.counts(schedule, trials: 0..<5000) != counts)
            run = before
        }
    }

    @Test func standardErrorIsThatOfCounting() {
        #expect(SwitchingEstimate(reversed: 0, trials: 50).standardError == 0.02)
        #expect(SwitchingEstimate(reversed: 50, trials: 50).standardError == 0.02)
        let half = SwitchingEstimate(reversed: 25, trials: 100)
        #expect(half.probability == 0.25 && half.writeErrorRate == 0.75)
        #expect(abs(half.standardError - 0.0433012701892) < 1e-12)
    }

    /// At four hundred thousand trials the suggested step shows no bias, the largest that is allowed does.
    @Test func suggestedStepHasNoBiasToSee() throws {
        let run = SwitchingMonteCarlo(MacrospinDynamics(layer: .reference()), seed: 14)
        let schedule = try TorqueSchedule(pulses: [1.5e-9], drive: TorqueDrive(overdrive: 3), criterion: .pulseEnd)
        let step = run.suggestedStepSeconds(for: schedule)
        #expect(step > 0.3e-12 && step < 0.7e-12, "\(step)")
        let found = try run.estimates(schedule, trials: 400_000, threads: threads)[0]
        #expect(abs(found.probability - 0.552981) < 3 * found.standardError)
        var coarse = run
        coarse.stepSeconds = run.largestStepSeconds(for: schedule)
        let biased = try coarse.estimates(schedule, trials: 100_000, threads: threads)[0]
        #expect(biased.probability - 0.552981 > 3 * biased.standardError && biased.probability < 0.6, "\(biased)")
    }
}
