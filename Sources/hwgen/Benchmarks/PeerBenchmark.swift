import Examples
import Foundation

/// The same array in another language, run by a script of the project in a process of its own.
struct PeerBenchmark {
    /// What the script prints.
    struct Run: Decodable {
        let tool, version: String
        /// Processor seconds of elaboration and emission, imports left out.
        let seconds: Double
        let nodes: Int
    }

    private let process: PeerProcess
    let tool: String
    private(set) var runs: [Run] = []

    /// - Throws: `BenchmarkError.noPeers` when the script is no program.
    init(script: String, tool: String) throws(BenchmarkError) {
        process = try PeerProcess(script: script)
        self.tool = tool
    }

    /// `Amaranth 0.5.10 RTLIL`.
    var name: String {
        let words = tool.split(separator: "-").map(String.init)
        let language = words[0] == "pyrtl" ? "PyRTL" : words[0].capitalized
        let form = words.count > 1 ? [words[1] == "rtlil" ? "RTLIL" : words[1].capitalized] : []
        return ([language, runs.last?.version ?? ""] + form).joined(separator: " ")
    }

    /// One run more.
    mutating func run(_ array: PopcountArray) throws {
        let run = try process.run(
            [tool, "\(array.style)", "\(array.shape)", "\(array.lanes)", "\(array.columns)"], as: Run.self)
        runs.append(run)
    }
}
