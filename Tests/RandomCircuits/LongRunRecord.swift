public import Foundation
import HDL

/// The record of the long run, as a file in Markdown that is read again to go on.
public struct LongRunRecord {
    private let place: URL
    private var rows: [String] = []
    public private(set) var nextSeed = 0
    public private(set) var coverage = Coverage()

    public init(at place: URL) throws {
        self.place = place
        guard FileManager.default.fileExists(atPath: place.path) else { return }
        for line in try String(contentsOf: place, encoding: .utf8).split(separator: "\n") where line.hasPrefix("|") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            if let last = cells.first?.components(separatedBy: " to ").last.flatMap({ Int($0) }) {
                rows.append(String(line))
                nextSeed = last + 1
            } else if let operation = HDL.Operation.allCases.first(where: { "\($0)" == cells.first }) {
                for (width, cell) in zip(Recipe.widths, cells.dropFirst()) {
                    if let count = Int(cell), count > 0 { coverage.add(operation, width, count) }
                }
            }
        }
    }

    public mutating func add(
        _ seeds: Range<Int>, cycles: Int, samples: Int, disagreements: Int, versions: String, _ coverage: Coverage
    ) {
        rows.append(
            "| \(seeds.lowerBound) to \(seeds.upperBound - 1) | \(seeds.count) | \(cycles) | \(samples) | "
                + "\(disagreements) | \(versions) |")
        nextSeed = seeds.upperBound
        self.coverage = coverage
    }

    public func write() throws {
        let text = """
            # Random circuits

            `scripts/long-random-circuits` compares random circuits in the built-in simulator, Verilator and Icarus with an
            evaluation of their recipes over `BitVector`. It goes on after the last seed of the first table.

            Circuits: \(nextSeed).

            ## Batches

            | seeds | circuits | cycles | output values, for each simulator | disagreements | versions |
            |---|---:|---:|---:|---:|---|
            \(rows.joined(separator: "\n"))

            ## Nodes of each operation and width

            Nodes after constant folding. The width is that of the first operand; of the choices for `mux` and
            `select`, of the result for `concatenate`, of the signal for sources. A dash: there is no such node.

            \(coverage.table)

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
            return [verilator, icarus].map { $0.joined(separator: " ") }.joined(separator: ", ")
        }
    }
}
