import Foundation
import TestSupport
import Testing

@testable import Sensing

@Suite struct ReferencePointTests {
    private let amplifier = PrechargeSenseAmplifier(.ptm45)

    private func points(_ column: String) throws -> [SensePoint] {
        try ReferenceTable("pcsa_delay").rows.map { row in
            SensePoint(
                lowOhms: row["r_low_ohm"],
                highOhms: row["r_high_ohm"], value: row[column])
        }
    }

    @Test("the delay of every reference point is met within 5 %, and the law's own residual is below 1.7 %")
    func delay() throws {
        let points = try points("delay_s")
        #expect(points.count == 35)
        for point in points {
            let delay = try amplifier.delaySeconds(SenseBranches(point.lowOhms, point.highOhms))
            #expect(abs(delay / point.value - 1) < 0.017, "\(point): \(delay)")
        }
    }

    @Test("the evaluation energy of every reference point is met within 3 %")
    func energy() throws {
        for point in try points("energy_j") {
            let energy = try amplifier.evaluationJoules(SenseBranches(point.lowOhms, point.highOhms))
            #expect(abs(energy / point.value - 1) < 0.03, "\(point): \(energy)")
        }
    }

    @Test("the built-in delay and energy coefficients are the least-squares fit of the reference points")
    func coefficients() throws {
        var fitted = AmplifierTechnology.ptm45
        let delay = try fitted.delay.fit(try points("delay_s"))
        let energy = try fitted.energy.fit(try points("energy_j"))
        for parameter in AmplifierTechnology.parameters {
            let (built, refit) = (AmplifierTechnology.ptm45[parameter], fitted[parameter])
            #expect(abs(refit / built - 1) < 2e-5, "\(parameter.name): built in \(built), fitted \(refit)")
        }
        #expect(delay.maximum < 0.017 && delay.rootMeanSquare < 0.007)
        #expect(energy.maximum < 0.03 && energy.rootMeanSquare < 0.013)
    }

    @Test("a fit to half of the points predicts the delay of the other half within 5 %")
    func heldOut() throws {
        let points = try points("delay_s")
        for parity in 0...1 {
            var coefficients = AmplifierTechnology.ptm45.delay
            _ = try coefficients.fit(points.enumerated().filter { $0.offset % 2 == parity }.map(\.element))
            for (index, point) in points.enumerated() where index % 2 != parity {
                let delay = coefficients.seconds(winnerOhms: point.lowOhms, margin: point.margin)
                #expect(abs(delay / point.value - 1) < 0.05, "\(point): \(delay)")
            }
        }
    }

    @Test("the N slope of the boundary is within 0.5 % of the seven measured ones")
    func boundary() throws {
        let measured = [
            2e3: 9.86, 3e3: 7.72, 4e3: 6.63, 6e3: 5.50, 8e3: 4.89, 12e3: 4.21, 16e3: 3.82,
        ]
        for (ohms, slope) in measured {
            let ours = AmplifierTechnology.ptm45.boundary.nmosSlope(geometricMeanOhms: ohms)
            #expect(abs(ours / slope - 1) < 0.005, "\(ohms) Ohm: \(ours)")
        }
    }

    @Test("the error probability of every reference point is met within 3 sigma or 10 %, whichever is larger")
    func errors() throws {
        let rows = try ReferenceTable("pcsa_error").rows
        #expect(rows.count == 21)
        for row in rows {
            let trials = row["mc_trials"]
            let observed = row["mc_errors"] / trials
            let spread = SenseSpread(sigmaThresholdVolts: row["sigma_vth_v"])
            let ours = try amplifier.errorProbability(try branches(row), spread: spread)
            // The counting error of the model's own probability: it is there also when no error was seen.
            let sigma = (ours * (1 - ours) / trials).squareRoot()
            #expect(abs(ours - observed) < max(3 * sigma, 0.1 * observed), "\(row): \(ours)")
        }
    }

    @Test("mean and spread of the delay under mismatch are those of ngspice's Monte Carlo")
    func delayMoments() throws {
        for row in try ReferenceTable("pcsa_error").rows {
            let spread = SenseSpread(sigmaThresholdVolts: row["sigma_vth_v"])
            let ours = try DelayDistribution(amplifier, try branches(row), spread: spread)
                .moments(limitSeconds: 380e-12)
            let mean = row["delay_mean_s"]
            let sd = row["delay_sd_s"]
            // The table's delays are up to 1.5 ps too low by their time step.
            #expect(
                ours.meanSeconds > mean - 0.02 * mean && ours.meanSeconds < mean * 1.02 + 1.5e-12, "\(row): \(ours)")
            #expect(abs(ours.sdSeconds / sd - 1) < 0.12, "\(row): \(ours)")
        }
    }

    private func branches(_ row: ReferenceTable.Row) throws -> SenseBranches {
        SenseBranches(
            row["r_low_ohm"], row["r_high_ohm"],
            sigma: row["sigma_ln_r"])
    }
}
