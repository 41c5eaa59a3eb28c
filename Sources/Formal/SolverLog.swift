import Foundation

/// What yosys-smtbmc printed, line by line, as far as verdicts depend on it.
struct SolverLog {
    enum Status: Equatable {
        case passed, failed, unsatisfiableAssumptions
        /// No verdict: the solver gave up, ran out of time, or was ended.
        case none
    }
    /// Cells of the properties that a run violates or reaches, and the step in which it does.
    struct Finding: Equatable {
        let cells: [String]
        let step: Int
    }
    private(set) var status = Status.none
    /// In the order in which the traces were written.
    private(set) var findings: [Finding] = []
    /// The last step that a search began to look at.
    private(set) var step = 0
    /// Steps that a successful induction took for granted.
    private(set) var inductionSteps: Int?

    init(_ text: String) {
        var tries: [Int] = []
        var cells: [String] = []
        for line in text.split(separator: "\n") {
            if let number = SolverLog.step(of: line) {
                if line.contains("Trying induction") { tries.append(number) } else { step = number }
            } else if line.contains("Assert failed in ") || line.contains("Reached cover statement at ") {
                // One trace may violate several properties; those of earlier traces are marked.
                if !line.hasSuffix("[failed before]"), let cell = SolverLog.cell(in: line) { cells.append(cell) }
            } else if line.contains("Writing trace to VCD file") {
                findings.append(Finding(cells: cells, step: step))
                cells = []
            } else if line.contains("Temporal induction successful"), let first = tries.first, let last = tries.last {
                inductionSteps = first - last
            } else if let mark = line.range(of: "Status: ") {
                switch line[mark.upperBound...] {
                case "PASSED": status = .passed
                case "PREUNSAT": status = .unsatisfiableAssumptions
                default: status = .failed
                }
            }
        }
        if !cells.isEmpty { findings.append(Finding(cells: cells, step: step)) }
    }

    /// `Checking assertions in step 9..`
    private static func step(of line: Substring) -> Int? {
        guard line.hasSuffix(".."), let mark = line.range(of: " in step ", options: .backwards) else { return nil }
        return Int(line[mark.upperBound...].dropLast(2))
    }

    /// `… ($flatten/subject.$assert$fifo.v:41$7)`
    private static func cell(in line: Substring) -> String? {
        guard let mark = line.range(of: "($", options: .backwards) else { return nil }
        return "$" + line[mark.upperBound...].prefix { $0 != ")" }
    }
}
