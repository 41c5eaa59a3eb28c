import Foundation
import Spintronics
import TestSupport
import Testing

/// Law: the solution agrees with independent ones, whatever the grid once it is fine enough.
struct FokkerPlanckTests {
    private let layer = FreeLayer.reference()

    private func outcome(_ overdrive: Double, _ pulseSeconds: Double, relaxation: Double = 0, cells: Int = 1000)
        -> FokkerPlanck.Outcome
    {
        FokkerPlanck(thermalStability: 50, cells: cells).outcomes(
            drives: [.constant(overdrive: overdrive)], plateaus: [pulseSeconds * layer.relaxationPerSecond],
            relaxation: relaxation * layer.relaxationPerSecond)[0][0]
    }

    @Test func agreesWithEveryReferencePoint() throws {
        let points = try referencePoints("stt_switching").rows
        #expect(points.count == 22)
        for row in points.indices {
            let (i, time) = (points[row]["i_over_ic0"], points[row]["pulse_s"])
            for (column, relaxation) in [("p_switch_fp", 0), ("p_switch_fp_after_10ns_relax", 10e-9)] {
                let expected = points[row][column]
                let found = outcome(i, time, relaxation: relaxation).switched
                #expect(abs(found - expected) < 6e-5, "i \(i), \(time) s, \(column): \(found), expected \(expected)")
                // The table's own error at small probabilities is stated beside it.
                let relative = expected > 0.25 ? 3e-5 : expected > 0.01 ? 2e-3 : expected > 1e-5 ? 0.008 : 0.12
                #expect(abs(found / expected - 1) < relative, "i \(i), \(time) s, \(column): \(found), \(expected)")
            }
        }
    }

    /// Deep write-error rates of the same independent solution, converged to five digits.
    @Test(arguments: [(1.5, 30e-9, 1.435e-10), (2, 15e-9, 8.703e-10), (3, 8e-9, 4.059e-10)])
    func agreesWhereWritesHardlyEverFail(overdrive: Double, pulseSeconds: Double, expected: Double) {
        let found = outcome(overdrive, pulseSeconds).remaining
        #expect(abs(found / expected - 1) < 5e-4, "\(found), expected \(expected)")
    }

    @Test func convergesWithTheGrid() {
        for (i, time) in [(1.5, 3e-9), (2, 15e-9), (3, 1e-9), (0.8, 5e-9)] {
            let finest = outcome(i, time, cells: 4000)
            var last = Double.infinity
            for cells in [500, 1000, 2000] {
                let found = outcome(i, time, cells: cells)
                let error = max(
                    abs(found.switched / finest.switched - 1), abs(found.remaining / finest.remaining - 1))
                // Second-order grids, extrapolated: each doubling must at least halve what is left above rounding.
                #expect(error < max(last / 2, 1e-7), "i \(i), \(time) s, \(cells) cells: \(error) after \(last)")
                last = error
            }
            #expect(last < 1e-4, "i \(i), \(time) s: \(last)")
        }
    }

    /// Times of retention: what is left follows the escape rate over ten decades, with no more work than a long pulse.
    @Test func longTimesFollowTheEscapeRate() throws {
        for i in [0.2, 0.4] {
            let solver = FokkerPlanck(thermalStability: 40)
            let rate = try solver.escapeRate(overdrive: i)
            for share in [1e-3, 1, 3] {
                let found = solver.outcomes(drives: [.constant(overdrive: i)], plateaus: [share / rate])[0][0]
                #expect(abs(found.remaining / exp(-share) - 1) < 0.01, "i \(i), \(share): \(found.remaining)")
            }
        }
    }

    @Test func probabilityIsNeverLostOrMade() {
        for (i, time) in [(0, 20e-9), (0.5, 20e-9), (1, 20e-9), (4, 20e-9), (900, 1e-9)] {
            let found = outcome(i, time)
            #expect(abs(found.switched + found.remaining - 1) < 1e-12)
            #expect(found.switched >= 0 && found.remaining >= 0)
        }
    }

    @Test func drivesDoNotDisturbEachOther() {
        let together = FokkerPlanck(thermalStability: 50, cells: 400).outcomes(
            drives: (0..<11).map { .constant(overdrive: 0.5 * Double($0)) }, plateaus: [3, 1, 2])
        for index in 0..<11 {
            let alone = FokkerPlanck(thermalStability: 50, cells: 400).outcomes(
                drives: [.constant(overdrive: 0.5 * Double(index))], plateaus: [3, 1, 2])
            #expect(alone[0] == together[index])
        }
    }

    /// A trapezoid whose edges are short is nearly the rectangle of the same width; one with long edges is not.
    @Test func edgesOfThePulseCount() {
        let solver = FokkerPlanck(thermalStability: 50, cells: 400)
        let drive = [AxialDrive.constant(overdrive: 2)]
        let rectangle = solver.outcomes(drives: drive, plateaus: [2])[0][0].switched
        let short = solver.outcomes(drives: drive, plateaus: [1.99], rise: 0.01, fall: 0.01)[0][0].switched
        let long = solver.outcomes(drives: drive, plateaus: [1], rise: 1, fall: 1)[0][0].switched
        #expect(abs(short / rectangle - 1) < 0.01)
        #expect(abs(long / rectangle - 1) > 0.02)
    }

    /// With a constant power the energy is power times time, whatever the distribution does.
    @Test func energyOfAConstantPowerIsItsTime() {
        let drive = AxialDrive(overdrive: { _, share in 2 * share }, powerWatts: { _, _ in 3 })
        let found = FokkerPlanck(thermalStability: 50, cells: 400).outcomes(
            drives: [drive], plateaus: [1.7], rise: 0.2, fall: 0.4)[0][0].work
        #expect(abs(found - 3 * 2.3) < 1e-10)
    }
}
