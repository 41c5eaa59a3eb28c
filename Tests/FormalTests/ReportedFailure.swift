import Formal
import HDL
import Simulation
import Verilog

/// A check that failed, as every simulator has to report it.
struct ReportedFailure: Equatable, CustomStringConvertible {
    /// `second.stays_below`, by instances.
    let name: String
    let cycle: Int
    /// Place of the check in the Swift source.
    let place: String

    var description: String { "\(place): '\(name)' fails in cycle \(cycle)" }
}

extension ProofProblem {
    /// The failure of a check that a simulator calls by its path from the top and its block.
    func failure(path: String, block: String, cycle: Int) -> ReportedFailure? {
        guard let occurrence = occurrences.first(where: { $0.path == path }),
            let check = checks.first(where: { $0.module == occurrence.module && $0.block == block })
        else { return nil }
        let name = path.isEmpty ? check.name : "\(path).\(check.name)"
        return ReportedFailure(name: name, cycle: cycle, place: "\(check.file):\(check.line)")
    }
}

extension ProofStimulus {
    /// Repeats the run on the built-in simulator.
    func replay(on design: Design) throws -> (failures: [ReportedFailure], covers: [String: Int]) {
        let simulator = try Simulator(design)
        for cycle in cycles {
            for input in cycle.inputs { simulator.set(input.name, input.value) }
            simulator.step(clocks: Set(cycle.edges))
        }
        let failures = simulator.failures.map {
            ReportedFailure(name: $0.name, cycle: $0.cycle, place: $0.location.description)
        }
        return (failures, simulator.covers)
    }
}
