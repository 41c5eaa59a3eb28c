import Spintronics
import Testing

/// Law: where a closed form answers at all, it agrees with the Fokker-Planck equation as closely as it states.
struct ClosedFormTests {
    @Test(arguments: [30.0, 50, 80, 100])
    func ballisticFormHoldsInItsDomain(stability: Double) throws {
        for i in [2.0, 2.5, 3, 4, 6, 10, 20] {
            let times = (1...40).map { 0.3 * Double($0) / (i - 1) }
            let exact = FokkerPlanck(thermalStability: stability, cells: 600).outcomes(
                drives: [.constant(overdrive: i)], plateaus: times)[0]
            for (time, outcome) in zip(times, exact) {
                let found = try ClosedForm.switching(overdrive: i, time: time, thermalStability: stability)
                #expect(abs(found.probability - outcome.switched) < 0.025, "i \(i), τ \(time), Δ \(stability)")
                #expect(abs(found.probability + found.writeErrorRate - 1) < 1e-12)
            }
        }
    }

    @Test(arguments: [30.0, 50, 80, 100])
    func activatedFormHoldsInItsDomain(stability: Double) throws {
        for i in [0.0, 0.1, 0.2, 0.3, 0.4] {
            let exact = try FokkerPlanck(thermalStability: stability).escapeRate(overdrive: i)
            let found = ClosedForm.activationRate(overdrive: i, thermalStability: stability)
            #expect(abs(found / exact - 1) < 0.1, "i \(i), Δ \(stability)")
        }
    }

    /// The exact rate is the slope of the solved probability once the well has settled.
    @Test(arguments: [30.0, 50, 80], [0.0, 0.3, 0.5])
    func escapeRateIsTheSlopeOfTheSolution(stability: Double, i: Double) throws {
        let solver = FokkerPlanck(thermalStability: stability)
        let settled = solver.outcomes(drives: [.constant(overdrive: i)], plateaus: [20, 40])[0]
        let slope = (settled[1].switched - settled[0].switched) / 20 / settled[0].remaining
        #expect(abs(try solver.escapeRate(overdrive: i) / slope - 1) < 0.005)
    }

    @Test func answersNothingOutsideItsDomain() {
        func complaint(_ overdrive: Double, _ time: Double, _ stability: Double) -> String? {
            do {
                _ = try ClosedForm.switching(overdrive: overdrive, time: time, thermalStability: stability)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(
            complaint(1.5, 3, 50)
                == "closed form: found overdrive 1.5, allowed 0.0 to 0.4 and 2.0 to 20.0; the method 'fp' holds everywhere"
        )
        #expect(
            complaint(0.3, 1, 50)
                == "closed form: pulse over the relaxation time, at overdrives below 1: found 1.0, allowed 5.0 or more")
        #expect(complaint(3, 1, 20) == "closed form: thermal stability: found 20.0, allowed 30.0 to 100.0")
        #expect(complaint(0.3, 6, 50) == nil)
        do {
            _ = try FokkerPlanck(thermalStability: 50).escapeRate(overdrive: 0.9)
            Issue.record("a low barrier has no escape rate")
        } catch {
            #expect(
                error.description
                    == "escape rate: overdrive: found 0.9, allowed 0 to below 1, with a barrier of 5 kT or more")
        }
    }
}
