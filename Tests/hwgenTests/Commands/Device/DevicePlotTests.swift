import Foundation
import Testing

/// Law: `hwgen device plot` draws whole SVG files into its folder and names them, or says in one line why not.
@Suite struct DevicePlotTests {
    private static let command = ["device", "plot", "--device", "retention-stt"]

    @Test func figuresAreWholeFiles() throws {
        let outcome = try Executable.run(Self.command + ["-o", "plots/new", "--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try outcome.json()
        #expect(report["device"] as? String == "retention-stt")
        let files = try #require(report["files"] as? [String])
        #expect(files.count >= 3 && Set(files).count == files.count)
        for file in files {
            #expect(file.hasPrefix("plots/new/") && file.hasSuffix(".svg"))
            let text = try String(contentsOfFile: "\(Executable.scratch)/\(file)", encoding: .utf8)
            #expect(text.hasPrefix("<?xml") && text.contains("<svg") && text.contains("</svg>"), "\(file)")
        }
        let present = try FileManager.default.contentsOfDirectory(atPath: "\(Executable.scratch)/plots/new")
        #expect(Set(present) == Set(files.map { String($0.dropFirst("plots/new/".count)) }))
    }

    @Test func gnuplotAbsent() throws {
        #expect(
            try Executable.failure(
                Self.command + ["-o", "no-plots"], status: 3, environment: ["PATH": "/nonexistent"])
                == "found no 'gnuplot' on PATH, which draws the figures; to install it: apt-get install gnuplot-nox")
        #expect(!FileManager.default.fileExists(atPath: Executable.scratch + "/no-plots"))
    }

    @Test func unwritableFolder() throws {
        let file = "\(Executable.scratch)/occupied-plot"
        try Data().write(to: URL(fileURLWithPath: file))
        #expect(
            try Executable.failure(Self.command + ["-o", "\(file)/out"], status: 2)
                == "cannot make folder '\(file)/out': Not a directory")
    }

    @Test func unknownDevice() throws {
        let line = try Executable.failure(["device", "plot", "--device", "retention"], status: 2)
        #expect(line.hasPrefix("--device: found 'retention', allowed reference-stt, "))
        #expect(line.hasSuffix("; did you mean 'retention-stt'?"))
    }
}
