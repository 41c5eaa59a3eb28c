import Foundation
import TestSupport
import Testing

@testable import Sensing

/// The behavioural model beside ngspice with the sky130 transistors, which it was calibrated with.
@Suite(.serialized) struct SpiceTests {
    private let amplifier = PrechargeSenseAmplifier(.sky130)

    private func deck(_ models: TransistorModels, _ sense: SpiceSense) -> SpiceDeck {
        SpiceDeck(circuit: AmplifierTechnology.sky130.circuit, models: models, sense: sense)
    }

    @Test("delay, energy and read current of random senses that are not on the calibration's grid are met")
    func offGrid() throws {
        guard let models = try Sky130.models() else { return }
        let seed: UInt64 = 1
        var cases = SeededCases(seed: seed)
        let pairs = (0..<40).map { _ in
            let low = exp(Double.random(in: log(2000)...log(15000), using: &cases))
            return (low, low * exp(exp(Double.random(in: log(log(1.02))...log(log(4)), using: &cases))))
        }
        let results = try deck(models, SpiceSense(leftOhms: 6000, rightOhms: 12000)).simulate(
            pairs.map { SpiceSample(leftOhms: [$0.0], rightOhms: [$0.1]) }, stepSeconds: 0.5e-12, stopSeconds: 0.6e-9)
        for (pair, result) in zip(pairs, results) {
            let branches = SenseBranches(pair.0, pair.1)
            let delay = try #require(result.delaySeconds)
            #expect(result.leftWins)
            let ours = (
                delay: try amplifier.delaySeconds(branches), energy: try amplifier.evaluationJoules(branches),
                read: try amplifier.read(branches)
            )
            #expect(abs(ours.delay / delay - 1) < 0.025, "seed \(seed), \(pair): \(ours.delay), ngspice \(delay)")
            #expect(abs(ours.energy / result.evaluationJoules - 1) < 0.04, "seed \(seed), \(pair)")
            #expect(abs(ours.read.peakAmperes / result.leftPeakAmperes - 1) < 0.12, "seed \(seed), \(pair)")
            let charge = ours.read.peakAmperes * ours.read.durationSeconds
            #expect(abs(charge / result.leftCoulombs - 1) < 0.1, "seed \(seed), \(pair)")
        }
    }

    /// A sense of each topology with a margin that the mismatch of the test sometimes exceeds.
    private enum Topology: String, CaseIterable {
        case complementary, midReferenceOne, midReferenceZero, andOfOnes, andOfMixed, andOfZeros, orOfMixed

        func sense(_ cells: SenseCells) -> (branches: SenseBranches, spice: SpiceSense) {
            switch self {
            case .complementary: (cells.complementary(storing: true), cells.spiceComplementary(storing: true))
            case .midReferenceOne: (cells.midReference(storing: true), cells.spiceMidReference(storing: true))
            case .midReferenceZero: (cells.midReference(storing: false), cells.spiceMidReference(storing: false))
            case .andOfOnes: (cells.dualRow(.and, storing: true, true), cells.spiceDualRow(.and, storing: true, true))
            case .andOfMixed:
                (cells.dualRow(.and, storing: true, false), cells.spiceDualRow(.and, storing: true, false))
            case .andOfZeros:
                (cells.dualRow(.and, storing: false, false), cells.spiceDualRow(.and, storing: false, false))
            case .orOfMixed: (cells.dualRow(.or, storing: false, true), cells.spiceDualRow(.or, storing: false, true))
            }
        }
    }

    @Test(
        "amplifier by amplifier the decision and the delay are ngspice's, in every topology", arguments: [1] as [UInt64]
    )
    func topologies(seed: UInt64) throws {
        guard let models = try Sky130.models() else { return }
        var cases = SeededCases(seed: seed)
        let cells = try SenseCells(lowOhms: 6000, highOhms: 9000, accessOhms: 1500)
        var senses = 0
        var different = 0
        for topology in Topology.allCases {
            let (branches, spice) = topology.sense(cells)
            let samples = (0..<40).map { _ in draw(spice, spreadsRight: topology == .complementary, &cases) }
            let results = try deck(models, spice).simulate(samples, stepSeconds: 2e-12, stopSeconds: 0.8e-9)
            for (sample, result) in zip(samples, results) {
                let actual = actual(branches, spice, sample)
                let margin =
                    log(actual.right.ohms / actual.left.ohms)
                    - amplifier.offset(sample.shifts, geometricMeanOhms: actual.geometricMeanOhms)
                senses += 1
                guard (margin > 0) == result.leftWins else {
                    different += 1
                    #expect(abs(margin) < 0.01, "seed \(seed), \(topology): margin \(margin)")
                    continue
                }
                guard abs(margin) > 0.02, let delay = result.delaySeconds else { continue }
                let winner = margin > 0 ? actual.left.ohms : actual.right.ohms
                let ours =
                    amplifier.delaySeconds(winnerOhms: winner, margin: abs(margin))
                    * amplifier.delayFactor(sample.shifts, leftWins: margin > 0)
                #expect(abs(ours / delay - 1) < 0.08, "seed \(seed), \(topology): \(ours), ngspice \(delay)")
            }
        }
        #expect(senses == 280 && different <= 5, "\(different) of \(senses) decisions differ")
    }

    @Test(
        "error probability and errors by a short clock are those of ngspice's Monte Carlo", arguments: [2] as [UInt64])
    func monteCarlo(seed: UInt64) throws {
        guard let models = try Sky130.models() else { return }
        var cases = SeededCases(seed: seed)
        let cells = try SenseCells(lowOhms: 6000, highOhms: 9000, sigmaLogResistance: 0.05)
        let count = 300
        for topology in [Topology.complementary, .midReferenceOne, .andOfMixed] {
            let (branches, spice) = topology.sense(cells)
            let samples = (0..<count).map { _ in draw(spice, spreadsRight: topology == .complementary, &cases) }
            let results = try deck(models, spice).simulate(samples, stepSeconds: 4e-12, stopSeconds: 0.8e-9)
            let spread = SenseSpread(sigmaThresholdVolts: 0.03)
            let expected = try amplifier.errorProbability(branches, spread: spread)
            let wrong = results.filter { $0.leftWins != branches.leftShouldWin }.count
            #expect(within(wrong, count, expected), "seed \(seed), \(topology): \(wrong), expected \(expected)")
            let law = try DelayDistribution(amplifier, branches, spread: spread)
            for part in [0.85, 1.1, 1.4] {
                let time = part * (try amplifier.delaySeconds(branches))
                let late = results.filter { ($0.delaySeconds ?? 1) > time }.count
                let unresolved = law.unresolved(atSeconds: time)
                #expect(within(late, count, unresolved), "seed \(seed), \(topology), \(part): \(late), \(unresolved)")
            }
        }
    }

    /// Within three sigma of counting, or 10 % of the expected count.
    private func within(_ observed: Int, _ count: Int, _ expected: Double) -> Bool {
        let sigma = (expected * (1 - expected) * Double(count)).squareRoot()
        return abs(Double(observed) - expected * Double(count)) < max(3 * sigma, 0.1 * expected * Double(count)) + 1
    }

    /// Thresholds spread by 30 mV and junctions by 5 %; a reference on the right does not spread.
    private func draw(
        _ sense: SpiceSense, spreadsRight: Bool, _ cases: inout SeededCases
    ) -> SpiceSample {
        func ohms(_ cell: SpiceCell, _ sigma: Double) -> Double { cell.junctionOhms * exp(sigma * cases.normal()) }
        return SpiceSample(
            leftOhms: sense.left.map { ohms($0, 0.05) },
            rightOhms: sense.right.map { ohms($0, spreadsRight ? 0.05 : 0) },
            shifts: ThresholdShifts(
                nmosLeft: 0.03 * cases.normal(), nmosRight: 0.03 * cases.normal(),
                pmosLeft: 0.03 * cases.normal(), pmosRight: 0.03 * cases.normal()))
    }

    /// The branches as a sample has them.
    private func actual(_ branches: SenseBranches, _ spice: SpiceSense, _ sample: SpiceSample) -> SenseBranches {
        func ohms(_ junctions: [Double], _ cells: [SpiceCell]) -> Double {
            1 / zip(junctions, cells).reduce(0) { $0 + 1 / ($1.0 + $1.1.accessOhms) }
        }
        return SenseBranches(ohms(sample.leftOhms, spice.left), ohms(sample.rightOhms, spice.right))
    }

    @Test("a calibration gives the built-in sky130 amplifier again, and says how far each law is off")
    func calibration() throws {
        guard let models = try Sky130.models() else { return }
        let built = AmplifierTechnology.sky130
        let result = try AmplifierCalibration(circuit: built.circuit, models: models)
            .calibrate(name: built.name, source: built.source, noiseVolts: built.noiseVolts)
        for parameter in AmplifierTechnology.parameters {
            let (ours, fitted) = (built[parameter], result.technology[parameter])
            #expect(abs(fitted - ours) < 0.02 * abs(ours), "\(parameter.name): built in \(ours), now \(fitted)")
        }
        let bars = [
            "delay": 0.015, "evaluation energy": 0.03, "peak read current": 0.1, "read charge": 0.08,
            "N slope of the boundary": 0.01, "P slope of the boundary": 0.13, "pre-charge time": 0.07,
        ]
        #expect(Set(result.residuals.map(\.law)) == Set(bars.keys))
        for residual in result.residuals {
            let bar = try #require(bars[residual.law])
            #expect(residual.maximum < bar && residual.rootMeanSquare <= residual.maximum, "\(residual)")
            #expect(residual.points >= 4)
        }
    }

    @Test("thermal noise in the netlist makes as many errors as the built-in noise says")
    func noise() throws {
        guard let models = try Sky130.models() else { return }
        let built = AmplifierTechnology.sky130
        var noise = SpiceNoise()
        noise.expectedVolts = built.noiseVolts
        noise.trials = 120
        let result = try noise.measure(circuit: built.circuit, models: models, boundary: built.boundary)
        #expect(result.trials == 120 && result.failures > 0)
        #expect(abs(result.volts - built.noiseVolts) < 3 * result.sigmaVolts + 0.13 * built.noiseVolts, "\(result)")
    }
}
