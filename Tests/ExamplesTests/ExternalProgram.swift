import Foundation

/// A program of PATH that the tests need; a missing or failing one is a failed test that says why.
enum ExternalProgram {
    enum Failure: Error, CustomStringConvertible {
        case missing(String)
        case ended(command: String, status: Int32, output: String)

        var description: String {
            switch self {
            case .missing(let name): "\(name) is not in PATH; this test needs it"
            case .ended(let command, let status, let output): "\(command) ended with \(status):\n\(output)"
            }
        }
    }

    /// Runs a program and returns what it wrote, standard output and error together.
    @discardableResult
    static func run(_ name: String, _ arguments: [String], in folder: URL) throws -> String {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let paths = folders.map { "\($0)/\(name)" }
        guard let path = paths.first(where: FileManager.default.isExecutableFile) else { throw Failure.missing(name) }
        let log = folder.appendingPathComponent("\(name).log")
        try Data().write(to: log)
        let output = try FileHandle(forWritingTo: log)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        try output.close()
        let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
        guard process.terminationStatus == 0 else {
            let command = ([name] + arguments).joined(separator: " ")
            throw Failure.ended(command: command, status: process.terminationStatus, output: text)
        }
        return text
    }

    /// Calls the body with a folder of its own, and removes it after.
    static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("examples-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}
