import Foundation
import Testing

/// Law: scripts/python says in one line what keeps it from running, with the status of the command line's contract.
@Suite struct PythonScriptTests {
    private func python(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Executable.Outcome {
        try Executable.run("/usr/bin/bash", [Executable.root + "/scripts/python"] + arguments, environment: environment)
    }

    /// A PATH that holds these programs and no other.
    private func path(of programs: [String: String]) throws -> String {
        let folder = "\(Executable.scratch)/path-\(UUID().uuidString)"
        let manager = FileManager.default
        try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["bash", "dirname", "cksum", "tr", "mkdir", "rm"] {
            try manager.createSymbolicLink(atPath: "\(folder)/\(name)", withDestinationPath: "/usr/bin/\(name)")
        }
        for (name, text) in programs { try writeProgram(text, at: "\(folder)/\(name)") }
        return folder
    }

    @Test func packagesEndWithTwoDashes() throws {
        let outcome = try python(["fusesoc"])
        #expect(outcome.status == 2)
        #expect(outcome.errors == "python: error: found no '--' behind the packages\n")
    }

    @Test func pythonAbsent() throws {
        let outcome = try python(["fusesoc", "--", "-V"], ["PATH": path(of: [:])])
        #expect(outcome.status == 3)
        #expect(
            outcome.errors == "python: error: found no 'python3' on PATH; "
                + "install it: sudo apt-get install python3 python3-venv\n")
    }

    @Test func noVirtualEnvironmentOrNoPackages() throws {
        let cache = "\(Executable.scratch)/python-cache"
        let noModule = try python(
            ["one==1", "--", "-V"],
            ["HWGEN_PYTHON_CACHE": cache, "PATH": path(of: ["python3": "[ $1 = --version ] && echo 3"])])
        #expect(noModule.status == 3)
        #expect(
            noModule.errors.hasSuffix(
                "python: error: python3 cannot make a virtual environment; "
                    + "install it: sudo apt-get install python3-venv\n"), "\(noModule.errors)")
        // An environment whose pip fails.
        let make = """
            if [ "$1" = --version ]; then echo 3; exit; fi
            mkdir -p "$3/bin"; printf '#!/usr/bin/bash\\nexit 1\\n' > "$3/bin/python"; /usr/bin/chmod +x "$3/bin/python"
            """
        for _ in 0..<2 {
            // The second time as well: a half-made environment is none.
            let noNetwork = try python(
                ["one==1", "two", "--", "-V"],
                ["HWGEN_PYTHON_CACHE": cache, "PATH": path(of: ["python3": make])])
            #expect(noNetwork.status == 3)
            #expect(
                noNetwork.errors.hasSuffix(
                    "python: error: pip could not install one==1 two; "
                        + "PyPI, or a mirror that pip is set to, has to be reachable once\n"), "\(noNetwork.errors)")
        }
    }
}
