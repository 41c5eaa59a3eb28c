import Foundation
import Testing

/// Runs the built `hwgen` as a user would.
enum Executable {
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String

        /// The one JSON object that standard output must be.
        func json() throws -> [String: Any] {
            let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
            return try #require(value as? [String: Any])
        }
    }

    /// Beside the test bundle.
    static let path: String = {
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("hwgen").path
    }()

    /// Root of the package.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// A folder for this run, its model libraries too, removed when the tests end.
    static let scratch: String = {
        let path = NSTemporaryDirectory() + "hwgen-command-tests-\(ProcessInfo.processInfo.processIdentifier)"
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        atexit { try? FileManager.default.removeItem(atPath: Executable.scratch) }
        return path
    }()

    /// Runs `hwgen` in the scratch folder; `environment` is added to the usual one.
    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
        try run(path, arguments, environment: environment)
    }

    static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:]
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: scratch)
        var variables = ProcessInfo.processInfo.environment
        variables["HWGEN_CACHE"] = scratch + "/cache"
        for (name, value) in environment { variables[name] = value }
        process.environment = variables
        process.standardInput = FileHandle.nullDevice
        // Files, not pipes: neither stream can fill up while the other is read.
        let name = scratch + "/run-\(UUID().uuidString)"
        func stream(_ suffix: String) throws -> FileHandle {
            try Data().write(to: URL(fileURLWithPath: name + suffix))
            return try #require(FileHandle(forWritingAtPath: name + suffix))
        }
        process.standardOutput = try stream(".out")
        process.standardError = try stream(".err")
        try process.run()
        process.waitUntilExit()
        func text(_ suffix: String) throws -> String {
            defer { try? FileManager.default.removeItem(atPath: name + suffix) }
            return try String(contentsOfFile: name + suffix, encoding: .utf8)
        }
        return Outcome(status: process.terminationStatus, output: try text(".out"), errors: try text(".err"))
    }

    /// A command that must fail with one line, and that line.
    static func failure(
        _ arguments: [String], status: Int32, environment: [String: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> String {
        let outcome = try run(arguments, environment: environment)
        #expect(outcome.status == status, "\(outcome.errors)", sourceLocation: sourceLocation)
        #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
        let lines = outcome.errors.split(separator: "\n")
        #expect(lines.count == 1, "\(outcome.errors)", sourceLocation: sourceLocation)
        let prefix = "hwgen: error: "
        let line = lines.last.map(String.init) ?? ""
        #expect(line.hasPrefix(prefix), sourceLocation: sourceLocation)
        return String(line.dropFirst(prefix.count))
    }
}
