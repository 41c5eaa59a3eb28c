import Verification

/// `hwgen golden diff`: replays golden vectors on the Verilog as it is emitted now.
enum GoldenDiffCommand {
    static let specification = CommandSpecification(
        name: "golden diff", summary: "replay golden vectors and compare every output",
        positionals: [
            PositionalSpecification(
                "DESIGN", choices: Catalog.designs.map { $0.name }, isRequired: false,
                help: "the design; all vectors without it")
        ],
        options: [
            OptionSpecification(
                "sim", .choice(CoSimulationSettings.Simulator.allCases.map(\.rawValue)), default: "verilator",
                help: "the simulator"),
            OptionSpecification(
                "golden", .text, placeholder: "DIR", default: "golden", help: "folder of the vectors"),
            OptionSpecification(
                "output", short: "o", .text, placeholder: "DIR", default: "out", help: "folder for simulator runs"),
        ],
        examples: ["hwgen golden diff", "hwgen golden diff dot-product-engine --sim icarus"])

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let folder = try command.text("golden")
        let simulator = CoSimulationSettings.Simulator(rawValue: try command.text("sim")) ?? .verilator
        let names = command.optionalText("DESIGN").map { [$0] } ?? GoldenVectors.list(folder)
        guard !names.isEmpty else { throw GoldenFolderError(folder: folder) }
        var lines: [String] = []
        var mismatches: [String] = []
        for name in names {
            let vectors = try GoldenVectors(folder: "\(folder)/\(name)")
            guard vectors.manifest.design == name else { throw GoldenError.otherDesign(vectors.manifest.design) }
            if let found = try vectors.replay(in: simulator, outputFolder: try command.text("output")) {
                mismatches.append("\(name): \(found)")
                lines.append("\(name): MISMATCH in \(found)")
            } else {
                lines.append("\(name): \(grouped(vectors.manifest.cycles)) cycles agree in \(simulator.rawValue)")
            }
        }
        let report = GoldenReport(
            vectors: names.count, mismatches: mismatches.count, files: names.map { "\(folder)/\($0)" },
            first_mismatch: mismatches.first)
        try output.result(report, text: lines.joined(separator: "\n"))
        return mismatches.isEmpty ? .done : .checkFailed
    }
}

/// `hwgen golden list`: the sets of vectors in a folder.
enum GoldenListCommand {
    static let specification = CommandSpecification(
        name: "golden list", summary: "list the golden vectors",
        options: [
            OptionSpecification(
                "golden", .text, placeholder: "DIR", default: "golden", help: "folder of the vectors")
        ],
        examples: ["hwgen golden list"])

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let folder = try command.text("golden")
        let names = GoldenVectors.list(folder)
        let lines = try names.map { name in
            let manifest = try GoldenVectors(folder: "\(folder)/\(name)").manifest
            return "\(name): \(grouped(manifest.cycles)) cycles, \(manifest.stimulus)"
        }
        let report = GoldenReport(
            vectors: names.count, mismatches: 0, files: names.map { "\(folder)/\($0)" }, first_mismatch: nil)
        try output.result(report, text: lines.isEmpty ? "no vectors in \(folder)" : lines.joined(separator: "\n"))
        return .done
    }
}

/// A folder without golden vectors.
struct GoldenFolderError: Error, CustomStringConvertible {
    let folder: String
    var description: String { "no golden vectors in '\(folder)'; 'hwgen golden make' writes them" }
}
