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

    let script: String
    let tool: String
    private(set) var runs: [Run] = []

    /// - Throws: `BenchmarkError.noPeers` when the script is no program.
    init(script: String, tool: String) throws(BenchmarkError) {
        guard FileManager.default.isExecutableFile(atPath: script) else { throw .noPeers(script) }
        self.script = script
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
        let process = Process()
        let output = Pipe()
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("hwgen-\(UUID().uuidString).log")
        // What it says goes to a file: it may be more than a pipe holds while the other one is read.
        try Data().write(to: log)
        defer { try? FileManager.default.removeItem(at: log) }
        process.executableURL = URL(fileURLWithPath: script)
        process.arguments = [tool, "\(array.style)", "\(array.shape)", "\(array.lanes)", "\(array.columns)"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let said = try String(contentsOf: log, encoding: .utf8).split(separator: "\n").last.map(String.init) ?? ""
        if process.terminationStatus == ExitStatus.toolMissing.rawValue { throw BenchmarkError.peerMissing(said) }
        guard process.terminationStatus == 0, let run = try? JSONDecoder().decode(Run.self, from: bytes) else {
            throw BenchmarkError.peerFailed(
                script: script, status: process.terminationStatus, said: said.isEmpty ? "no result" : said)
        }
        runs.append(run)
    }
}
