import Foundation
import Verilog

/// Finds the check that belongs to a cell of yosys by the file and line in the cell's name.
///
/// `$flatten/subject./fifo.$assert$stream_fifo.v:41$7` is a check of instance `fifo`, the one in whose named block line 41
/// of its module's file lies.
struct CheckPlaces {
    private struct Block {
        let line: Int
        let label: String
    }
    /// Named blocks of each file, by their first line.
    private var blocks: [String: [Block]] = [:]
    private var checks: [String: Int] = [:]
    private var occurrences: [String: Int] = [:]

    init(_ problem: ProofProblem) {
        for file in problem.files {
            var found: [Block] = []
            let text = String(decoding: file.bytes, as: UTF8.self)
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                guard let mark = line.range(of: "begin : ") else { continue }
                found.append(Block(line: number + 1, label: String(line[mark.upperBound...].prefix { $0 != " " })))
            }
            blocks[file.name] = found
        }
        for (index, check) in problem.checks.enumerated() { checks["\(check.module) \(check.block)"] = index }
        for (index, occurrence) in problem.occurrences.enumerated() { occurrences[occurrence.path] = index }
    }

    /// The property of a cell; nil for one that is no check of the description.
    func property(ofCell name: String, instance: String) -> ProofModel.Property? {
        for kind in ["$assert$", "$assume$", "$cover$"] {
            guard let mark = name.range(of: kind, options: .backwards) else { continue }
            let place = name[mark.upperBound...].prefix { $0 != "$" }
            guard let colon = place.lastIndex(of: ":"), let line = Int(place[place.index(after: colon)...]) else {
                return nil
            }
            let file = String(place[..<colon])
            let module = file.hasSuffix(".v") ? String(file.dropLast(2)) : file
            let parts = name[..<mark.lowerBound].split(separator: ".").map { part in
                String(part).replacing("$flatten", with: "").filter { $0 != "/" && $0 != "\\" }
            }
            guard parts.first == instance, let label = blocks[file]?.last(where: { $0.line <= line })?.label,
                let check = checks["\(module) \(label)"],
                let occurrence = occurrences[parts.dropFirst().joined(separator: ".")]
            else { return nil }
            return ProofModel.Property(check: check, occurrence: occurrence)
        }
        return nil
    }
}
