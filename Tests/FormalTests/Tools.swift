import Foundation

/// A program that could not be run, or ended badly.
struct ToolError: Error, CustomStringConvertible {
    let description: String
}

/// Runs a program of PATH in a folder.
/// - Returns: its status, and what it wrote, standard output and error together.
func run(_ program: String, _ arguments: [String], in folder: URL) throws -> (status: Int32, text: String) {
    let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    guard let path = places.map({ "\($0)/\(program)" }).first(where: FileManager.default.isExecutableFile) else {
        throw ToolError(description: "\(program) is not in PATH; these tests need it")
    }
    return try runFile(path, arguments, in: folder)
}

/// Runs a program by its path.
func runFile(_ path: String, _ arguments: [String], in folder: URL) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
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
    return (process.terminationStatus, String(decoding: try Data(contentsOf: log), as: UTF8.self))
}

/// What a program wrote that has to succeed.
@discardableResult
func runChecked(_ program: String, _ arguments: [String], in folder: URL) throws -> String {
    let (status, text) = try run(program, arguments, in: folder)
    guard status == 0 else { throw ToolError(description: "\(program) ended with \(status):\n\(text)") }
    return text
}

/// A folder of its own that is removed after use.
func withTemporaryFolder<Result>(_ work: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hwgen-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try work(folder)
}
