public import Foundation

/// A program that could not be run, or that failed.
public struct ToolError: Error, CustomStringConvertible {
    public let description: String
}

/// Runs a program of PATH, or of the folder when it begins with `./`, in a folder.
///
/// The program `timeout` of the GNU core utilities ends it, and whatever it started, when it takes too long: also when
/// the tests themselves are gone by then.
/// - Parameter seconds: how long it may take.
/// - Returns: what it wrote, standard output and error together.
@discardableResult
public func runTool(_ program: String, _ arguments: [String], in folder: URL, seconds: Int = 600) throws -> String {
    if !program.hasPrefix("./") { _ = try path(of: program) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try path(of: "timeout"))
    process.arguments = ["--kill-after=5", "\(seconds)", program] + arguments
    process.currentDirectoryURL = folder
    // A file and not a pipe: nobody has to empty it.
    let log = folder.appendingPathComponent("\(UUID().uuidString).log")
    try Data().write(to: log)
    let output = try FileHandle(forWritingTo: log)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    process.waitUntilExit()
    try output.close()
    let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
    try FileManager.default.removeItem(at: log)
    if process.terminationReason == .exit, process.terminationStatus == 124 {
        throw ToolError(
            description: "\(program) \(arguments.joined(separator: " ")) took more than \(seconds) seconds:\n\(text)")
    }
    guard process.terminationStatus == 0 else {
        throw ToolError(
            description: "\(program) \(arguments.joined(separator: " ")) ended with "
                + "\(process.terminationStatus):\n\(text)")
    }
    return text
}

private func path(of program: String) throws -> String {
    let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    guard let path = places.map({ "\($0)/\(program)" }).first(where: FileManager.default.isExecutableFile) else {
        throw ToolError(description: "\(program) is not in PATH; random circuits need it")
    }
    return path
}

/// A folder of its own that is removed after use.
public func withScratchFolder<Result>(_ work: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hwgen-random-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try work(folder)
}
