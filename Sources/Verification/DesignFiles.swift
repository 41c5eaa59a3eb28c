import CoSim
import Engine
import Foundation
import HDL
import Hashing
public import Verilog

/// The files that a design is handed over as: Verilog, lists for tools, names, places, a test bench, and a manifest with
/// hashes.
public struct DesignFiles: Sendable {
    /// Name on the command line.
    public let design: String
    /// Name of the manifest, which says what a folder holds.
    public let manifestName: String
    /// Each with its path relative to the folder; the manifest last.
    public let files: [Emission.File]

    /// Cycles of random stimulus that the test bench replays: enough for the engine to be loaded and to give sums.
    static let benchCycles = 500
    /// Folder of what is for simulation only.
    static let simulationFolder = "sim"

    init<Pair: BlockPair>(_ checked: CheckedDesign<Pair>) throws {
        let emission = checked.emission
        let models = emission.simulationSources.map {
            Emission.File(name: "\(Self.simulationFolder)/\($0.name)", bytes: $0.bytes)
        }
        let bench = try Self.testbench(checked)
        let target = SimulationTarget(
            toplevel: bench.module, sources: bench.sources.map(\.name) + models.map(\.name),
            data: bench.data.map(\.name), plusArguments: bench.plusArguments)
        var files = emission.modules + models + bench.sources + bench.data
        files += [emission.fileList, emission.verilatorFileList]
        files += [emission.fuseSoCCore(simulation: target), emission.sourceMap]
        files += emission.enumFilters
        if let formal = emission.symbiYosysFile(checked.design, models: models.map(\.name)) { files.append(formal) }
        files.append(
            Emission.File(name: "\(emission.top).names.json", bytes: try json(emission.names.map(Name.init))))
        files += try Pair.documents(of: checked.hardware)
        let parameters = Pair.Hardware.parameters.map { ($0.name, checked.hardware[keyPath: $0.path]) }
        let manifest = Manifest(
            design: Pair.name, top: emission.top, parameters: Dictionary(uniqueKeysWithValues: parameters),
            options: Manifest.Options(checked.options),
            files: files.map { Manifest.File(path: $0.name, sha256: sha256($0.bytes)) })
        manifestName = "\(emission.top).manifest.json"
        files.append(Emission.File(name: manifestName, bytes: try json(manifest)))
        design = Pair.name
        self.files = files
    }

    /// The test bench that replays random stimulus and compares with the golden model's answers.
    private static func testbench<Pair: BlockPair>(
        _ checked: CheckedDesign<Pair>
    ) throws -> (
        module: String, sources: [Emission.File], data: [Emission.File],
        plusArguments: [(name: String, value: SimulationTarget.Value)]
    ) {
        var stream = try checked.vectors(seed: 1, upsetRate: 0)
        let (inputs, expected, cycles) = stream.prepare(cycles: benchCycles)
        let bench = ReplayTestbench(checked.source)
        let (inputsName, expectedName) = ("\(checked.source.top)_inputs.hex", "\(checked.source.top)_expected.hex")
        return (
            bench.name, [Emission.File(name: "\(simulationFolder)/\(bench.name).v", bytes: Array(bench.text.utf8))],
            [
                Emission.File(
                    name: "\(simulationFolder)/\(inputsName)",
                    bytes: bench.hexLines(inputs, direction: .input, cycles: cycles)),
                Emission.File(
                    name: "\(simulationFolder)/\(expectedName)",
                    bytes: bench.hexLines(expected, direction: .output, cycles: cycles)),
            ],
            [("inputs", .text(inputsName)), ("expected", .text(expectedName)), ("cycles", .number(cycles))]
        )
    }

    /// A signal in the name map.
    private struct Name: Encodable {
        struct Enum: Encodable {
            struct Case: Encodable { let name, code: String }
            let name: String
            let cases: [Case]
        }
        let module, signal, verilog: String
        let width: Int
        let `enum`: Enum?

        init(_ name: EmittedName) {
            module = name.module
            signal = name.signal
            verilog = name.verilog
            width = name.width
            `enum` = name.enumeration.map { enumeration in
                Enum(
                    name: enumeration.name,
                    cases: enumeration.cases.map { Enum.Case(name: $0.name, code: "\($0.code)") })
            }
        }
    }

    struct Manifest: Codable {
        struct File: Codable { let path, sha256: String }
        struct Options: Codable {
            let popcount: String
            let power_up_values, source_comments: Bool

            init(_ options: EmissionOptions) {
                popcount = options.popcount.rawValue
                power_up_values = options.powerUpValues
                source_comments = options.sourceComments
            }
        }
        let design, top: String
        let parameters: [String: Int]
        let options: Options
        let files: [File]
    }
}

/// A value as JSON with sorted keys, so that equal values are equal bytes.
func json(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")]
}

extension CheckedDesign {
    /// The design's files, its parameters and the options of the emission named in the manifest.
    public func files() throws -> DesignFiles { try DesignFiles(self) }
}
