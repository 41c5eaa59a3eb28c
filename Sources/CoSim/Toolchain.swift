import CCoSim
import Glibc
import Hashing

/// The Verilator and the C++ compiler that build model libraries.
public struct Toolchain: Hashable, Sendable {
    /// A program and the version text it gives.
    public struct Tool: Hashable, Sendable {
        public var path: String
        public var version: String
    }

    public var verilator: Tool
    public var compiler: Tool
    /// Options of optimisation and instruction set: HWGEN_CXXFLAGS, else best for this machine.
    public var compilerFlags: [String]

    /// Finds the tools: HWGEN_VERILATOR, else `verilator` in PATH; HWGEN_CXX, else the `clang++` beside the Swift
    /// compiler in PATH, else `clang++` or `g++` in PATH.
    ///
    /// - Parameter versions: A cache that remembers version texts, so that a later start runs no program.
    /// - Throws: `CoSimError.toolMissing`, `CoSimError.toolFailed`.
    public init(environment: [String: String] = processEnvironment(), versions: LibraryCache? = nil) throws(CoSimError)
    {
        let search = ToolSearch(environment: environment)
        let verilatorPath = try search.verilator()
        let compilerPath = try search.compiler()
        verilator = Tool(path: verilatorPath, version: try toolVersion(verilatorPath, name: "verilator", versions))
        compiler = Tool(path: compilerPath, version: try toolVersion(compilerPath, name: "the C++ compiler", versions))
        if let flags = environment["HWGEN_CXXFLAGS"] {
            compilerFlags = flags.split(whereSeparator: \.isWhitespace).map(String.init)
        } else {
            #if arch(arm64)
                compilerFlags = ["-O2", "-mcpu=native"]
            #else
                compilerFlags = ["-O2", "-march=native"]
            #endif
        }
    }

    var isClang: Bool { compiler.version.contains("clang") }
}

/// The environment of this process; of a name given twice the first value.
public func processEnvironment() -> [String: String] {
    var result: [String: String] = [:]
    guard var entry = cosim_environment() else { return result }
    while let text = entry.pointee {
        let line = String(cString: text)
        if let equals = line.firstIndex(of: "=") {
            let name = String(line[..<equals])
            if result[name] == nil { result[name] = String(line[line.index(after: equals)...]) }
        }
        entry += 1
    }
    return result
}

/// Where each tool is looked for.
struct ToolSearch {
    var environment: [String: String]

    func verilator() throws(CoSimError) -> String {
        if let path = try named("verilator", by: "HWGEN_VERILATOR", package: "verilator") { return path }
        guard let path = inPath("verilator") else {
            throw .toolMissing(name: "verilator", searched: "HWGEN_VERILATOR is not set, PATH", package: "verilator")
        }
        return path
    }

    func compiler() throws(CoSimError) -> String {
        if let path = try named("the C++ compiler", by: "HWGEN_CXX", package: "clang") { return path }
        for name in ["swiftc", "swift"] {
            guard let swift = inPath(name).flatMap(FileSystem.resolved) else { continue }
            let beside = FileSystem.folder(of: swift) + "/clang++"
            if FileSystem.isExecutable(beside) { return beside }
        }
        if let path = inPath("clang++") ?? inPath("g++") { return path }
        throw .toolMissing(
            name: "a C++ compiler", searched: "HWGEN_CXX is not set, beside the Swift compiler, PATH", package: "clang")
    }

    private func named(_ name: String, by variable: String, package: String) throws(CoSimError) -> String? {
        guard let path = environment[variable], !path.isEmpty else { return nil }
        if let found = path.contains("/") ? path : inPath(path), FileSystem.isExecutable(found) { return found }
        throw .toolMissing(name: name, searched: "\(variable)=\(path) is no program", package: package)
    }

    private func inPath(_ name: String) -> String? {
        let folders = (environment["PATH"] ?? "").split(separator: ":")
        return folders.map { $0 + "/" + name }.first(where: FileSystem.isExecutable)
    }
}

/// The first line of `path --version`, from the cache when the program has not changed since.
private func toolVersion(_ path: String, name: String, _ cache: LibraryCache?) throws(CoSimError) -> String {
    let memory = cache.flatMap { versionFile(of: path, in: $0) }
    if let memory, let bytes = try? FileSystem.read(memory), !bytes.isEmpty {
        return String(decoding: bytes, as: UTF8.self)
    }
    let temporary = processEnvironment()["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    var template = Array((temporary + "/hwgen-version-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
        throw .toolFailed(name: name, task: "tell its version", line: String(cString: strerror(errno)))
    }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { FileSystem.remove(folder) }
    let (child, code) = ToolProcess.start(
        [path, "--version"], in: folder, output: folder + "/output", errors: folder + "/errors")
    guard let child else {
        throw .toolFailed(name: name, task: "tell its version", line: String(cString: strerror(code)))
    }
    let status = child.wait()
    let text = String(decoding: (try? FileSystem.read(folder + "/output")) ?? [], as: UTF8.self)
    guard status == 0, let line = text.split(whereSeparator: \.isNewline).first else {
        let errors = String(decoding: (try? FileSystem.read(folder + "/errors")) ?? [], as: UTF8.self)
        throw .toolFailed(name: name, task: "tell its version", line: firstErrorLine(errors))
    }
    if let memory, (try? FileSystem.makeFolders(FileSystem.folder(of: memory))) != nil {
        // Beside and renamed: another process may read at this moment. A cache that cannot be written is told later.
        let beside = memory + ".\(getpid())"
        if (try? FileSystem.write(String(line), to: beside)) != nil { rename(beside, memory) }
        unlink(beside)
    }
    return String(line)
}

/// Where the version of a program is remembered, named by everything that changes when it is replaced.
///
/// A script is remembered only with the program that it is known to start: Debian's verilator and its verilator_bin.
private func versionFile(of path: String, in cache: LibraryCache) -> String? {
    guard let real = FileSystem.resolved(path), let identity = FileSystem.identity(real) else { return nil }
    var text = "\(path)\n\(real)\n\(identity)\n"
    let program = FileSystem.identity(real + "_bin")
    if let program { text += program }
    guard program != nil || startsAsProgram(real) else { return nil }
    return cache.folder + "/tools/" + sha256(text.utf8)
}

private func startsAsProgram(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var magic = [UInt8](repeating: 0, count: 4)
    return read(file, &magic, 4) == 4 && magic == [0x7f, 0x45, 0x4c, 0x46]
}
