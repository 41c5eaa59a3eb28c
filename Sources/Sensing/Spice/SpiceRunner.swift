import Foundation

/// Runs ngspice on a netlist and gives back what it wrote.
public struct SpiceRunner: Hashable, Sendable {
    /// Name or path of the program.
    public var program: String

    public init(program: String = "ngspice") { self.program = program }

    /// Standard output of `ngspice -b`.
    ///
    /// Throws `SensingError.missingProgram` when there is none, and `.program` when it cannot be run or ends with a
    /// status other than 0.
    public func run(_ text: String) throws(SensingError) -> String {
        let manager = FileManager.default
        let folder = manager.temporaryDirectory.appendingPathComponent("hwgen-spice-\(UUID().uuidString)")
        defer { try? manager.removeItem(at: folder) }
        do {
            try manager.createDirectory(at: folder, withIntermediateDirectories: true)
            let deck = folder.appendingPathComponent("deck.cir")
            // A model card's comments may hold any bytes, and files are read back as such.
            let output = folder.appendingPathComponent("output")
            try Data(text.utf8).write(to: deck)
            guard manager.createFile(atPath: output.path, contents: nil) else { throw CocoaError(.fileWriteUnknown) }
            let handle = try FileHandle(forWritingTo: output)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [program, "-b", deck.path]
            process.standardOutput = handle
            process.standardError = handle
            process.standardInput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            let said = String(decoding: try Data(contentsOf: output), as: UTF8.self)
            try Self.check(process.terminationStatus, said, program: program)
            return said
        } catch let error as SensingError {
            throw error
        } catch {
            throw .program(name: program, reason: "could not be run: \(error.localizedDescription)")
        }
    }

    private static func check(_ status: Int32, _ said: String, program: String) throws(SensingError) {
        guard status != 127 else {
            throw .missingProgram(name: program, package: "ngspice")
        }
        guard status != 0 else { return }
        let lines = said.split(separator: "\n").map(String.init)
        let cause = lines.first { $0.lowercased().contains("error") } ?? lines.last ?? "no output"
        throw .program(name: program, reason: "ended with status \(status): \(cause)")
    }
}
