import Foundation
import Sensing
import TestSupport
import Testing

/// Law: `hwgen device sense` gives what the reference points have, for one pair of resistances or many, and answers
/// nothing outside of what was checked.
@Suite struct DeviceSenseTests {
    private func rows(_ arguments: [String], amplifier: String = "ptm45-pcsa") throws -> [[String: Any]] {
        let outcome = try Executable.run(["device", "sense", "--json", "--amplifier", amplifier] + arguments)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        return try #require(try outcome.json()["rows"] as? [[String: Any]])
    }

    private func number(_ row: [String: Any], _ key: String) throws -> Double {
        try #require(row[key] as? Double, "\(key) of \(row)")
    }

    private func row(_ low: Double, _ high: Double, _ options: [String] = []) throws -> [String: Any] {
        let rows = try rows(["--r-low", "\(low)", "--r-high", "\(high)"] + options)
        #expect(rows.count == 1)
        return try #require(rows.first)
    }

    private static func reference(_ name: String) throws -> [ReferenceTable.Row] {
        try ReferenceTable(path: "\(Executable.root)/Tests/SensingTests/Reference/\(name).csv").rows
    }

    @Test func delayAndEnergyAreThoseOfTheReferencePoints() throws {
        let points = try Self.reference("pcsa_delay")
        let pairs =
            ["--r-low"] + points.map { "\($0["r_low_ohm"])" } + ["--r-high"] + points.map { "\($0["r_high_ohm"])" }
        let rows = try rows(pairs)
        #expect(rows.count == 35 && points.count == 35)
        for (row, point) in zip(rows, points) {
            #expect(try number(row, "r_low_ohm") == point["r_low_ohm"])
            #expect(try number(row, "r_high_ohm") == point["r_high_ohm"])
            #expect(abs(try number(row, "delay_s") / point["delay_s"] - 1) < 0.05, "\(row)")
            #expect(abs(try number(row, "energy_j") / point["energy_j"] - 1) < 0.05, "\(row)")
            #expect(try number(row, "p_error") == 0)
            #expect(try number(row, "precharge_energy_j") > 0)
            #expect(try number(row, "read_current_a") > 0 && number(row, "read_s") > 0)
        }
    }

    @Test func errorsAreThoseOfTheReferencePoints() throws {
        for point in try Self.reference("pcsa_error") {
            let found = try number(
                try row(
                    point["r_low_ohm"], point["r_high_ohm"],
                    ["--sigma-vth", "\(point["sigma_vth_v"])", "--sigma-ln-r", "\(point["sigma_ln_r"])"]), "p_error")
            let expected = point["p_error_mc"]
            let sigma = (found * (1 - found) / point["mc_trials"]).squareRoot()
            #expect(abs(found - expected) < max(3 * sigma, 0.1 * expected), "\(point): \(found)")
        }
    }

    /// A cell against the geometric mean is two complementary senses of half the margin: the slower delay, the larger
    /// current, the means of energy and error.
    @Test func referenceBetweenTheStatesIsTwoSenses() throws {
        let (low, high, spread) = (4000.0, 9000.0, ["--sigma-vth", "0.03"])
        let middle = (low * high).squareRoot()
        let found = try row(low, high, spread + ["--cells", "mid-reference"])
        let parts = [try row(low, middle, spread), try row(middle, high, spread)]
        try expect(found, parts, weights: [1, 1])
    }

    /// Two rows at once have three levels, 00 and 11 and twice a mixed one, against the mean of the upper two.
    @Test func twoRowsAreFourSenses() throws {
        let spread = ["--sigma-vth", "0.03"]
        let found = try row(6000, 12000, spread + ["--cells", "dual-row-and"])
        let middle = (3000.0 * 4000).squareRoot()
        let parts = [
            try row(3000, middle, spread), try row(middle, 4000, spread), try row(middle, 6000, spread),
        ]
        try expect(found, parts, weights: [1, 2, 1])
    }

    private func expect(_ found: [String: Any], _ parts: [[String: Any]], weights: [Double]) throws {
        func values(_ key: String) throws -> [Double] { try parts.map { try number($0, key) } }
        func mean(_ key: String) throws -> Double {
            zip(try values(key), weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
        }
        func largest(_ key: String) throws -> Double { try values(key).max() ?? 0 }
        #expect(abs(try number(found, "delay_s") / largest("delay_s") - 1) < 1e-9)
        #expect(abs(try number(found, "read_current_a") / largest("read_current_a") - 1) < 1e-9)
        #expect(abs(try number(found, "energy_j") / mean("energy_j") - 1) < 1e-9)
        #expect(abs(try number(found, "p_error") / mean("p_error") - 1) < 1e-9)
    }

    @Test func noiseAddsErrors() throws {
        let quiet = try number(row(6000, 6300), "p_error")
        let noisy = try number(row(6000, 6300, ["--noise"]), "p_error")
        #expect(quiet == 0 && noisy > 0 && noisy < 0.5)
    }

    @Test func accessResistanceSlowsAndConfuses() throws {
        let spread = ["--sigma-vth", "0.03"]
        let bare = try row(6000, 9000, spread)
        let behind = try row(6000, 9000, spread + ["--access", "2000"])
        let same = try row(8000, 11000, spread)
        for key in ["delay_s", "p_error"] {
            #expect(try number(behind, key) > number(bare, key))
            #expect(abs(try number(behind, key) / number(same, key) - 1) < 1e-9)
        }
    }

    /// The cycles hold the time that they have to, and no more than a cycle too many; errors of a short clock come on top.
    @Test func clockTurnsTimesIntoCycles() throws {
        let spread = ["--sigma-vth", "0.02"]
        let plain = try row(6000, 9000, spread)
        #expect(plain["evaluate_cycles"] as? Int == nil && plain["upset_probability"] as? Double == nil)
        for clock in [5e-12, 2e-11, 1e-9] {
            let found = try row(6000, 9000, spread + ["--clock", "\(clock)"])
            let evaluate = try #require(found["evaluate_cycles"] as? Int)
            #expect(try #require(found["precharge_cycles"] as? Int) >= 1 && evaluate >= 1)
            #expect(found["latch_cycles"] as? Int == 1)
            let delay = try number(plain, "delay_s")
            #expect(Double(evaluate + 1) * clock > delay)
            #expect(try number(found, "upset_probability") > 0.9 * number(plain, "p_error"))
        }
        func evaluate(_ quantile: String) throws -> Int {
            let clocked = spread + ["--clock", "5e-12", "--quantile", quantile]
            return try #require(try row(6000, 9000, clocked)["evaluate_cycles"] as? Int)
        }
        #expect(try evaluate("0.5") < evaluate("0.999999"))
    }

    @Test func textIsATable() throws {
        let arguments = ["device", "sense", "--amplifier", "sky130-pcsa", "--r-low", "6000", "--r-high", "12000"]
        let plain = try Executable.run(arguments)
        #expect(plain.status == 0 && plain.output.hasPrefix("sky130-pcsa, complementary\n r low/ohm  r high/ohm"))
        #expect(!plain.output.contains("cycles"))
        let clocked = try Executable.run(arguments + ["--clock", "1e-9"])
        #expect(clocked.output.contains("cycles   p(upset)") && clocked.output.contains("  1+1+1"))
    }

    /// An amplifier file stands for the amplifier whose numbers it holds.
    @Test func amplifierFileIsAnAmplifier() throws {
        let file = "\(Executable.scratch)/sense-amplifier.toml"
        try AmplifierTechnology.sky130.toml.write(toFile: file, atomically: true, encoding: .utf8)
        let pair = ["--r-low", "6000", "--r-high", "12000", "--sigma-vth", "0.03"]
        let (ours, theirs) = (try rows(pair, amplifier: "sky130-pcsa"), try rows(pair, amplifier: file))
        #expect(ours.first as NSDictionary? == theirs.first as NSDictionary?)
    }

    @Test(arguments: [
        (
            ["--r-low", "6000", "7000", "--r-high", "9000"],
            "--r-high: found 1 values, allowed 2, one for each of --r-low"
        ),
        (
            ["--r-low", "6000", "--r-high", "3000"],
            "high resistance in ohm is 3000.0; allowed is 6000.0 to 1.7976931348623157e+308"
        ),
        (
            ["--r-low", "1000", "--r-high", "2000"],
            "resistance of the faster branch in ohm is 1000.0; amplifier 'ptm45-pcsa' was checked from 2000.0 to 15000.0"
        ),
        (
            ["--r-low", "6000", "--r-high", "60000"],
            "resistance ratio is 10.0; amplifier 'ptm45-pcsa' was checked from 1.02 to 4.0"
        ),
        (
            pair + ["--sigma-vth", "0.1"],
            "sigma of the threshold in volt is 0.1; amplifier 'ptm45-pcsa' was checked from 0.0 to 0.06"
        ),
        (pair + ["--sigma-ln-r", "0.5"], "sigma of ln R is 0.5; amplifier 'ptm45-pcsa' was checked from 0.0 to 0.2"),
        (pair + ["--sigma-vth", "2"], "--sigma-vth: found '2', allowed 0 to 1"),
        (pair + ["--access=-5"], "--access: found '-5', allowed 0 to 1000000"),
        (["--r-low", "0", "--r-high", "9000"], "--r-low: found '0', allowed above 0"),
        (["--r-low", "6k", "--r-high", "9000"], "--r-low: found '6k', allowed a number above 0"),
        (
            ["--r-low", "6000"],
            "'hwgen device sense' needs --r-high: resistances of the antiparallel state, one for each "
                + "--r-low"
        ),
        (
            pair + ["--clock", "1e-18"],
            "a clock period of 1e-18 s needs more than 4096 cycles in one phase of a sense"
        ),
        (pair + ["--quantile", "0.9"], "--quantile: has no use without --clock"),
        (
            pair + ["--cells", "dual-row"],
            "--cells: found 'dual-row', allowed one of complementary, mid-reference, dual-row-and; did you mean 'dual-row-and'?"
        ),
    ])
    func questionsThatMakeNoSense(arguments: [String], message: String) throws {
        let command = ["device", "sense", "--amplifier", "ptm45-pcsa"] + arguments
        #expect(try Executable.failure(command, status: 2) == message)
    }

    private static let pair = ["--r-low", "6000", "--r-high", "12000"]

    @Test func amplifiersThatThereAreNot() throws {
        func failure(_ name: String) throws -> String {
            try Executable.failure(["device", "sense", "--amplifier", name] + Self.pair, status: 2)
        }
        #expect(
            try failure("ptm45")
                == "--amplifier: found 'ptm45', allowed ptm45-pcsa, sky130-pcsa, or a file with the ending .toml; did you "
                + "mean 'ptm45-pcsa'?")
        #expect(try failure("nowhere/mine.toml") == "nowhere/mine.toml: cannot be read: No such file or directory")
        let file = "\(Executable.scratch)/half-an-amplifier.toml"
        try "name = \"half\"\nsource = \"none\"\nsupply_v = 1\n".write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try failure(file) == "\(file): parameter 'nmos_width_m' of the amplifier is missing")
    }
}
