import Foundation
import Testing

/// Law: each command does what cli.md's contract says, with its keys and exit statuses.
@Suite struct CommandTests {
    @Test func emitWritesAndChecks() throws {
        let written = try Executable.run(["emit", "bank", "--set", "columns=16", "-o", "rtl", "--json"])
        #expect(written.status == 0)
        let report = try written.json()
        #expect(report["design"] as? String == "bank")
        #expect(try #require(report["nodes"] as? Int) > 0)
        #expect(report["seconds"] is Double)
        let files = try #require(report["files"] as? [[String: Any]])
        #expect(files.allSatisfy { $0["path"] is String && ($0["sha256"] as? String)?.count == 64 })
        let check = ["emit", "bank", "--set", "columns=16", "-o", "rtl", "--check"]
        #expect(try Executable.run(check).status == 0)
        let path = Executable.scratch + "/rtl/bank_256_16_1_1_1.v"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try text.replacingOccurrences(of: "selected <= address", with: "selected <= ~address")
            .write(toFile: path, atomically: true, encoding: .utf8)
        let changed = try Executable.run(check)
        #expect(changed.status == 1)
        #expect(changed.output.contains("rtl/bank_256_16_1_1_1.v:"), "\(changed.output)")
        #expect(changed.output.contains("found '                selected <= ~address;'"), "\(changed.output)")
    }

    @Test func emitReadsAConfigurationFile() throws {
        let file = Executable.scratch + "/bank.toml"
        try "[parameters]\ncolumns = 24\nrows = 32\n".write(toFile: file, atomically: true, encoding: .utf8)
        let outcome = try Executable.run(["emit", "bank", "--config", file, "--set", "rows=16", "-o", "configured"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("configured/sub_array_16x24.v"))
    }

    @Test func cosimFindsAPlantedFaultInTheEmittedVerilog() throws {
        #expect(try Executable.run(["emit", "dot-product-engine", "-o", "faulty"]).status == 0)
        let path = Executable.scratch + "/faulty/and_accumulate_64_4_4_3_10_20.v"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let fault = text.replacingOccurrences(of: "previous - term", with: "previous + term")
        #expect(fault != text)
        try fault.write(toFile: path, atomically: true, encoding: .utf8)
        let outcome = try Executable.run(["cosim", "dot-product-engine", "--rtl", "faulty", "-o", "fault", "--json"])
        #expect(outcome.status == 1, "\(outcome.errors)")
        let report = try outcome.json()
        #expect(report["mismatches"] as? Int == 1)
        let first = try #require(report["first_mismatch"] as? [String: Any])
        #expect(first["cycle"] is Int && first["port"] is String)
        #expect(first["expected"] as? String != first["actual"] as? String)
        let wave = try #require(first["wave"] as? String)
        #expect(FileManager.default.fileExists(atPath: "\(Executable.scratch)/\(wave)"))
        let text2 = try Executable.run(["cosim", "dot-product-engine", "--rtl", "faulty", "-o", "fault"])
        #expect(text2.status == 1)
        #expect(text2.output.contains("MISMATCH in cycle "), "\(text2.output)")
        #expect(text2.output.contains("waves: \(wave)"), "\(text2.output)")
    }

    @Test func cosimReportsItsKeys() throws {
        let arguments = [
            "cosim", "dot-product-engine", "--cycles", "5000", "--upset-rate", "0.01", "--bench", "--json",
        ]
        let outcome = try Executable.run(arguments)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try outcome.json()
        for key in [
            "design", "cycles", "mismatches", "cycles_per_second", "ratio_to_raw", "golden_share", "library_cached",
            "seed",
        ] {
            #expect(report[key] != nil, "key \(key)")
        }
        #expect(report["mismatches"] as? Int == 0)
        #expect(try Executable.run(arguments).json()["library_cached"] as? Bool == true)
    }

    @Test func cosimRunsInIcarus() throws {
        let outcome = try Executable.run(["cosim", "bank", "--sim", "icarus", "--cycles", "500", "--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.json()["mismatches"] as? Int == 0)
    }

    @Test func listNamesEveryDesignWithRanges() throws {
        let report = try Executable.run(["list", "--json"]).json()
        let designs = try #require(report["designs"] as? [[String: Any]])
        #expect(designs.count == 28)
        for design in designs {
            let parameters = try #require(design["parameters"] as? [[String: Any]])
            #expect(!parameters.isEmpty)
            for parameter in parameters {
                let (low, value, high) = (parameter["minimum"], parameter["default"], parameter["maximum"])
                let range = try #require(low as? Int)...(try #require(high as? Int))
                #expect(range.contains(try #require(value as? Int)))
            }
        }
    }

    @Test func doctorFindsWhatTheTestsNeed() throws {
        let outcome = try Executable.run(["doctor", "--json"])
        #expect(outcome.status == 0, "\(outcome.output)")
        let tools = try #require(try outcome.json()["tools"] as? [[String: Any]])
        for name in ["verilator", "iverilog", "yosys"] {
            #expect(tools.contains { $0["name"] as? String == name && $0["found"] as? Bool == true }, "\(name)")
        }
    }

    @Test func goldenVectorsAreMadeAndReplayed() throws {
        let network = Executable.root + "/golden/demo.hwnet"
        let make = [
            "golden", "make", "dot-product-engine", "--network", network, "-o", "golden", "--testbenches", "tb",
        ]
        #expect(try Executable.run(make).status == 0)
        for name in ["inputs.hex", "expected.hex", "manifest.json"] {
            let made = try Data(
                contentsOf: URL(fileURLWithPath: "\(Executable.scratch)/golden/dot-product-engine/\(name)"))
            let kept = try Data(
                contentsOf: URL(fileURLWithPath: "\(Executable.root)/golden/dot-product-engine/\(name)"))
            #expect(made == kept, "\(name) is what is checked in; accept with: hwgen golden make dot-product-engine")
        }
        let diff = try Executable.run(["golden", "diff", "--golden", "golden", "--sim", "icarus", "--json"])
        #expect(diff.status == 0)
        #expect(try diff.json()["mismatches"] as? Int == 0)
    }
}
