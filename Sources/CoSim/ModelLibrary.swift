import CCoSim
import Glibc

/// A loaded model library: one design in one variant. It stays loaded until the process ends.
public final class ModelLibrary: Sendable {
    public let top: String
    public let path: String
    /// The content key of the library in the cache.
    public let key: String
    /// Whether the library was taken from the cache, nothing built.
    public let wasCached: Bool
    /// All ports in declaration order, the clock too.
    public let ports: [PortDescription]
    public let inputs: RecordLayout
    public let outputs: RecordLayout
    @usableFromInline nonisolated(unsafe) let api: UnsafePointer<cosim_api>

    /// Builds the library of `source`, or takes it from the cache, and loads it.
    ///
    /// - Parameters:
    ///   - toolchain: nil to find the tools by the environment.
    ///   - cache: nil to find the folder by the environment.
    /// - Throws: `CoSimError`.
    public convenience init(
        source: ModelSource, options: BuildOptions = BuildOptions(), toolchain: Toolchain? = nil,
        cache: LibraryCache? = nil
    ) throws {
        try source.validate()
        let cache = try cache ?? LibraryCache()
        let toolchain = try toolchain ?? Toolchain(versions: cache)
        let built = try LibraryBuilder(toolchain: toolchain, options: options, cache: cache).library(of: source)
        try self.init(path: built.path, key: built.key, wasCached: built.cached, ports: source.ports, top: source.top)
    }

    /// Loads the library at `path`, whose ports must be those described.
    init(path: String, key: String, wasCached: Bool, ports: [PortDescription], top: String) throws(CoSimError) {
        guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw .loadFailed(path: path, reason: dlerror().map { String(cString: $0) } ?? "unknown")
        }
        guard let symbol = dlsym(library, "cosim_entry") else {
            throw .loadFailed(path: path, reason: "it does not export cosim_entry")
        }
        // The one symbol of the interface has this type by definition.
        let entry = unsafeBitCast(symbol, to: cosim_entry_function.self)
        guard let api = entry() else { throw .loadFailed(path: path, reason: "cosim_entry returns nothing") }
        guard api.pointee.abi == COSIM_ABI else {
            throw .abiMismatch(path: path, found: api.pointee.abi, expected: COSIM_ABI)
        }
        guard Int(api.pointee.n_ports) == ports.count else {
            throw .loadFailed(path: path, reason: "it has \(api.pointee.n_ports) ports, described are \(ports.count)")
        }
        self.api = api
        self.top = top
        self.path = path
        self.key = key
        self.wasCached = wasCached
        self.ports = ports
        inputs = RecordLayout(ports, .input)
        outputs = RecordLayout(ports, .output)
    }

    /// Index of a port among all ports.
    ///
    /// - Throws: `CoSimError.unknownPort` with the nearest name.
    public func index(of name: String) throws(CoSimError) -> Int {
        guard let index = ports.firstIndex(where: { $0.name == name }) else {
            throw .unknownPort(top: top, port: name, nearest: nearestName(to: name, in: ports.map(\.name)))
        }
        return index
    }
}
