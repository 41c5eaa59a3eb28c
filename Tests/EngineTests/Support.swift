import CoSim
import Engine
import Foundation
import Golden
import Testing
import Verification

/// A folder for this run's model libraries and wave files, removed when the tests end.
enum Scratch {
    static let folder: String = {
        let path = NSTemporaryDirectory() + "hwgen-engine-tests-\(ProcessInfo.processInfo.processIdentifier)"
        setenv("HWGEN_CACHE", path + "/cache", 1)
        atexit { try? FileManager.default.removeItem(atPath: Scratch.folder) }
        return path
    }()
}

/// Root of the package, where rtl, golden and testbenches lie.
let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

/// A module with some parameters changed.
func with<M: ConfigurableModule>(_ changes: (inout M) -> Void) -> M {
    var module = M()
    changes(&module)
    return module
}

/// RTL and golden twin agree in every output of every cycle, for several seeds.
func expectAgreement<Pair: BlockPair>(
    _ pair: Pair.Type, _ hardware: Pair.Hardware, cycles: Int = 20_000, seeds: [UInt64] = [1, 2, 3],
    upsetRate: Double = 0, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    var settings = CoSimulationSettings()
    settings.cycles = cycles
    settings.upsetRate = upsetRate
    settings.outputFolder = Scratch.folder + "/out"
    let design = try CheckedDesign(pair, hardware)
    for seed in seeds {
        settings.seed = seed
        let result = try design.check(settings)
        #expect(
            result.mismatch == nil, "\(Pair.name) \(hardware), seed \(seed): \(String(describing: result.mismatch))",
            sourceLocation: sourceLocation)
        #expect(result.cycles == cycles, sourceLocation: sourceLocation)
    }
}

/// A block's model alone, driven by name.
final class Bench {
    let model: Model

    init<Pair: BlockPair>(_ pair: Pair.Type, _ hardware: Pair.Hardware) throws {
        _ = Scratch.folder
        model = try Model(ModelLibrary(source: CheckedDesign(pair, hardware).source))
        if model.library.ports.contains(where: { $0.name == "rst" }) {
            try self.set("rst", 1)
            try step()
            try self.set("rst", 0)
        }
    }

    func set(_ port: String, _ value: UInt64) throws { try model.setWords(of: port, to: [value]) }
    func set(_ port: String, words: [UInt64]) throws { try model.setWords(of: port, to: words) }

    /// The port's value with the inputs as they are.
    func get(_ port: String) throws -> UInt64 {
        try model.settle()
        return try model.words(of: port)[0]
    }

    /// All words of a wide port.
    func words(_ port: String) throws -> [UInt64] {
        try model.settle()
        return try model.words(of: port)
    }

    func step() throws {
        try model.settle()
        try model.edge()
    }
}
