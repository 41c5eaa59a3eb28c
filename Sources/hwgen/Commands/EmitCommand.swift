import HDL
import Hashing
import Verification
import Verilog

/// `hwgen emit`: a design's Verilog with the files that go with it.
enum EmitCommand {
    static let specification = CommandSpecification(
        name: "emit", summary: "write a design's Verilog, file lists, test bench, name map and manifest",
        details: "With --check nothing is written: the files are compared with those of the folder, and a difference "
            + "or a file too many is shown and ends with status 1. A folder that holds another design is left alone.",
        positionals: [DesignArguments.positional],
        options: DesignArguments.options + EmissionArguments.options + [
            OptionSpecification(
                "output", short: "o", .text, placeholder: "DIR", defaultNote: "the design's name",
                help: "folder of the files"),
            OptionSpecification("check", .flag, help: "compare with the folder instead of writing"),
        ],
        examples: [
            "hwgen emit dot-product-engine -o rtl",
            "hwgen emit sense-amplifier --set columns=128 --source-comments -o out/rtl",
            "hwgen emit dot-product-engine -o rtl --check",
        ])

    struct Report: Encodable {
        struct File: Encodable { let path, sha256: String }
        let design: String
        let files: [File]
        let nodes: Int
        let seconds: Double
        let checks: Int
        let warnings: [Warning]
        let differences: [String]
    }

    /// A finding that did not stop the elaboration.
    struct Warning: Encodable {
        struct Note: Encodable {
            let file: String
            let line: UInt
            let message: String
        }
        let file: String
        let line: UInt
        let module, message: String
        let notes: [Note]

        init(_ finding: Diagnostic) {
            file = "\(finding.location.file)"
            line = finding.location.line
            module = finding.module
            message = finding.message
            notes = finding.notes.map {
                Note(file: "\($0.location.file)", line: $0.location.line, message: $0.message)
            }
        }
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let arguments = try DesignArguments(command)
        return try run(arguments.pair, arguments, command, output)
    }

    private static func run<Pair: BlockPair>(
        _ pair: Pair.Type, _ arguments: DesignArguments, _ command: ParsedCommand, _ output: Output
    ) throws -> ExitStatus {
        let hardware = try arguments.hardware(pair)
        let options = try EmissionArguments.parse(command)
        let clock = ContinuousClock()
        let start = clock.now
        let checked = try CheckedDesign(pair, hardware, options)
        let seconds = (clock.now - start).seconds
        for warning in checked.design.warnings { output.note("\(warning)") }
        let files = try checked.files()
        let folder = command.optionalText("output") ?? arguments.name
        var differences: [FileDifference] = []
        if command.isGiven("check") {
            differences = files.differences(from: folder)
        } else {
            try files.write(to: folder)
        }
        let report = Report(
            design: arguments.name,
            files: files.files.map { Report.File(path: "\(folder)/\($0.name)", sha256: sha256($0.bytes)) },
            nodes: checked.nodeCount, seconds: seconds, checks: checked.emission.checks.count,
            warnings: checked.design.warnings.map(Warning.init), differences: differences.map(\.description))
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
