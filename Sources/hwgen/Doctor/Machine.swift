import Foundation

/// What the doctor may ask of the machine; tests give it another environment.
struct Machine: Sendable {
    let environment: [String: String]
    /// Folders that hold headers.
    let includeFolders: [String]

    /// A program that does not answer within this time counts as one without a version.
    static let timeoutSeconds = 10.0

    init(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        includeFolders: [String] = ["/usr/local/include", "/usr/include"] + Machine.multiarchFolders
    ) {
        self.environment = environment
        self.includeFolders = includeFolders
    }

    /// Debian's folders of headers that differ by processor.
    private static let multiarchFolders = ["x86_64", "aarch64"].map { "/usr/include/\($0)-linux-gnu" }

    /// Where a program is: a name with a slash is a path, anything else is looked for on PATH.
    func find(program name: String) -> String? {
        if name.contains("/") { return isExecutable(name) ? name : nil }
        let folders = environment["PATH", default: ""].split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first(where: isExecutable)
    }

    func find(header name: String) -> String? {
        includeFolders.map { "\($0)/\(name)" }.first { FileManager.default.fileExists(atPath: $0) }
    }

    private func isExecutable(_ path: String) -> Bool {
        var isFolder = ObjCBool(false)
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
            && FileManager.default.isExecutableFile(atPath: path)
    }

    /// What a program prints on both of its outputs; nil when it cannot be run, fails or hangs.
    func output(of program: String, _ arguments: [String]) -> String? {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        let hasEnded = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in hasEnded.signal() }
        guard (try? process.run()) != nil else { return nil }
        guard hasEnded.wait(timeout: .now() + Self.timeoutSeconds) == .success else {
            process.terminate()
            return nil
        }
        guard process.terminationStatus == 0, let data = try? pipe.fileHandleForReading.readToEnd() else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    /// The versions of those of some Debian packages that are installed; empty where there is no dpkg.
    func packageVersions(_ packages: [String]) -> [String: String] {
        guard let dpkg = find(program: "dpkg-query") else { return [:] }
        // It fails when one package is unknown, and still prints the others: so the status is asked of a shell's `true`.
        let format = "${db:Status-Abbrev} ${Package} ${Version}\\n"
        let command = ["-c", "\"$@\" 2>/dev/null || true", "sh", dpkg, "-W", "-f", format]
        guard let shell = find(program: "sh"), let text = output(of: shell, command + packages) else { return [:] }
        var versions: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count == 3, words[0] == "ii" { versions[String(words[1])] = String(words[2]) }
        }
        return versions
    }
}
