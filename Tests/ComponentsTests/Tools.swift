import Foundation

/// A program that the tests run ended badly or is not there.
struct ToolFailure: Error, CustomStringConvertible {
    let description: String
}

/// Runs a program of PATH in a folder and returns all that it wrote.
@discardableResult
func run(_ program: String, _ arguments: [String], in folder: URL) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = folder
    let log = folder.appendingPathComponent("log-\(UUID().uuidString)")
    try Data().write(to: log)
    let handle = try FileHandle(forWritingTo: log)
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    process.waitUntilExit()
    try handle.close()
    let output = String(decoding: try Data(contentsOf: log), as: UTF8.self)
    guard process.terminationStatus == 0 else {
        throw ToolFailure(
            description: "\(program) \(arguments.joined(separator: " ")) ended with"
                + " \(process.terminationStatus):\n\(output)")
    }
    return output
}

/// Gives the work a folder of its own, and removes it afterwards.
func inTemporaryFolder<Result>(_ work: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("components-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try work(folder)
}
