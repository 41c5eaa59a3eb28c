import Foundation

/// A script of the project that runs something to compare with and prints one JSON object.
struct PeerProcess {
    let script: String

    /// - Throws: `BenchmarkError.noPeers` when the script is no program.
    init(script: String) throws(BenchmarkError) {
        guard FileManager.default.isExecutableFile(atPath: script) else { throw .noPeers(script) }
        self.script = script
    }

    /// Runs the script to its end and decodes what it prints.
    ///
    /// - Throws: `BenchmarkError.peerMissing` and `.peerFailed` with the last line that the script said.
    func run<Result: Decodable>(
        _ arguments: [String], input: Data = Data(), as _: Result.Type = Result.self
    ) throws -> Result {
        let process = Process()
        let output = Pipe()
        let folder = FileManager.default.temporaryDirectory
        let name = "hwgen-\(UUID().uuidString)"
        let (log, file) = (folder.appendingPathComponent("\(name).log"), folder.appendingPathComponent("\(name).in"))
        // What it says goes to a file: it may be more than a pipe holds while the other one is read.
        try Data().write(to: log)
        try input.write(to: file)
        defer {
            try? FileManager.default.removeItem(at: log)
            try? FileManager.default.removeItem(at: file)
        }
        process.executableURL = URL(fileURLWithPath: script)
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: file)
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let said = try String(contentsOf: log, encoding: .utf8).split(separator: "\n").last.map(String.init) ?? ""
        if process.terminationStatus == ExitStatus.toolMissing.rawValue { throw BenchmarkError.peerMissing(said) }
        guard process.terminationStatus == 0, let result = try? JSONDecoder().decode(Result.self, from: bytes) else {
            throw BenchmarkError.peerFailed(
                script: script, status: process.terminationStatus, said: said.isEmpty ? "no result" : said)
        }
        return result
    }
}
