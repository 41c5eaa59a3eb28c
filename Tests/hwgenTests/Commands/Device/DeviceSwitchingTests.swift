import Foundation
import TestSupport
import Testing

/// Law: `hwgen device switching` asks the method named for every overdrive with every pulse, and the methods agree with
/// the reference points.
@Suite struct DeviceSwitchingTests {
    private func report(_ arguments: [String]) throws -> [String: Any] {
        let outcome = try Executable.run(["device", "switching", "--json"] + arguments)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try outcome.json()
    }

    private func rows(_ arguments: [String]) throws -> [[String: Any]] {
        try #require(try report(arguments)["rows"] as? [[String: Any]])
    }

    private func number(_ row: [String: Any], _ key: String) throws -> Double {
        try #require(row[key] as? Double, "\(key) of \(row)")
    }

    private func probability(_ arguments: [String]) throws -> Double {
        let rows = try rows(arguments)
        #expect(rows.count == 1)
        return try number(try #require(rows.first), "p_switch")
    }

    private static func reference(_ name: String) throws -> ReferenceTable {
        try ReferenceTable(path: "\(Executable.root)/Tests/SpintronicsTests/Reference/\(name).csv")
    }

    private static let reference = ["--device", "reference-stt"]
    private static let point = reference + ["--overdrive", "2", "--pulse", "3e-9"]

    @Test func everyOverdriveMeetsEveryPulse() throws {
        let report = try report(Self.reference + ["--overdrive", "1.5", "2", "--pulse", "6e-9", "3e-9"])
        #expect(report["device"] as? String == "reference-stt")
        #expect(report["criterion"] as? String == "at the end of the pulse")
        #expect((report["warnings"] as? [String])?.isEmpty == true)
        let rows = try #require(report["rows"] as? [[String: Any]])
        let asked = try rows.map { [try number($0, "i_over_ic0"), try number($0, "pulse_s")] }
        #expect(asked == [[1.5, 6e-9], [1.5, 3e-9], [2, 6e-9], [2, 3e-9]])
        for row in rows {
            #expect(row["method"] as? String == "fp")
            #expect(try number(row, "sigma") == 0)
            #expect(abs(try number(row, "p_switch") + number(row, "write_error_rate") - 1) < 1e-9)
            #expect(row["h_dl_over_hk"] == nil)
        }
    }

    @Test func fokkerPlanckMeetsTheReferencePoints() throws {
        for row in try Self.reference("stt_switching").rows {
            let question = ["--overdrive", "\(row["i_over_ic0"])", "--pulse", "\(row["pulse_s"])"]
            let atEnd = try probability(Self.reference + question)
            #expect(abs(atEnd - row["p_switch_fp"]) < 6e-5, "\(question)")
            let relaxed = try probability(Self.reference + question + ["--relax", "10e-9"])
            #expect(abs(relaxed - row["p_switch_fp_after_10ns_relax"]) < 6e-5, "\(question), relaxed")
        }
    }

    @Test func relaxationIsNamedInTheReport() throws {
        #expect(try report(Self.point + ["--relax", "1e-8"])["criterion"] as? String == "1e-08 s after the pulse")
    }

    /// At one overdrive and pulse only the barrier and the relaxation time count, so what leaves both leaves the answer.
    @Test func setChangesTheDevice() throws {
        let nominal = try probability(Self.point)
        let stable = try probability(Self.point + ["--set", "delta=60"])
        // A higher barrier at the same volume is a stronger field, in which everything is faster.
        #expect(stable > nominal + 0.1)
        #expect(try probability(Self.point + ["--set", "delta=60", "--set", "delta=50"]) == nominal)
        let same = ["--set", "diameter_m=80e-9", "--set", "thickness_m=0.325e-9"]
        #expect(abs(try probability(Self.point + same) - nominal) < 1e-9)
    }

    /// A linear edge has half its time of full current: of long edges the switching is less, of short ones nearly the same.
    @Test func edgesAreCountedAtHalfAmplitude() throws {
        let sharp = try probability(Self.point)
        let short = try probability(Self.point + ["--rise", "1e-11", "--fall", "1e-11"])
        let long = try probability(Self.point + ["--rise", "2e-9", "--fall", "2e-9"])
        #expect(abs(short - sharp) < 0.01 && short != sharp)
        #expect(long < sharp - 0.02)
    }

    /// The overdrive is over the critical current of the direction, so that only an asymmetric torque tells them apart.
    @Test func directionMattersToAnAsymmetricTorqueAlone() throws {
        let reverse = ["--direction", "ap-to-p"]
        #expect(try probability(Self.point + reverse) == probability(Self.point))
        let asymmetric = Self.point + ["--set", "slonczewski_lambda=1.5"]
        #expect(abs(try probability(asymmetric + reverse) - probability(asymmetric)) > 0.01)
    }

    @Test func closedFormIsNearTheEquationWhereItAnswers() throws {
        for (overdrive, pulse) in [("3", "2e-9"), ("2", "4e-9"), ("5", "1e-9")] {
            let question = Self.reference + ["--overdrive", overdrive, "--pulse", pulse]
            let closed = try rows(question + ["--method", "closed"])
            #expect(closed.first?["method"] as? String == "closed")
            let difference = try number(try #require(closed.first), "p_switch") - probability(question)
            #expect(abs(difference) < 0.025, "\(overdrive), \(pulse): \(difference)")
        }
    }

    @Test(arguments: [["--precision", "double"], ["--noise", "gaussian"], ["--step", "1e-12"], []])
    func monteCarloCountsWhatTheEquationGives(options: [String]) throws {
        let exact = try probability(Self.point)
        let trials = ["--method", "llg", "--trials", "16384", "--seed", "5"]
        let row = try #require(try rows(Self.point + trials + options).first)
        let (found, sigma) = (try number(row, "p_switch"), try number(row, "sigma"))
        #expect(abs(sigma - (found * (1 - found) / 16384).squareRoot()) < 1e-12)
        #expect(abs(found - exact) < 5 * sigma, "\(found), exactly \(exact)")
        #expect(row["method"] as? String == "llg")
    }

    @Test func seedAloneDecidesWhatChanceDoes() throws {
        let question = Self.point + ["--method", "llg", "--trials", "4096"]
        let first = try probability(question + ["--seed", "7", "-j", "1"])
        #expect(try probability(question + ["--seed", "7", "-j", "2"]) == first)
        #expect(try probability(question + ["--seed", "8"]) != first)
    }

    @Test func spinOrbitTorqueIsAskedByItsField() throws {
        let table = try Self.reference("sot_switching").rows
        for row in table where row["pulse_s"] >= 2e-10 && row["h_dl_over_hk"] <= 0.3 {
            let answer = try #require(
                try rows([
                    "--device", "reference-sot", "--method", "llg", "--trials", "16384", "--step", "5e-13",
                    "--overdrive", "\(row["h_dl_over_hk"])", "--pulse", "\(row["pulse_s"])", "--relax", "4e-9",
                ]).first)
            #expect(try number(answer, "h_dl_over_hk") == row["h_dl_over_hk"])
            let expected = row["p_switch_mc_after_4ns_relax"]
            let (sigma, other) = (try number(answer, "sigma"), row["mc_sigma_after_4ns_relax"])
            let difference = try number(answer, "p_switch") - expected
            #expect(abs(difference) < 5 * (sigma * sigma + other * other).squareRoot(), "\(row), \(answer)")
        }
    }

    /// A torque of the strip shortens the incubation of a write through the junction.
    @Test func assistHelpsAWriteThroughTheJunction() throws {
        let question = [
            "--device", "nand-spin-8", "--method", "llg", "--trials", "4096", "--overdrive", "2", "--pulse", "1e-9",
        ]
        let alone = try probability(question)
        #expect(try probability(question + ["--assist", "0.2"]) > alone + 0.05)
    }

    @Test func textIsATable() throws {
        let outcome = try Executable.run(["device", "switching"] + Self.point)
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.first == "reference-stt, at the end of the pulse")
        #expect(lines.count == 3 && lines.last?.contains("  fp ") == true, "\(outcome.output)")
    }

    /// Bits that are not kept are warned of, on standard error and in the report, and answered all the same.
    @Test func lowStabilityIsAWarning() throws {
        let question = ["device", "switching"] + Self.point + ["--set", "delta=19.9"]
        let warning = "device 'reference-stt': its thermal stability is 19.9, below 20: the bit is not non-volatile"
        let outcome = try Executable.run(question + ["--json"])
        #expect(outcome.status == 0)
        #expect(outcome.errors == "hwgen: warning: \(warning)\n")
        #expect(try outcome.json()["warnings"] as? [String] == [warning])
        let text = try Executable.run(question)
        #expect(text.status == 0 && text.errors == outcome.errors)
        #expect(try Executable.run(["device", "switching"] + Self.point + ["--set", "delta=20"]).errors.isEmpty)
    }
}
