import Foundation
import Testing

@testable import hwgen

/// Runs scripts/setup on a machine of shell scripts: a PATH with nothing but what a test puts there.
private struct SetupRun {
    let status: Int32
    let said: String
    /// The calls of apt-get, one a line.
    let aptCalls: String

    static let packages = [
        "verilator", "libfmt-dev", "libcli11-dev", "libtomlplusplus-dev", "libssl-dev", "zlib1g-dev",
        "librandom123-dev", "libstdc++-12-dev",
        "pkg-config", "iverilog", "yosys", "yosys-dev", "opensta",
        "qflow-tech-osu018", "z3", "python3-venv", "ngspice", "gnuplot-nox",
        "gtkwave",
        "dataset-fashion-mnist",
    ]

    static let swift = "echo 'Swift version 6.3.1 (swift-6.3.1-RELEASE)'"

    /// - Parameters:
    ///   - missing: packages that dpkg-query does not list.
    ///   - programs: scripts by name, over those of a whole machine; an empty one is left out.
    init(missing: [String] = [], _ programs: [String: String] = [:]) throws {
        let manager = FileManager.default
        let folder = manager.temporaryDirectory.appendingPathComponent("setup-\(UUID().uuidString)")
        try manager.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? manager.removeItem(at: folder) }
        for name in ["bash", "dirname", "env", "uname"] {
            let path = "/usr/bin/" + name
            try manager.createSymbolicLink(atPath: folder.path + "/" + name, withDestinationPath: path)
        }
        let installed = Self.packages.filter { !missing.contains($0) }.map { "installed \($0)" }
        let whole = [
            "swift": Self.swift, "id": "echo 0", "apt-get": "exit 0",
            "dpkg-query": "printf '%s\\n' \(installed.map { "'\($0)'" }.joined(separator: " "))",
        ]
        for (name, script) in whole.merging(programs, uniquingKeysWith: { _, new in new }) where !script.isEmpty {
            let log = name == "apt-get" ? "echo \"$*\" >> '\(folder.path)/log'\n" : ""
            try writeProgram(log + script, at: folder.path + "/" + name)
        }
        let process = Process()
        let pipe = Pipe()
        var script = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { script.deleteLastPathComponent() }
        process.executableURL = URL(fileURLWithPath: "/usr/bin/bash")
        process.arguments = [script.path + "/scripts/setup"]
        process.environment = ["PATH": folder.path]
        process.standardError = pipe
        process.standardOutput = pipe
        try process.run()
        said = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        status = process.terminationStatus
        aptCalls = (try? String(contentsOfFile: folder.path + "/log", encoding: .utf8)) ?? ""
    }
}

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/bash"))) struct SetupScriptTests {
    private static let apt = "-qq -o DPkg::Lock::Timeout=300 "
    private static let install = apt + "install -y --no-install-recommends verilator z3\n"
    private static let announcement = """
        Installing with apt-get:
          verilator: compiles the emitted Verilog for co-simulation
          z3: solver of the formal proofs

        """
    private static let byHand = "sudo apt-get install --no-install-recommends verilator z3\n"

    @Test("with everything there it says and does nothing")
    func nothingToDo() throws {
        let run = try SetupRun()
        #expect(run.status == 0)
        #expect(run.said.isEmpty)
        #expect(run.aptCalls.isEmpty)
    }

    @Test("what is missing is named with its purpose and installed, without an update of the lists")
    func installs() throws {
        let run = try SetupRun(missing: ["verilator", "z3"])
        #expect(run.status == 0)
        #expect(run.said == Self.announcement)
        #expect(run.aptCalls == Self.install)
    }

    @Test("the lists are updated when apt-get cannot install from those there are")
    func updates() throws {
        let failsFirst = "mapfile -t calls < \"${0%/*}/log\"; ((${#calls[@]} > 1))"
        let run = try SetupRun(missing: ["verilator", "z3"], ["apt-get": failsFirst])
        #expect(run.status == 0)
        #expect(run.aptCalls == Self.install + Self.apt + "update\n" + Self.install)
    }

    @Test("who is not root installs through sudo")
    func sudo() throws {
        let run = try SetupRun(
            missing: ["verilator", "z3"],
            ["id": "echo 1000", "sudo": "[[ $1 == -n ]] && shift && \"$@\"", "true": "exit 0"])
        #expect(run.status == 0)
        #expect(run.aptCalls == Self.install)
    }

    @Test("without root and sudo it names the line to run")
    func noWay() throws {
        let message = "setup: error: packages are missing and this user may not install them; run: \(Self.byHand)"
        for sudo in ["", "exit 1"] {
            let run = try SetupRun(missing: ["verilator", "z3"], ["id": "echo 1000", "sudo": sudo])
            #expect(run.status == 3)
            #expect(run.said == message)
            #expect(run.aptCalls.isEmpty)
        }
    }

    @Test("an apt-get that fails twice ends the setup")
    func aptFails() throws {
        let run = try SetupRun(missing: ["verilator", "z3"], ["apt-get": "exit 100"])
        #expect(run.status == 3)
        #expect(
            run.said == Self.announcement + "apt-get update failed; trying with the lists there are\n"
                + "setup: error: apt-get could not install; run: \(Self.byHand)")
    }

    @Test("a Swift that is missing, too old or mute is named with what is needed")
    func swiftVersions() throws {
        let place = "see https://www.swift.org/install/linux/\n"
        let missing = try SetupRun(["swift": ""])
        #expect(missing.status == 3)
        #expect(missing.said == "setup: error: found no 'swift' on PATH, needed 6.2 or newer; \(place)")
        let old = try SetupRun(["swift": "echo 'Apple Swift version 6.1.2 (x)'"])
        #expect(old.status == 3)
        #expect(old.said == "setup: error: found Swift 6.1, needed 6.2 or newer; \(place)")
        let mute = try SetupRun(["swift": "exit 1"])
        #expect(mute.status == 3)
        #expect(
            mute.said == "setup: error: found no version in the output of 'swift --version', needed 6.2 or newer\n")
        #expect(try SetupRun(["swift": "echo Swift version 10.0"]).status == 0)
    }

    @Test("without Debian's tools it lists what is needed and goes on")
    func noDebian() throws {
        let run = try SetupRun(["dpkg-query": ""])
        #expect(run.status == 0)
        #expect(
            run.said
                == "setup: no dpkg-query and apt-get here; these packages, or what they are called here, are needed: "
                + SetupRun.packages.joined(separator: " ") + "\n")
    }
}
