/// Why a model library could not be built, loaded or addressed.
public enum CoSimError: Error, Equatable, Sendable {
    /// A tool is absent; `searched` says where it was looked for, `package` is the Debian package that has it.
    case toolMissing(name: String, searched: String, package: String)
    /// A tool ended with an error; `line` is its first error line.
    case toolFailed(name: String, task: String, line: String)
    case cacheUnusable(folder: String, reason: String)
    /// No folder can be chosen: none of HWGEN_CACHE, XDG_CACHE_HOME, HOME is set.
    case cacheUnknown
    case invalidSource(top: String, problem: String)
    /// The ports of the Verilog differ from the described ones.
    case portMismatch(top: String, port: String, described: String, found: String)
    case unknownPort(top: String, port: String, nearest: String?)
    case portStorage(top: String, port: String, width: Int, asked: String, allowed: String)
    case loadFailed(path: String, reason: String)
    case abiMismatch(path: String, found: UInt32, expected: UInt32)
    /// The model cannot be started.
    case createFailed(top: String, reason: String)
    /// The variant of the library lacks a feature; `option` is the build option that adds it.
    case notCompiledIn(top: String, feature: String, option: String)
    case fileUnusable(path: String, task: String)
    /// A record buffer is too short.
    case recordsTooShort(what: String, words: Int, needed: Int)
    case libraryMismatch(expected: String, found: String)
}

extension CoSimError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .toolMissing(let name, let searched, let package):
            "\(name) is not found (\(searched)); install it: sudo apt-get install \(package)"
        case .toolFailed(let name, let task, let line):
            "\(name) failed to \(task): \(line)"
        case .cacheUnusable(let folder, let reason):
            "cache folder '\(folder)' cannot be used: \(reason); set HWGEN_CACHE to a folder that can be written"
        case .cacheUnknown:
            "no cache folder: none of HWGEN_CACHE, XDG_CACHE_HOME and HOME is set; set HWGEN_CACHE"
        case .invalidSource(let top, let problem):
            "design '\(top)' cannot be simulated: \(problem)"
        case .portMismatch(let top, let port, let described, let found):
            "port '\(port)' of '\(top)' is described as \(described), the Verilog has \(found)"
        case .unknownPort(let top, let port, let nearest):
            "'\(top)' has no port '\(port)'" + (nearest.map { "; the nearest name is '\($0)'" } ?? "")
        case .portStorage(let top, let port, let width, let asked, let allowed):
            "port '\(port)' of '\(top)' has \(width) bits and cannot be used as \(asked); use \(allowed)"
        case .loadFailed(let path, let reason):
            "model library '\(path)' cannot be loaded: \(reason)"
        case .abiMismatch(let path, let found, let expected):
            "model library '\(path)' has interface version \(found), expected \(expected); remove it from the cache"
        case .createFailed(let top, let reason):
            "a model of '\(top)' cannot be started: \(reason)"
        case .notCompiledIn(let top, let feature, let option):
            "the library of '\(top)' is built without \(feature); build it with the option \(option)"
        case .fileUnusable(let path, let task):
            "cannot \(task) '\(path)'"
        case .recordsTooShort(let what, let words, let needed):
            "\(what) hold \(words) words, \(needed) are needed"
        case .libraryMismatch(let expected, let found):
            "the vectors were prepared for the library \(expected.prefix(12))…, not for \(found.prefix(12))…"
        }
    }
}
