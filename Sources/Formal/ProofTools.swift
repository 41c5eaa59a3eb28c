import Foundation

/// The programs that proofs need, found in a search path.
public struct ProofTools: Sendable {
    let yosys: String
    let smtbmc: String
    let solver: String

    /// Finds the programs.
    /// - Parameter path: folders separated by colons; nil for the environment's `PATH`.
    /// - Throws: `ProofError.missingTool` for the first that is not there.
    public init(path: String? = nil) throws(ProofError) {
        let folders = (path ?? ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        yosys = try ProofTools.find("yosys", package: "yosys", in: folders)
        smtbmc = try ProofTools.find("yosys-smtbmc", package: "yosys", in: folders)
        solver = try ProofTools.find("z3", package: "z3", in: folders)
    }

    private static func find(_ name: String, package: String, in folders: [String]) throws(ProofError) -> String {
        let candidates = folders.map { "\($0)/\(name)" }
        guard let path = candidates.first(where: FileManager.default.isExecutableFile) else {
            throw .missingTool(name, package: package)
        }
        return path
    }
}

/// A folder for the files of one proof, and the programs that run in it.
struct ProofFolder {
    let url: URL

    /// Makes a folder of its own among the temporary ones.
    init() throws(ProofError) {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("hwgen-proof-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw .cannotWrite(url.path, reason: error.localizedDescription)
        }
    }

    func remove() { try? FileManager.default.removeItem(at: url) }

    func write(_ name: String, _ bytes: [UInt8]) throws(ProofError) {
        do {
            try Data(bytes).write(to: url.appendingPathComponent(name))
        } catch {
            throw .cannotWrite(name, reason: error.localizedDescription)
        }
    }

    func write(_ name: String, _ text: String) throws(ProofError) { try write(name, Array(text.utf8)) }

    /// The text of a file; nil when there is none.
    func read(_ name: String) -> String? {
        (try? Data(contentsOf: url.appendingPathComponent(name))).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What a program printed, how it ended, and how long it took.
    struct Outcome {
        let status: Int32
        /// Standard output and standard error as they came.
        let text: String
        let seconds: Double
    }

    /// Runs a program to its end, or asks it to end after a limit.
    func run(_ program: String, _ arguments: [String], limitSeconds: Int? = nil) throws(ProofError) -> Outcome {
        let name = (program as NSString).lastPathComponent
        let log = "\(name)-\(UUID().uuidString).log"
        try write(log, [])
        do {
            // A file and not a pipe: nobody has to empty it.
            let output = try FileHandle(forWritingTo: url.appendingPathComponent(log))
            defer { try? output.close() }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: program)
            process.arguments = arguments
            process.currentDirectoryURL = url
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = output
            process.standardError = output
            let ended = DispatchSemaphore(value: 0)
            process.terminationHandler = { _ in ended.signal() }
            let start = ContinuousClock.now
            try process.run()
            if let limitSeconds {
                if ended.wait(timeout: .now() + .seconds(limitSeconds)) == .timedOut {
                    process.terminate()
                    ended.wait()
                }
            } else {
                ended.wait()
            }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            return Outcome(status: process.terminationStatus, text: read(log) ?? "", seconds: seconds)
        } catch {
            throw .toolFailed(name, status: -1, message: error.localizedDescription)
        }
    }
}
