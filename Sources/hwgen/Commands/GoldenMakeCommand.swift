import Tools
import Learning
import Network
import Verification

/// `hwgen golden make`: writes golden vectors.
enum GoldenMakeCommand {
    static let specification = CommandSpecification(
        name: "golden make", summary: "write golden vectors of a design",
        details: "For dot-product-engine the vectors are real test images on a network file's layer, and its plain "
            + "Verilog test bench is written too; for any other design they are its random stimulus.",
        positionals: [DesignArguments.positional],
        options: DesignArguments.options + [
            OptionSpecification(
                "network", .text, placeholder: "FILE", default: "golden/demo.hwnet", help: "the engine's network"),
            OptionSpecification("images", .integer(1...100), default: "2", help: "test images, for the engine"),
            OptionSpecification("cycles", .integer(1...65_536), default: "1000", help: "cycles, for other designs"),
            OptionSpecification(
                "upset-rate", .real(0...1), default: "0.001", help: "probability of a sensed bit to read wrong"),
            OptionSpecification(
                "output", short: "o", .text, placeholder: "DIR", default: "golden", help: "folder of the vectors"),
            OptionSpecification(
                "testbenches", .text, placeholder: "DIR", default: "testbenches", help: "folder of the test bench"),
            .seed(),
        ],
        examples: ["hwgen golden make dot-product-engine", "hwgen golden make bank --cycles 500 -o out/golden"])

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let arguments = try DesignArguments(command)
        let isEngine = arguments.name == DotProductEnginePair.name
        for option in ["set", "config", "cycles"] {
            try OptionConflict.refuse(
                option, in: command, if: isEngine, "with dot-product-engine, which fits the network")
        }
        let folder = "\(try command.text("output"))/\(arguments.name)"
        let seed = try command.unsigned("seed")
        let rate = try command.real("upset-rate")
        var files: [(path: String, bytes: [UInt8])] = []
        if arguments.name == DotProductEnginePair.name {
            let network = try QuantizedNetwork(contentsOf: try command.text("network"))
            let images = try FashionMNIST.loadTest().prefix(try command.integer("images"))
            let made = try GoldenVectors.engineFiles(
                network, ActivationSet(images, bits: network.input.bits), seed: seed, upsetRate: rate,
                stimulus: "Fashion-MNIST test images 0 to \(images.count - 1) on network '\(network.name)'")
            files = made.map { ("\(folder)/\($0.name)", $0.bytes) }
            let bench = try GoldenVectors.engineTestbench(network)
            files.append(("\(try command.text("testbenches"))/\(bench.name)", Array(bench.text.utf8)))
        } else {
            let made = try random(arguments.pair, arguments, command, seed, rate)
            files = made.map { ("\(folder)/\($0.name)", $0.bytes) }
        }
        for file in files { try writeFile(file.path, file.bytes) }
        let report = GoldenReport(vectors: 1, mismatches: 0, files: files.map(\.path), first_mismatch: nil)
        try output.result(report, text: files.map(\.path).joined(separator: "\n"))
        return .done
    }

    private static func random<Pair: BlockPair>(
        _ pair: Pair.Type, _ arguments: DesignArguments, _ command: ParsedCommand, _ seed: UInt64, _ rate: Double
    ) throws -> [(name: String, bytes: [UInt8])] {
        try GoldenVectors.randomFiles(
            CheckedDesign(pair, arguments.hardware(pair)), cycles: command.integer("cycles"), seed: seed,
            upsetRate: rate)
    }
}

/// What the golden commands report.
struct GoldenReport: Encodable {
    /// Sets of vectors.
    let vectors: Int
    /// Sets with a difference.
    let mismatches: Int
    let files: [String]
    let first_mismatch: String?
}
