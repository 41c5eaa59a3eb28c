import Tools
import Formal
import Foundation
import HDL
import Verification

/// `hwgen formal`: proofs of a design's properties.
enum FormalCommand {
    static let specification = CommandSpecification(
        name: "formal", summary: "prove a design's properties by yosys-smtbmc and z3",
        details: "A property that holds in every reachable state is 'proved'; one that was only searched 'holds to "
            + "depth'. A counterexample, and a run that reaches a cover, is written as waves and as the inputs of every cycle. "
            + "The status is 1 when a property fails, and when one is not decided.",
        positionals: [
            PositionalSpecification(
                "DESIGN", choices: ProofCatalog.designs.map(\.name),
                help: ProofCatalog.designs.map { "\($0.name): \($0.summary)" }.joined(separator: "; "))
        ],
        options: [
            OptionSpecification(
                "depth", .integer(1...1000), defaultNote: "the design's own", help: "steps of the bounded search"),
            OptionSpecification(
                "induction-depth", .integer(0...999), defaultNote: "the design's own",
                help: "steps that induction starts from; less than the depth"),
            OptionSpecification(
                "cover-depth", .integer(1...1000), defaultNote: "the design's own",
                help: "steps in which covers are looked for"),
            OptionSpecification("time-limit", .integer(1...86_400), default: "300", help: "seconds of one solver run"),
            OptionSpecification(
                "output", short: "o", .text, placeholder: "DIR", help: "folder for waves and inputs of the runs found"),
        ],
        examples: ["hwgen formal sparse-skip-controller", "hwgen formal stream-fifo --depth 12 -o out/proof"])

    struct Report: Encodable {
        struct Property: Encodable {
            let name, kind, file: String
            let line: Int
            let verdict: String
            let depth: Int
            let seconds: Double
            /// Files of the run that shows it.
            let wave, stimulus: String?
        }
        let design: String
        let properties: [Property]
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let name = try command.text("DESIGN")
        guard let design = ProofCatalog.designs.first(where: { $0.name == name }) else {
            throw DesignError.unknown(name)
        }
        var options = design.options
        if command.isGiven("depth") {
            options.depth = try command.integer("depth")
            options.inductionDepth = min(options.inductionDepth, options.depth - 1)
        }
        if command.isGiven("cover-depth") { options.coverDepth = try command.integer("cover-depth") }
        if command.isGiven("induction-depth") { options.inductionDepth = try command.integer("induction-depth") }
        options.secondsPerRun = try command.integer("time-limit")
        let elaborated = try design.elaborate()
        output.note("Proving \(name): \(design.summary)")
        let proof = try ProofRunner(options).prove(elaborated)
        let folder = command.optionalText("output")
        let properties = try proof.properties.map { try property($0, folder) }
        let report = Report(design: name, properties: properties)
        try output.result(report, text: text(report))
        return proof.hasFailures || properties.contains { undecided.contains($0.verdict) } ? .checkFailed : .done
    }

    private static let undecided = [Verdict.unknown.rawValue, Verdict.unreached.rawValue]

    private static func property(_ result: PropertyResult, _ folder: String?) throws -> Report.Property {
        var wave: String?
        var stimulus: String?
        if let folder, let trace = result.trace {
            let name = result.name.replacingOccurrences(of: "/", with: "_")
            wave = "\(folder)/\(name).vcd"
            stimulus = "\(folder)/\(name).json"
            try writeFile("\(folder)/\(name).vcd", Array(trace.waves.utf8))
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try writeFile("\(folder)/\(name).json", Array(try encoder.encode(trace.stimulus)))
        }
        return Report.Property(
            name: result.name, kind: result.kind.rawValue, file: result.file, line: result.line,
            verdict: result.verdict.rawValue, depth: result.depth, seconds: result.seconds, wave: wave,
            stimulus: stimulus)
    }

    private static func text(_ report: Report) -> String {
        let width = report.properties.map(\.name.count).max() ?? 0
        let lines = report.properties.map { property in
            let verdict = property.verdict.padding(to: 14)
            let place = "\(property.file):\(property.line)"
            let run = property.wave.map { "  \($0)" } ?? ""
            return "\(property.kind.padding(to: 6)) \(property.name.padding(to: width))  \(verdict) "
                + "depth \("\(property.depth)".padding(to: 3)) \(place)\(run)"
        }
        return lines.joined(separator: "\n")
    }
}
