import Foundation
import Testing

/// Law: `hwgen bench emit` reports ours beside each reference, ends with 1 when a bar is missed, and says in one line
/// what keeps it from measuring.
@Suite struct BenchEmitTests {
    /// A script in the scratch folder that stands for the other languages.
    private func peers(_ name: String, _ text: String) throws -> String {
        let path = "\(Executable.scratch)/\(name)"
        try writeProgram(text, at: path)
        return path
    }

    private static let small = ["bench", "emit", "--columns", "1", "--rounds", "1"]

    /// Whether a ratio reaches its bar, from the report alone.
    private func holds(_ bench: [String: Any]) throws -> Bool {
        let ratio = try #require(bench["ratio"] as? Double)
        if let least = bench["at_least"] as? Double { return ratio >= least }
        if let most = bench["at_most"] as? Double { return ratio <= most }
        return true
    }

    @Test(arguments: [("1e9", "1e9"), ("1e-9", "1e-9")])
    func peersAreReportedAndBarsDecideTheStatus(amaranth: String, pyrtl: String) throws {
        let script = try peers(
            "peers-\(amaranth)",
            "[ $1 = pyrtl ] && s=\(pyrtl) || s=\(amaranth)\n"
                + "echo \"{\\\"tool\\\": \\\"$1\\\", \\\"version\\\": \\\"9.9\\\", \\\"seconds\\\": $s, \\\"nodes\\\": 5}\""
        )
        let outcome = try Executable.run(Self.small + ["--no-simulation", "--json", "--peers", script])
        let benches = try #require(try outcome.json()["benches"] as? [[String: Any]])
        let names = benches.map { "\($0["name"] ?? "") / \($0["reference_name"] ?? "")" }
        for name in [
            "emit gate flat 1 / the bar", "emit gate flat 1 / Amaranth 9.9 RTLIL", "emit gate flat 1 / PyRTL 9.9",
            "emit gate columns 1 / the bar", "emit word flat 1 / PyRTL 9.9", "emit native flat 1 / the bar",
        ] {
            #expect(names.contains(name), "\(name) in \(names)")
        }
        for bench in benches {
            #expect(bench["ours"] is Double && bench["reference"] is Double && bench["unit"] as? String == "s")
            #expect(try bench["holds"] as? Bool == holds(bench), "\(bench)")
        }
        let bars = benches.compactMap {
            ($0["reference_name"] as? String) == "PyRTL 9.9" ? $0["at_least"] as? Double : nil
        }
        #expect(bars == [15])
        let all = try benches.allSatisfy(holds)
        #expect(outcome.status == (all ? 0 : 1), "\(outcome.errors)")
        if amaranth == "1e-9" { #expect(!all) }
    }

    @Test func theSimulationComparesSumsAndSpeeds() throws {
        let outcome = try Executable.run(Self.small + ["--no-peers", "--json"])
        #expect(outcome.status == 0 || outcome.status == 1, "\(outcome.errors)")
        let benches = try #require(try outcome.json()["benches"] as? [[String: Any]])
        for name in ["simulate countones", "simulate sums"] {
            let bench = try #require(benches.first { $0["name"] as? String == name })
            #expect(bench["unit"] as? String == "cycles/s")
            #expect(bench["reference_name"] as? String == "hand-written $countones")
            #expect(try #require(bench["ours"] as? Double) > 0)
        }
    }

    @Test func whatIsNoProgramIsNamed() throws {
        #expect(
            try Executable.failure(Self.small + ["--peers", "nowhere"], status: 2)
                == "--peers: found 'nowhere', allowed is a program, such as that of the project in its "
                + "folder scripts")
        #expect(
            try Executable.failure(Self.small + ["--peers", "x", "--no-peers"], status: 2)
                == "--peers: has no use with --no-peers")
        #expect(
            try Executable.failure(["bench", "emit", "--rounds", "0"], status: 2)
                == "--rounds: found '0', allowed 1 to 1000")
        #expect(
            try Executable.failure(["bench", "emit", "--columns", "257"], status: 2)
                == "--columns: found '257', allowed 1 to 256")
    }

    @Test(arguments: [
        ("echo 'python: error: no network' >&2; exit 3", 3 as Int32, "python: error: no network"),
        ("echo one >&2; echo two >&2; exit 7", 2, "SCRIPT ended with status 7: two"),
        ("echo nonsense", 2, "SCRIPT ended with status 0: no result"),
    ])
    func peersThatFailAreQuoted(text: String, status: Int32, message: String) throws {
        let script = try peers("failing-\(text.utf8.count)", text)
        #expect(
            try Executable.failure(Self.small + ["--no-simulation", "--peers", script], status: status)
                == message.replacingOccurrences(of: "SCRIPT", with: script))
    }
}
