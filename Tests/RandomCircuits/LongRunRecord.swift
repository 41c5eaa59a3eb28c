public import Foundation
import HDL

/// A batch of the long run: so many circuits that share one build.
public struct LongRunBatch: Sendable {
    public static let size = 200
    /// Circuits of one clock that are compared in CXXRTL too, of which the C++ compiler takes a second for each.
    public static let sizeInCXXRTL = 5

    public let seeds: Range<Int>

    /// The batch that begins with a seed.
    public init(from seed: Int, wanted: Int) { seeds = seed..<min(seed + LongRunBatch.size, wanted) }
}

/// The record of the long run, as a file in Markdown that is read again to go on.
public struct LongRunRecord {
    private let place: URL
    private var rows: [String] = []
    public private(set) var nextSeed = 0
    private var circuits = 0
    private var circuitsInCXXRTL = 0
    private var samples = 0
    private var disagreements = 0
    public private(set) var coverage = Coverage()

    public init(at place: URL) throws {
        self.place = place
        guard FileManager.default.fileExists(atPath: place.path) else { return }
        for line in try String(contentsOf: place, encoding: .utf8).split(separator: "\n") where line.hasPrefix("|") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            if let last = cells.first?.components(separatedBy: " to ").last.flatMap({ Int($0) }), cells.count > 4 {
                rows.append(String(line))
                nextSeed = last + 1
                circuits += Int(cells[1]) ?? 0
                circuitsInCXXRTL += Int(cells[2]) ?? 0
                samples += Int(cells[3]) ?? 0
                disagreements += Int(cells[4]) ?? 0
            } else if let operation = HDL.Operation.allCases.first(where: { "\($0)" == cells.first }) {
                for (width, cell) in zip(Recipe.widths, cells.dropFirst()) {
                    if let count = Int(cell), count > 0 { coverage.add(operation, width, count) }
                }
            } else if let function = cells.first.flatMap({ WordFunction(rawValue: $0) }) {
                for (width, cell) in zip(Recipe.widths, cells.dropFirst()) {
                    if let count = Int(cell), count > 0 { coverage.add(function, width, count) }
                }
            }
        }
    }

    public mutating func add(
        _ batch: LongRunBatch, inCXXRTL: Int, samples: Int, disagreements: Int, versions: String,
        _ coverage: Coverage
    ) {
        let seeds = batch.seeds
        rows.append(
            "| \(seeds.lowerBound) to \(seeds.upperBound - 1) | \(seeds.count) | \(inCXXRTL) | \(samples) | "
                + "\(disagreements) | \(versions) |")
        circuits += seeds.count
        circuitsInCXXRTL += inCXXRTL
        self.samples += samples
        self.disagreements += disagreements
        nextSeed = seeds.upperBound
        self.coverage = coverage
    }

    public func write() throws {
        let text = """
            # Random circuits

            `scripts/long-random-circuits` compares random circuits in the built-in simulator, Verilator and Icarus with an
            evaluation of their recipes over `BitVector`, and a few of them in CXXRTL. An X of Icarus is a disagreement. It goes on after the last seed
            of the first table; whoever changes what seeds draw removes this file, since the seeds then mean other circuits.

            Circuits: \(circuits), in CXXRTL too: \(circuitsInCXXRTL). Cycles of each: \(Trial.cycles).
            Output values compared in each simulator: \(samples). Disagreements: \(disagreements).

            ## Batches

            The circuits of a batch share one build of each simulator.

            | seeds | circuits | of them in CXXRTL | output values | disagreements | versions |
            |---|---:|---:|---:|---:|---|
            \(rows.joined(separator: "\n"))

            ## Nodes of each operation and width

            Nodes after constant folding. The width is that of the first operand; of the choices for `mux` and
            `select`, of the result for `concatenate`, of the signal for sources. A dash: there is no such node.

            \(coverage.table)

            ## Calls of each word function and width

            Functions of the language that are several nodes. The width is that of the first word; of the result for
            `oneHot`, the number of conditions for `allOf` and `anyOf`.

            \(coverage.functionTable)

            """
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: place)
    }
}

extension ComparedSimulator {
    /// What the tools call themselves.
    public static func versions() throws -> String {
        try withScratchFolder { folder in
            let verilator = try runTool("verilator", ["--version"], in: folder).split(separator: " ").prefix(2)
            let icarus = try runTool("iverilog", ["-V"], in: folder).split(separator: " ").prefix(4)
            let yosys = try runTool("yosys", ["-V"], in: folder).split(separator: " ").prefix(2)
            return [verilator, icarus, yosys].map { $0.joined(separator: " ") }.joined(separator: ", ")
        }
    }
}
