import Glibc
import Synchronization

@testable import CoSim

/// What all tests of a run share: one toolchain, one cache in a temporary folder of its own.
enum Shared {
    static let folder = temporaryFolder()
    static let cache = LibraryCache(folder: folder + "/cache")
    static let toolchain = Result { try Toolchain(versions: cache) }

    /// The library of `source` in the shared cache.
    static func library(_ source: ModelSource, _ options: BuildOptions = BuildOptions()) throws -> ModelLibrary {
        try ModelLibrary(source: source, options: options, toolchain: try toolchain.get(), cache: cache)
    }

    static func model(_ source: ModelSource, _ options: BuildOptions = BuildOptions()) throws -> Model {
        try Model(try library(source, options))
    }
}

/// A new folder that is removed when the process ends.
func temporaryFolder() -> String {
    let place = getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir
    var template = Array((place + "/hwgen-tests-XXXXXX").utf8CString)
    _ = mkdtemp(&template)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    TemporaryFolders.add(path)
    return path
}

private enum TemporaryFolders {
    private static let paths = Mutex<[String]>([])
    private static let registered: Void = {
        atexit { TemporaryFolders.removeAll() }
    }()

    static func add(_ path: String) {
        _ = registered
        paths.withLock { $0.append(path) }
    }

    private static func removeAll() {
        for path in paths.withLock({ $0 }) { FileSystem.remove(path) }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014), for stimulus.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// Random words of a value of `width` bits, the bits above it zero.
    mutating func words(_ width: Int) -> [UInt64] {
        var words = (0..<(width + 63) / 64).map { _ in next() }
        if width % 64 != 0 { words[words.count - 1] &= (1 << UInt64(width % 64)) - 1 }
        return words
    }

    /// Random packed records.
    mutating func records(_ layout: RecordLayout, _ count: Int) -> [UInt64] {
        (0..<count).flatMap { _ in layout.slots.flatMap { words($0.port.width) } }
    }
}
