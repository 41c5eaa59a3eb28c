import Foundation

/// A program that the tests run, or why it could not be.
enum ToolError: Error, CustomStringConvertible, Equatable {
    case missing(String)
    case failed(command: String, status: Int32, output: String)

    var description: String {
        switch self {
        case .missing(let name): "\(name) is not in PATH; these tests need it: apt install \(name)"
        case .failed(let command, let status, let output): "\(command) ended with \(status):\n\(output)"
        }
    }
}

/// Runs a program of PATH in a folder.
/// - Returns: what it wrote, standard output and error together.
func run(_ program: String, _ arguments: [String], in folder: URL) throws -> String {
    let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    guard let path = places.map({ "\($0)/\(program)" }).first(where: FileManager.default.isExecutableFile) else {
        throw ToolError.missing(program)
    }
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
    let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
    try FileManager.default.removeItem(at: log)
    guard process.terminationStatus == 0 else {
        let command = ([program] + arguments).joined(separator: " ")
        throw ToolError.failed(command: command, status: process.terminationStatus, output: text)
    }
    return text
}

/// A folder of its own that is removed after use.
func withTemporaryFolder<Result>(_ work: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hwgen-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try work(folder)
}
