import Foundation
import Testing

@testable import hwgen

/// A folder of programs that print a text, made for one test.
private struct FakeMachine: ~Copyable {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("doctor-\(UUID().uuidString)")

    init(programs: [String: String], files: [String] = []) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, script) in programs {
            try writeProgram(script.replacing("FOLDER", with: folder.path), at: folder.path + "/" + name)
        }
        for name in files {
            let path = folder.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
            try "".write(to: path, atomically: true, encoding: .utf8)
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func machine(_ variables: [String: String] = [:]) -> Machine {
        let environment = ["PATH": folder.path].merging(variables) { _, new in new }
        return Machine(environment: environment, includeFolders: [folder.path + "/include"])
    }

    func tool(_ name: String, _ variables: [String: String] = [:]) -> Tool? {
        examineTools(on: machine(variables)).first { $0.name == name }
    }
}

@Suite struct DoctorTests {
    @Test("a program on PATH is found with the version that it prints on either output")
    func programs() throws {
        let fake = try FakeMachine(programs: [
            "yosys": "echo 'Yosys 0.23 (git sha1 7ce5011c24b)'",
            "dot": "echo 'dot - graphviz version 2.43.0 (0)' >&2",
            "ngspice": "echo '******'; echo '** ngspice-39 : Circuit level simulation program'",
            "gnuplot": "echo 'gnuplot 5.4 patchlevel 4'",
        ])
        #expect(fake.tool("yosys")?.version == "0.23")
        #expect(fake.tool("dot")?.version == "2.43.0")
        #expect(fake.tool("ngspice")?.version == "39" && fake.tool("gnuplot")?.version == "5.4")
        #expect(fake.tool("z3")?.isFound == false)
        #expect(fake.tool("z3")?.version == nil)
    }

    @Test("a variable names the program to take, and one that is not there is missing")
    func variables() throws {
        let fake = try FakeMachine(programs: ["verilator": "echo 5.006", "other": "echo Verilator 5.020"])
        #expect(fake.tool("verilator", ["HWGEN_VERILATOR": "other"])?.version == "5.020")
        #expect(fake.tool("verilator", ["HWGEN_VERILATOR": "/nowhere/verilator"])?.isFound == false)
        #expect(fake.tool("verilator", ["HWGEN_VERILATOR": ""])?.version == "5.006")
        #expect(fake.tool("clang++", ["HWGEN_CXX": fake.folder.path + "/other"])?.path == fake.folder.path + "/other")
    }

    @Test("Verilator without its header is half of Verilator")
    func verilatorHeader() throws {
        let script = "if [ \"$1\" = --getenv ]; then echo FOLDER/root; else echo 5.006; fi"
        let half = try FakeMachine(programs: ["verilator": script])
        #expect(half.tool("verilator")?.isFound == true)
        #expect(half.tool("verilated.h")?.isFound == false)
        let whole = try FakeMachine(programs: ["verilator": script], files: ["root/include/verilated.h"])
        #expect(whole.tool("verilated.h")?.isFound == true)
    }

    @Test("the compiler beside swiftc comes before the one on PATH")
    func compiler() throws {
        let fake = try FakeMachine(programs: ["clang++": "echo clang version 14.0.6"])
        #expect(fake.tool("clang++")?.version == "14.0.6")
        let toolchain = try FakeMachine(programs: ["swiftc": "", "clang++": "echo clang version 21.0.0"])
        let path = fake.folder.path + ":" + toolchain.folder.path
        let found = fake.tool("clang++", ["PATH": path])
        #expect(found?.version == "21.0.0")
    }

    @Test("headers are looked for in the include folders, their versions come from dpkg")
    func headers() throws {
        let fake = try FakeMachine(
            programs: [
                "sh": "exec /bin/sh \"$@\"",
                "dpkg-query": "echo 'ii  zlib1g-dev 1:1.2.13'; echo 'rc  libfmt-dev 9.1'; exit 1",
            ],
            files: ["include/zlib.h", "include/fmt/format.h"])
        #expect(fake.tool("zlib")?.version == "1:1.2.13")
        #expect(fake.tool("libfmt")?.isFound == true)
        #expect(fake.tool("libfmt")?.version == nil)
        #expect(fake.tool("CLI11")?.isFound == false)
    }

    private static func tool(_ name: String, isFound: Bool, package: String?, isRequired: Bool) -> Tool {
        Tool(
            name: name, isFound: isFound, version: isFound ? "1.0" : nil, path: nil, package: package,
            isRequired: isRequired, purpose: "does things", remedy: package == nil ? "get it" : nil)
    }

    @Test("what is missing is named with the line that installs it, required and optional apart")
    func report() throws {
        let report = DoctorReport(tools: [
            Self.tool("verilator", isFound: false, package: "verilator", isRequired: true),
            Self.tool("verilated.h", isFound: false, package: "verilator", isRequired: true),
            Self.tool("clang++", isFound: false, package: nil, isRequired: true),
            Self.tool("z3", isFound: true, package: "z3", isRequired: false),
            Self.tool("ngspice", isFound: false, package: "ngspice", isRequired: false),
        ])
        #expect(report.status == .toolMissing)
        #expect(
            report.text(for: Recorder().sink) == """
                Required
                  missing  verilator         does things
                  missing  verilated.h       does things
                  missing  clang++           does things

                Optional
                  found    z3           1.0  does things
                  missing  ngspice           does things

                Missing and required:  sudo apt-get install verilator
                Missing and required:  clang++: get it
                Missing and optional:  sudo apt-get install ngspice
                """)
    }

    @Test("a missing optional tool is no failure")
    func optionalOnly() {
        let report = DoctorReport(tools: [
            Self.tool("zlib", isFound: true, package: "zlib1g-dev", isRequired: true),
            Self.tool("ngspice", isFound: false, package: "ngspice", isRequired: false),
        ])
        #expect(report.status == .done)
        #expect(report.installRequired == nil)
        #expect(report.installOptional == "sudo apt-get install ngspice")
    }

    @Test("the JSON has all keys of every tool, null where nothing is known")
    func json() throws {
        let report = DoctorReport(tools: [Self.tool("clang++", isFound: false, package: nil, isRequired: true)])
        #expect(
            try Output.json(report) == """
                {
                  "install_optional" : null,
                  "install_required" : null,
                  "tools" : [
                    {
                      "found" : false,
                      "name" : "clang++",
                      "package" : null,
                      "path" : null,
                      "purpose" : "does things",
                      "remedy" : "get it",
                      "required" : true,
                      "version" : null
                    }
                  ]
                }
                """)
    }

    @Test("a version is the first number with a dot")
    func versions() {
        #expect(versionNumber(in: "ngspice-39.3 : Circuit level") == "39.3")
        #expect(versionNumber(in: "** ngspice-39 : Circuit level\n** Copyright 1985-1994, Regents") == "39")
        #expect(versionNumber(in: "gnuplot 5.4 patchlevel 4") == "5.4")
        #expect(versionNumber(in: "Verilator 5.006 2023-01-22 rev (Debian 5.006-3)") == "5.006")
        #expect(versionNumber(in: "Usage: tool FILE. 7") == nil)
    }
}
