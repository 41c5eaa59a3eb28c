import Spintronics
import TestSupport
import Testing

/// Law: the table agrees with the equation everywhere in its ranges, as closely as it states, and is monotone.
struct SwitchingTableTests {
    private static let table = SwitchingTable(thermalStability: 50)

    @Test(arguments: [1, 2, 3] as [UInt64])
    func agreesWithTheEquationAtRandomPoints(seed: UInt64) throws {
        var cases = SeededCases(seed: seed)
        let table = Self.table
        for _ in 0..<10 {
            let stability = Double.random(in: table.thermalStabilities, using: &cases)
            let i = Double.random(in: table.overdrives, using: &cases)
            let times = (0..<10).map { _ in Double.random(in: 0.01...16, using: &cases) / max(1, (i - 1) / 2) }
            let exact = FokkerPlanck(thermalStability: stability).outcomes(
                drives: [.constant(overdrive: i)], plateaus: times)[0]
            for (time, outcome) in zip(times, exact) {
                let found = try table.switching(overdrive: i, time: time, thermalStability: stability)
                let place = "seed \(seed), Δ \(stability), i \(i), τ \(time)"
                #expect(abs(found.probability - outcome.switched) < 1e-3, "\(place)")
                if outcome.remaining > 1e-12 {
                    #expect(abs(found.writeErrorRate / outcome.remaining - 1) < 0.01, "\(place)")
                }
                if outcome.switched > 1e-6 {
                    #expect(abs(found.probability / outcome.switched - 1) < 0.1, "\(place)")
                }
            }
        }
    }

    @Test func longerAndStrongerNeverSwitchesLess() throws {
        for stability in [36.0, 50, 64] {
            var above = [Double](repeating: 1, count: 65)
            for i in stride(from: 0.0, through: 6, by: 0.03) {
                var last = 1.0
                for step in 0...64 {
                    let found = try Self.table.switching(
                        overdrive: i, time: Double(step) / 4, thermalStability: stability)
                    #expect(found.writeErrorRate <= last * (1 + 1e-12))
                    // A settled well loses a little less for a moment when the drive grows: nothing of weight.
                    #expect(found.writeErrorRate <= above[step] * (1 + 1e-9))
                    last = found.writeErrorRate
                    above[step] = last
                }
            }
        }
    }

    @Test func refusesWhatItDoesNotHold() {
        func complaint(_ overdrive: Double, _ time: Double, _ stability: Double) -> String? {
            do {
                _ = try Self.table.switching(overdrive: overdrive, time: time, thermalStability: stability)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(complaint(-1, 1, 50) == "table of write errors: overdrive: found -1.0, allowed 0.0 to 6.0")
        #expect(
            complaint(1, 17, 50)
                == "table of write errors: pulse over the relaxation time: found 17.0, allowed 0.0 to 16.0")
        #expect(complaint(1, 1, 70) == "table of write errors: thermal stability: found 70.0, allowed 35.0 to 65.0")
        #expect(complaint(.nan, 1, 50) != nil)
    }
}
