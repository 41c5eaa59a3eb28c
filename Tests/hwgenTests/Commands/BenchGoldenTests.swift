import Foundation
import Testing

/// Law: `hwgen bench golden` reports the kernel beside C and the functional level beside the RTL; a bar that is missed ends
/// with status 1, and what keeps it from measuring is said in one line.
@Suite struct BenchGoldenTests {
    @Test func reportsBothFiguresAndTheirBars() throws {
        let path = "\(Executable.scratch)/popcount-peer"
        for (seconds, isReached) in [("1e6", true), ("1e-9", false)] {
            // 256 pixels, 128 filters, 18 words, 200 passes.
            let pairs = 64 * 256 * 128 * 18 * 200
            try writeProgram(
                "echo \"{\\\"kernel\\\": \\\"none\\\", \\\"seconds\\\": \(seconds), \\\"pairs\\\": \(pairs)}\"",
                at: path)
            let outcome = try Executable.run(["bench", "golden", "--rounds", "1", "--peers", path, "--json"])
            let benches = try #require(try outcome.json()["benches"] as? [[String: Any]], "\(outcome.errors)")
            #expect(
                benches.map { $0["name"] as? String } == ["AND and population count", "functional level, LeNet-5"])
            #expect(benches.map { $0["unit"] as? String } == ["bit pairs/s", "images/s"])
            #expect(benches.map { $0["at_least"] as? Double } == [0.85, 100])
            #expect(benches[0]["holds"] as? Bool == isReached)
            let all = benches.allSatisfy { $0["holds"] as? Bool == true }
            #expect(outcome.status == (all ? 0 : 1), "\(outcome.errors)")
        }
    }

    /// The C kernel itself: it checks its sums against a plain loop and says how much it did.
    @Test func theYardstickDoesItsWork() throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: Executable.root + "/scripts/bench-golden")
        process.arguments = ["8", "64", "3", "2", "5"]
        process.standardOutput = output
        try process.run()
        let bytes = try #require(try output.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let report = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        #expect(report["pairs"] as? Double == 196_608.0)
        #expect(report["kernel"] is String && report["seconds"] is Double)
    }

    @Test func saysWhatKeepsItFromMeasuring() throws {
        let path = "\(Executable.scratch)/idle-peer"
        try writeProgram("echo '{\"kernel\": \"none\", \"seconds\": 1, \"pairs\": 5}'", at: path)
        let idle = try Executable.run(["bench", "golden", "--rounds", "1", "--peers", path])
        #expect(idle.status == 1)
        #expect(
            idle.errors.contains("AND and population count: found 7549747200.0, the reference has 5.0"),
            "\(idle.errors)")
        #expect(
            try Executable.failure(["bench", "golden", "--peers", "nowhere"], status: 2)
                == "--peers: found 'nowhere', allowed is a program, such as that of the project in its folder scripts")
        #expect(
            try Executable.failure(["bench", "golden", "--rounds", "0"], status: 2)
                == "--rounds: found '0', allowed 1 to 1000")
    }
}
