import Tools
import CoSim
import Engine
import Foundation
import Hashing

/// Golden vectors of a design: what drives it in each cycle and what the golden model answers, as `$readmemh` files
/// with a manifest of what they came from.
public struct GoldenVectors: Sendable {
    /// What is known of the vectors; `manifest.json` in their folder.
    public struct Manifest: Codable, Sendable, Equatable {
        public struct File: Codable, Sendable, Equatable {
            public let path: String
            public let sha256: String
        }
        public let design: String
        public let parameters: [String: Int]
        public let cycles: Int
        public let seed: UInt64
        public let upset_rate: Double
        /// Where the stimulus comes from.
        public let stimulus: String
        public let files: [File]
    }

    public let manifest: Manifest
    public let folder: String
    static let inputsName = "inputs.hex"
    static let expectedName = "expected.hex"

    /// Reads a folder of vectors; each file must be what the manifest says.
    /// - Throws: `GoldenError`, `FileError`.
    public init(folder: String) throws {
        let path = "\(folder)/manifest.json"
        let bytes = try readFile(path)
        guard let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(bytes)) else {
            throw GoldenError.manifest(path)
        }
        self.manifest = manifest
        self.folder = folder
        let isWhole = [Self.inputsName, Self.expectedName].allSatisfy { name in
            manifest.files.contains { $0.path == name }
        }
        guard manifest.cycles > 0, isWhole else { throw GoldenError.manifest(path) }
        for file in manifest.files {
            let found = sha256(try readFile("\(folder)/\(file.path)"))
            if found != file.sha256 {
                throw GoldenError.changed("\(folder)/\(file.path)", found: found, expected: file.sha256)
            }
        }
    }

    /// The files of a set of vectors, the manifest last; nothing is written.
    static func files<Pair: BlockPair>(
        _ design: CheckedDesign<Pair>, inputs: [UInt64], expected: [UInt64], cycles: Int, seed: UInt64,
        upsetRate: Double, stimulus: String
    ) throws -> [(name: String, bytes: [UInt8])] {
        let bench = ReplayTestbench(design.source)
        var files: [(name: String, bytes: [UInt8])] = [
            (inputsName, bench.hexLines(inputs, direction: .input, cycles: cycles)),
            (expectedName, bench.hexLines(expected, direction: .output, cycles: cycles)),
        ]
        let manifest = Manifest(
            design: Pair.name,
            parameters: Dictionary(
                Pair.Hardware.parameters.map { ($0.name, design.hardware[keyPath: $0.path]) },
                uniquingKeysWith: { $1 }),
            cycles: cycles, seed: seed, upset_rate: upsetRate, stimulus: stimulus,
            files: files.map { Manifest.File(path: $0.name, sha256: sha256($0.bytes)) })
        files.append(("manifest.json", try json(manifest)))
        return files
    }

    /// Folders of vectors below a folder, by name.
    public static func list(_ folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/manifest.json") }
    }

    /// Replays the vectors on the design as it is emitted now.
    /// - Returns: The first difference; nil when every output of every cycle agrees.
    public func replay(in simulator: CoSimulationSettings.Simulator, outputFolder: String) throws -> OutputMismatch? {
        guard let pair = Catalog.design(named: manifest.design) else { throw GoldenError.design(manifest.design) }
        return try replay(pair, simulator, outputFolder)
    }

    private func replay<Pair: BlockPair>(
        _ pair: Pair.Type, _ simulator: CoSimulationSettings.Simulator, _ outputFolder: String
    ) throws -> OutputMismatch? {
        var hardware = Pair.Hardware()
        for (name, value) in manifest.parameters.sorted(by: { $0.key < $1.key }) { try hardware.set(name, to: value) }
        let source = try CheckedDesign(pair, hardware).source
        let bench = ReplayTestbench(source)
        let inputs = try records(Self.inputsName, bench, .input)
        let expected = try records(Self.expectedName, bench, .output)
        if simulator == .icarus {
            let replay = IcarusReplay(source: source, folder: "\(outputFolder)/icarus-\(source.top)")
            let folder = URL(fileURLWithPath: folder).path
            return try replay.run(
                inputs: "\(folder)/\(Self.inputsName)", expected: "\(folder)/\(Self.expectedName)",
                cycles: manifest.cycles, testbench: Array(bench.text.utf8)
            ).mismatch
        }
        let library = try ModelLibrary(source: source)
        let model = try Model(library)
        let reset = try ResetSequence(source)
        try reset.apply(to: model)
        guard let found = try model.check(inputs: inputs, expected: expected, cycles: manifest.cycles) else {
            return nil
        }
        let port = library.ports[found.port]
        let layout = library.outputs
        let start = found.cycle * layout.words + (layout[port.name]?.word ?? 0)
        return OutputMismatch(
            cycle: found.cycle, port: port.name,
            expected: hexadecimal(Array(expected[start..<start + port.recordWords]), width: port.width),
            actual: hexadecimal(try model.words(of: port.name), width: port.width))
    }

    private func records(
        _ name: String, _ bench: ReplayTestbench, _ direction: PortDescription.Direction
    ) throws -> [UInt64] {
        let path = "\(folder)/\(name)"
        guard let records = bench.records(try readFile(path), direction: direction, cycles: manifest.cycles) else {
            throw GoldenError.vectors(path, cycles: manifest.cycles)
        }
        return records
    }
}

/// Vectors that cannot be used.
public enum GoldenError: Error, Equatable, Sendable, CustomStringConvertible {
    case manifest(String)
    case changed(String, found: String, expected: String)
    case design(String)
    case otherDesign(String)
    case vectors(String, cycles: Int)

    public var description: String {
        switch self {
        case .manifest(let path): "\(path): is not a manifest of golden vectors"
        case .changed(let path, let found, let expected):
            "\(path): is not the file of the manifest: SHA-256 \(found.prefix(12))… found, \(expected.prefix(12))… expected"
        case .design(let name): "the vectors are for design '\(name)', which there is not; see 'hwgen list'"
        case .otherDesign(let name): "the vectors are for design '\(name)', which is not the one asked for"
        case .vectors(let path, let cycles): "\(path): is not \(cycles) lines of hexadecimal digits of the ports' width"
        }
    }
}

/// Two cycles of reset with every other input zero, before the first vector.
struct ResetSequence {
    private let record: [UInt64]
    private let hasReset: Bool

    init(_ source: ModelSource) throws {
        let layout = RecordLayout(source.ports, .input)
        var record = [UInt64](repeating: 0, count: max(1, layout.words))
        if let slot = layout["rst"] { record[slot.word] = 1 }
        self.record = record
        hasReset = layout["rst"] != nil
    }

    func apply(to model: Model) throws {
        _ = try model.run(inputs: record + record, cycles: hasReset ? 2 : 0)
    }
}
