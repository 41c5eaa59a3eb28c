import Glibc
import Testing

@testable import CoSim

@Suite struct CacheTests {
    /// A one-gate design whose text `tag` changes, so that each test has its own entry.
    static func gate(_ tag: String) -> ModelSource {
        Designs.source(
            "gate", [.input("a"), .output("y")], "// \(tag)\nmodule gate(input a, output y); assign y = ~a; endmodule\n"
        )
    }

    @Test("the second request is taken from the cache, nothing is built")
    func hit() throws {
        let source = Self.gate("hit")
        let first = try Shared.library(source)
        let second = try Shared.library(source)
        #expect(!first.wasCached && second.wasCached)
        #expect(first.path == second.path && first.key == second.key)
        #expect(FileSystem.list(Shared.cache.folder + "/" + first.key) == ["key.txt", "model.so", "model.so.sha256"])
    }

    @Test("the key changes with a byte of Verilog, a name, a port, a flag, a tool or the variant")
    func keys() throws {
        let toolchain = try Shared.toolchain.get()
        func key(_ source: ModelSource, _ toolchain: Toolchain, _ options: BuildOptions = BuildOptions()) -> String {
            var key = ContentKey(kind: "model", toolchain: toolchain, options: options, texts: SupportText.allCases)
            key.add(source, options)
            return key.hash
        }
        let source = Self.gate("a")
        var flags = toolchain
        flags.compilerFlags.append("-g")
        var version = toolchain
        version.verilator.version += "x"
        var compiler = toolchain
        compiler.compiler.version += "x"
        var renamed = source
        renamed.files[0].name = "other.v"
        var widened = source
        widened.ports[0].width = 2
        let variants = [
            BuildOptions(trace: true), BuildOptions(assertions: true), BuildOptions(randomReset: true),
            BuildOptions(coverage: true), BuildOptions(savable: true),
        ]
        let keys =
            [key(source, toolchain), key(Self.gate("b"), toolchain), key(renamed, toolchain), key(widened, toolchain)]
            + [key(source, flags), key(source, version), key(source, compiler)]
            + variants.map { key(source, toolchain, $0) }
        #expect(Set(keys).count == keys.count)
        #expect(key(source, toolchain) == key(source, toolchain))
    }

    @Test(
        "a damaged entry is built anew",
        arguments: ["truncated", "flipped", "digest missing", "library missing", "a file"])
    func damaged(how: String) throws {
        let source = Self.gate("damaged " + how)
        // Built, not loaded: a library that is mapped must not be cut.
        let builder = LibraryBuilder(
            toolchain: try Shared.toolchain.get(), options: BuildOptions(), cache: Shared.cache)
        let entry = try builder.library(of: source)
        let bytes = try FileSystem.read(entry.path)
        switch how {
        case "truncated": try FileSystem.write(Array(bytes.prefix(bytes.count / 2)), to: entry.path)
        case "flipped":
            var wrong = bytes
            wrong[wrong.count / 3] ^= 1
            try FileSystem.write(wrong, to: entry.path)
        case "digest missing": unlink(entry.path + ".sha256")
        case "library missing": unlink(entry.path)
        default:
            FileSystem.remove(FileSystem.folder(of: entry.path))
            try FileSystem.write("not a folder", to: FileSystem.folder(of: entry.path))
        }
        let library = try Shared.library(source)
        #expect(!library.wasCached)
        let model = try Model(library)
        try model.settle()
        #expect(try model.words(of: "y") == [1])
        #expect(try Shared.library(source).wasCached)
    }

    @Test("two builds of one key at once both succeed")
    func race() async throws {
        let source = Self.gate("race")
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<2 { group.addTask { try Shared.library(source).path } }
            var paths: Set<String> = []
            for try await path in group { paths.insert(path) }
            #expect(paths.count == 1)
        }
        #expect(try Shared.library(source).wasCached)
    }

    @Test("the folder is chosen by HWGEN_CACHE, then XDG_CACHE_HOME, then HOME")
    func folder() throws {
        let all = ["HWGEN_CACHE": "/a", "XDG_CACHE_HOME": "/b", "HOME": "/c"]
        #expect(try LibraryCache(environment: all).folder == "/a")
        #expect(try LibraryCache(environment: all.filter { $0.key != "HWGEN_CACHE" }).folder == "/b/hwgen")
        #expect(try LibraryCache(environment: ["HOME": "/c", "HWGEN_CACHE": ""]).folder == "/c/.cache/hwgen")
        #expect(
            message { _ = try LibraryCache(environment: [:]) }
                == "no cache folder: none of HWGEN_CACHE, XDG_CACHE_HOME and HOME is set; set HWGEN_CACHE")
    }

    @Test("a folder that cannot be made is one clear line")
    func unusable() throws {
        let file = temporaryFolder() + "/file"
        try FileSystem.write("", to: file)
        let toolchain = try Shared.toolchain.get()
        let text = message {
            _ = try ModelLibrary(
                source: Self.gate("unusable"), toolchain: toolchain, cache: LibraryCache(folder: file + "/cache"))
        }
        #expect(
            text == "cache folder '\(file)/cache' cannot be used: Not a directory; "
                + "set HWGEN_CACHE to a folder that can be written")
    }

    @Test("a full or read-only disk is one clear line and leaves nothing behind", arguments: ["full", "read-only"])
    func disk(kind: String) throws {
        let toolchain = try Shared.toolchain.get()
        let folder = temporaryFolder()
        let outcome = SmallDisk.run(at: folder, readOnly: kind == "read-only") {
            let text = message {
                _ = try ModelLibrary(
                    source: Self.gate("disk"), toolchain: toolchain, cache: LibraryCache(folder: folder + "/cache"))
            }
            return (text, FileSystem.list(folder + "/cache"))
        }
        guard let outcome else {
            print("skipped: this system does not allow a private mount, the \(kind) disk is not tried")
            return
        }
        let reason = kind == "full" ? "No space left on device" : "Read-only file system"
        #expect(
            outcome.0 == "cache folder '\(folder)/cache' cannot be used: \(reason); "
                + "set HWGEN_CACHE to a folder that can be written")
        #expect(outcome.1 == [])
    }
}

/// A disk of 64 KiB that only one thread sees.
enum SmallDisk {
    typealias Outcome = (String?, [String])

    private final class Work {
        let folder: String
        let readOnly: Bool
        let body: () -> Outcome
        var outcome: Outcome?

        init(_ folder: String, _ readOnly: Bool, _ body: @escaping () -> Outcome) {
            self.folder = folder
            self.readOnly = readOnly
            self.body = body
        }

        func perform() {
            // CLONE_NEWNS, and MS_PRIVATE | MS_REC; Swift's view of the C library leaves unshare out.
            let newNamespace: Int32 = 0x0002_0000
            let privateAndBelow: UInt = 1 << 18 | 1 << 14
            guard let symbol = dlsym(nil, "unshare") else { return }
            let unshare = unsafeBitCast(symbol, to: (@convention(c) (Int32) -> Int32).self)
            guard unshare(newNamespace) == 0, mount("none", "/", nil, privateAndBelow, nil) == 0,
                mount("tmpfs", folder, "tmpfs", readOnly ? 1 : 0, "size=64k") == 0
            else { return }
            outcome = body()
            umount(folder)
        }
    }

    /// What `body` returns, nil when the system does not allow such a disk.
    static func run(at folder: String, readOnly: Bool, _ body: @escaping () -> Outcome) -> Outcome? {
        let work = Work(folder, readOnly, body)
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(work).toOpaque()
        pthread_create(
            &thread, nil,
            { argument in
                argument.map { Unmanaged<Work>.fromOpaque($0).takeRetainedValue().perform() }
                return nil
            }, argument)
        pthread_join(thread, nil)
        return work.outcome
    }
}
