import Hashing
import Verification
import Verilog

/// `hwgen emit`: a design's Verilog with the files that go with it.
enum EmitCommand {
    static let specification = CommandSpecification(
        name: "emit", summary: "write a design's Verilog, file lists, name map and manifest",
        details: "With --check nothing is written: the files are compared with those of the folder, and a difference "
            + "is shown and ends with status 1.",
        positionals: [DesignArguments.positional],
        options: DesignArguments.options + [
            OptionSpecification(
                "output", short: "o", .text, placeholder: "DIR", default: "rtl", help: "folder of the files"),
            OptionSpecification("check", .flag, help: "compare with the folder instead of writing"),
        ],
        examples: [
            "hwgen emit dot-product-engine -o rtl", "hwgen emit sense-amplifier --set columns=128 -o out/rtl",
            "hwgen emit dot-product-engine -o rtl --check",
        ])

    struct Report: Encodable {
        struct File: Encodable { let path, sha256: String }
        let design: String
        let files: [File]
        let nodes: Int
        let seconds: Double
        let differences: [String]
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let arguments = try DesignArguments(command)
        return try run(arguments.pair, arguments, command, output)
    }

    private static func run<Pair: BlockPair>(
        _ pair: Pair.Type, _ arguments: DesignArguments, _ command: ParsedCommand, _ output: Output
    ) throws -> ExitStatus {
        let hardware = try arguments.hardware(pair)
        let clock = ContinuousClock()
        let start = clock.now
        let design = try CheckedDesign(pair, hardware)
        let seconds = (clock.now - start).seconds
        let files = try design.files()
        let folder = try command.text("output")
        var differences: [FileDifference] = []
        if command.isGiven("check") {
            differences = files.differences(from: folder)
        } else {
            try files.write(to: folder)
        }
        let report = Report(
            design: arguments.name,
            files: files.files.map { Report.File(path: "\(folder)/\($0.name)", sha256: sha256($0.bytes)) },
            nodes: design.nodeCount, seconds: seconds, differences: differences.map(\.description))
        try output.result(report, text: text(report, isCheck: command.isGiven("check")))
        return differences.isEmpty ? .done : .checkFailed
    }

    private static func text(_ report: Report, isCheck: Bool) -> String {
        if isCheck {
            return report.differences.isEmpty
                ? "\(report.design): \(report.files.count) files are as they should be"
                : report.differences.joined(separator: "\n")
        }
        let paths = report.files.map { "  \($0.path)" }.joined(separator: "\n")
        return "\(report.design): \(report.nodes) nodes, \(decimal(report.seconds * 1000, 1)) ms\n\(paths)"
    }
}
