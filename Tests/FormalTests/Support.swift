import Foundation
import Formal
import HDL
import Verilog

/// A problem in hand-written Verilog; its checks are the blocks named `check_…`, at the line of the text.
func problem(
    _ top: String, _ modules: [String: String], inputs: [(String, Int)] = [],
    clocks: [ProofProblem.Clock] = [ProofProblem.Clock(domain: "main", port: "clk", reset: "rst")],
    occurrences: [(path: String, module: String)] = [], hasOneClock: Bool = true
) -> ProofProblem {
    let names = modules.keys.sorted()
    var checks: [ProofProblem.Check] = []
    for module in names {
        let lines = (modules[module] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            guard let label = line.split(separator: " ").last, label.hasPrefix("check_"), line.contains("begin : ")
            else { continue }
            // The statement follows within two lines.
            let statement = lines[(number + 1)...].prefix(2).joined()
            let kind: CheckDeclaration.Kind =
                statement.contains("assert(") ? .assert : statement.contains("assume(") ? .assume : .cover
            checks.append(
                ProofProblem.Check(
                    module: module, name: String(label.dropFirst(6)), kind: kind, block: String(label),
                    file: "\(module).v", line: number + 1))
        }
    }
    return ProofProblem(
        top: top, files: names.map { Emission.File(name: "\($0).v", bytes: Array((modules[$0] ?? "").utf8)) },
        inputs: inputs.map { ProofProblem.Input(name: $0.0, width: $0.1) }, clocks: clocks, checks: checks,
        occurrences: [ProofProblem.Occurrence(path: "", module: top)]
            + occurrences.map { ProofProblem.Occurrence(path: $0.path, module: $0.module) },
        hasOneClock: hasOneClock)
}

/// `name verdict depth` of every property.
func verdicts(_ report: ProofReport) -> [String] {
    report.properties.map { "\($0.name) \($0.verdict.rawValue) \($0.depth)" }
}

/// A check in a block of its own, as designs are emitted.
func check(_ name: String, _ statement: String, clock: String = "posedge clk", unless reset: String = "rst") -> String {
    """
        always @(\(clock)) begin : check_\(name)
            if (!\(reset)) \(statement);
        end

    """
}

extension ProofProblem {
    /// Replaces a piece of the Verilog that stands in it exactly once.
    mutating func plant(_ fault: String, instead original: String) throws {
        var count = 0
        for (index, file) in files.enumerated() {
            let text = String(decoding: file.bytes, as: UTF8.self)
            let pieces = text.components(separatedBy: original)
            count += pieces.count - 1
            files[index] = Emission.File(name: file.name, bytes: Array(pieces.joined(separator: fault).utf8))
        }
        if count != 1 { throw FaultError(original: original, count: count) }
    }
}

/// A fault whose place is not in the text, or in it more than once.
struct FaultError: Error {
    let original: String
    let count: Int
}

/// A small generator (Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
