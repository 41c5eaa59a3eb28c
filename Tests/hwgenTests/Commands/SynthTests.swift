import Foundation
import Testing

/// Law: `hwgen synth` prints the contract's keys, a netlist that does what the Verilog does passes `--check`, one that does
/// not fails it, and bad input ends in one line.
@Suite struct SynthTests {
    private static let liberty = "/usr/share/qflow/tech/osu018/osu018_stdcells.lib"
    private static let small = ["synth", "bank", "--set", "columns=4", "--set", "rows=8"]

    /// A folder for PATH with programs of this machine, or scripts in their place.
    private func path(_ name: String, links: [String] = [], scripts: [String: String] = [:]) throws -> String {
        let folder = "\(Executable.scratch)/\(name)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for link in links {
            let target = try #require(located(link))
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/\(link)", withDestinationPath: target)
        }
        for (program, text) in scripts { try writeProgram(text, at: "\(folder)/\(program)") }
        return folder
    }

    private func located(_ program: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(program)" }
            .first(where: FileManager.default.isExecutableFile)
    }

    @Test func reportsItsKeysAndChecksTheNetlist() throws {
        let outcome = try Executable.run(
            Self.small + ["--check", "--cycles", "3000", "--seed", "7", "--json", "-o", "gates"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try outcome.json()
        #expect(report["design"] as? String == "bank")
        #expect(report["liberty"] as? String == "osu018_stdcells.lib")
        let cells = try #require(report["cells"] as? Int)
        let registers = try #require(report["registers"] as? Int)
        #expect(registers > 0 && registers < cells)
        let types = try #require(report["cell_types"] as? [String: Int])
        #expect(types.values.reduce(0, +) == cells)
        #expect(types["DFFPOSX1"] == registers)
        #expect(try #require(report["area_um2"] as? Double) > 96 * Double(registers))
        let arrival = try #require(report["arrival_s"] as? Double)
        #expect(arrival > 1e-10 && arrival < 1e-8)
        #expect(try #require(report["minimum_period_s"] as? Double) >= arrival)
        // The junctions are no flip-flops.
        #expect(report["memory_bits"] as? Int == 32)
        let path = try #require(report["critical_path"] as? [String: Any])
        #expect(path["start"] is String && path["end"] is String && path["levels"] is Int)
        #expect(report["mismatches"] as? Int == 0)
        #expect(report["cycles"] as? Int == 3000 && report["seed"] as? Int == 7)
        #expect(report["first_mismatch"] is NSNull && report["slack_s"] is NSNull)
        let netlist = try String(
            contentsOfFile: "\(Executable.scratch)/gates/bank_8_4_1_1_1_netlist.v", encoding: .utf8)
        #expect(netlist.components(separatedBy: "DFFPOSX1 ").count - 1 == registers)
        let models = try String(contentsOfFile: "\(Executable.scratch)/gates/bank_8_4_1_1_1_cells.v", encoding: .utf8)
        #expect(models.contains("module DFFPOSX1("))
    }

    @Test func aFaultInTheNetlistIsFound() throws {
        // yosys as it is, but in the netlist that it writes one gate has become another with the same pins.
        let real = try #require(located("yosys"))
        let fault = "sed -i '0,/^  NAND2X1 /s//  NOR2X1 /' netlist.v"
        let folder = try path(
            "faulty-yosys",
            scripts: [
                "yosys": "case \"$*\" in *mapping.ys) '\(real)' \"$@\" && \(fault);; *) exec '\(real)' \"$@\";; esac"
            ])
        let usual = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let arguments = Self.small + ["--check", "--cycles", "3000"]
        let outcome = try Executable.run(arguments + ["--json"], environment: ["PATH": "\(folder):\(usual)"])
        #expect(outcome.status == 1, "\(outcome.errors)")
        let report = try outcome.json()
        #expect(try #require(report["mismatches"] as? Int) > 0)
        let first = try #require(report["first_mismatch"] as? [String: Any])
        #expect(first["cycle"] is Int && first["port"] is String)
        #expect(first["expected"] as? String != first["actual"] as? String)
        let text = try Executable.run(arguments, environment: ["PATH": "\(folder):\(usual)"])
        #expect(text.status == 1)
        #expect(text.output.contains("MISMATCH in cycle "), "\(text.output)")
    }

    @Test func aPeriodThatIsMissedEndsWithOne() throws {
        let design = ["synth", "sense-amplifier", "--set", "columns=2"]
        let met = try Executable.run(design + ["--clock-period-ns", "20", "--json"])
        #expect(met.status == 0, "\(met.errors)")
        #expect(try #require(met.json()["slack_s"] as? Double) > 0)
        #expect(try #require(met.json()["clock_period_s"] as? Double) == 20e-9)
        let missed = try Executable.run(design + ["--clock-period-ns", "0.1"])
        #expect(missed.status == 1)
        #expect(missed.output.contains("clock period 0.100 ns MISSED, slack -"), "\(missed.output)")
    }

    @Test func programsThatAreMissingAreNamedWithTheirPackages() throws {
        let none = try path("no-programs")
        #expect(
            try Executable.failure(Self.small, status: 3, environment: ["PATH": none])
                == "yosys is not found (PATH); install it: sudo apt-get install yosys")
        let half = try path("yosys-alone", links: ["yosys"])
        #expect(
            try Executable.failure(Self.small, status: 3, environment: ["PATH": half])
                == "sta is not found (PATH); install it: sudo apt-get install opensta")
    }

    @Test func aBadLibertyFileIsOneLine() throws {
        #expect(
            try Executable.failure(Self.small + ["--liberty", "nowhere.lib"], status: 2)
                == "cannot read 'nowhere.lib': no such file")
        let text = "\(Executable.scratch)/verilog.lib"
        try "module cells;\nendmodule\n".write(toFile: text, atomically: true, encoding: .utf8)
        #expect(
            try Executable.failure(Self.small + ["--liberty", text], status: 2)
                == "'\(text)' is no liberty file: line 1: found 'module' without ':' or '(' after it")
        let cut = "\(Executable.scratch)/cut.lib"
        try String(contentsOfFile: Self.liberty, encoding: .utf8).prefix(50_000)
            .write(toFile: cut, atomically: true, encoding: .utf8)
        let line = try Executable.failure(Self.small + ["--liberty", cut], status: 2)
        #expect(line.hasPrefix("'\(cut)' is no liberty file: line "), "\(line)")
    }

    @Test func optionsOutOfRangeAreOneLine() throws {
        for period in ["0", "-1", "1e9", "fast"] {
            let line = try Executable.failure(Self.small + ["--clock-period-ns", period], status: 2)
            #expect(line.contains("--clock-period-ns") && line.contains(period), "\(line)")
        }
        #expect(try Executable.failure(Self.small + ["--load-ff", "-1"], status: 2).contains("--load-ff"))
        #expect(
            try Executable.failure(Self.small + ["--driving-cell", "INVX3"], status: 2)
                == "driving cell: found 'INVX3', allowed is a buffer or inverter of '\(Self.liberty)'")
        #expect(try Executable.failure(Self.small + ["--cycles", "10"], status: 2).contains("without --check"))
        #expect(try Executable.failure(["synth", "bonk"], status: 2).contains("bank"))
        #expect(try Executable.failure(Self.small + ["--set", "columns=0"], status: 2).contains("columns"))
    }
}
