import Foundation

/// A program found by PATH, or by a variable that names it.
package struct ExternalTool {
    package let path: String

    /// nil when there is no such program.
    package init?(_ name: String, variable: String? = nil) {
        let environment = ProcessInfo.processInfo.environment
        if let variable, let path = environment[variable], !path.isEmpty {
            guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
            self.path = path
            return
        }
        for folder in (environment["PATH"] ?? "").split(separator: ":") {
            let path = "\(folder)/\(name)"
            if FileManager.default.isExecutableFile(atPath: path) {
                self.path = path
                return
            }
        }
        return nil
    }

    package struct Outcome {
        package let status: Int32
        /// Standard output and standard error, as they came.
        package let text: String
        package var lines: [Substring] { text.split(separator: "\n") }
    }

    /// Runs the program to its end in a folder; what it prints goes through a file there, so no pipe can fill up.
    package func run(_ arguments: [String], in folder: String, log: String) throws -> Outcome {
        let path = "\(folder)/\(log)"
        try writeFile(path, [])
        guard let output = FileHandle(forWritingAtPath: path) else {
            throw FileError.cannotWrite(path, reason: "it cannot be opened")
        }
        defer { try? output.close() }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: self.path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, text: String(decoding: try readFile(path), as: UTF8.self))
    }
}
