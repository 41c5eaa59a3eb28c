import Foundation
import Testing

/// Law: `hwgen bench golden` reports the kernel beside C and the functional level beside the RTL; a bar that is missed ends
/// with status 1, and what keeps it from measuring is said in one line.
@Suite struct BenchGoldenTests {
    @Test func reportsBothFiguresAndTheirBars() throws {
        let path = "\(Executable.scratch)/popcount-peer"
        for (seconds, isReached) in [("1e6", true), ("1e-9", false)] {
            try writeProgram("echo \"{\\\"seconds\\\": \(seconds), \\\"pairs\\\": 1e9}\"", at: path)
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

    @Test func saysWhatKeepsItFromMeasuring() throws {
        #expect(
            try Executable.failure(["bench", "golden", "--peers", "nowhere"], status: 2)
                == "--peers: found 'nowhere', allowed is a program, such as that of the project in its folder scripts")
        #expect(
            try Executable.failure(["bench", "golden", "--rounds", "0"], status: 2)
                == "--rounds: found '0', allowed 1 to 1000")
    }
}
