import Engine
import Verification

/// `hwgen list`: the designs and their parameters.
enum ListCommand {
    static let specification = CommandSpecification(
        name: "list", summary: "list the designs with their parameters",
        examples: ["hwgen list", "hwgen list --json"])

    struct Report: Encodable {
        struct Design: Encodable {
            let name: String
            let summary: String
            let parameters: [Parameter]
        }
        struct Parameter: Encodable {
            let name: String
            let `default`: Int
            let minimum: Int
            let maximum: Int
            let summary: String
        }
        let designs: [Design]
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let report = Report(designs: Catalog.designs.map { describe($0) })
        try output.result(report, text: text(report))
        return .done
    }

    private static func describe<Pair: BlockPair>(_ pair: Pair.Type) -> Report.Design {
        let defaults = Pair.Hardware()
        return Report.Design(
            name: Pair.name, summary: Pair.summary,
            parameters: Pair.Hardware.parameters.map {
                Report.Parameter(
                    name: $0.name, default: defaults[keyPath: $0.path], minimum: $0.range.lowerBound,
                    maximum: $0.range.upperBound, summary: $0.summary)
            })
    }

    private static func text(_ report: Report) -> String {
        var lines: [String] = []
        for design in report.designs {
            if !lines.isEmpty { lines.append("") }
            lines.append("\(design.name): \(design.summary)")
            lines.append("  \("parameter".padding(to: 18)) \("default".padding(to: 7)) allowed")
            for parameter in design.parameters {
                let name = parameter.name.padding(to: 18)
                let value = "\(parameter.default)".padding(to: 7)
                let range = "\(parameter.minimum) to \(parameter.maximum)".padding(to: 12)
                lines.append("  \(name) \(value) \(range) \(parameter.summary)")
            }
        }
        return lines.joined(separator: "\n")
    }
}

extension String {
    /// The text with spaces after it, so that it is `width` characters long at least.
    func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
