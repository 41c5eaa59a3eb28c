import BitVectors
import HDL

extension ProofStimulus {
    /// Takes the inputs, and the clocks' edges, from a trace of the proof's topmost module.
    ///
    /// - Parameter isClocked: whether what the trace shows is looked at before an edge of a clock.
    init(
        _ trace: SolverTrace, _ problem: ProofProblem, reset: ProofOptions.ResetAssumption, isClocked: Bool
    ) {
        var edgesSeen = [Int](repeating: 0, count: problem.clocks.count)
        // With several clocks, an edge is seen in the step after it, and what it takes was there in the step before.
        let count = problem.hasOneClock || !isClocked ? trace.stepCount : trace.stepCount - 1
        var cycles: [Cycle] = []
        for step in 0..<max(count, 0) {
            var inputs: [(name: String, value: BitVector)] = []
            var edges: [String] = []
            for (index, clock) in problem.clocks.enumerated() {
                if let port = clock.reset {
                    let isActive: Bool
                    switch reset {
                    case .first(let limit): isActive = edgesSeen[index] < limit
                    case .anyTime:
                        isActive = trace.bit(port, at: step) == (clock.resetLevel == .high)
                    }
                    inputs.append((port, BitVector(isActive == (clock.resetLevel == .high) ? 1 : 0, width: 1)))
                }
                let isEdge =
                    problem.hasOneClock
                    || (step + 1 < trace.stepCount
                        && trace.bit(clock.port, at: step) == (clock.edge == .falling)
                        && trace.bit(clock.port, at: step + 1) == (clock.edge == .rising))
                if isEdge {
                    edges.append(clock.domain)
                    edgesSeen[index] += 1
                }
            }
            for input in problem.inputs {
                inputs.append((input.name, trace.values[input.name]?[step] ?? .zeros(input.width)))
            }
            cycles.append(Cycle(inputs: inputs, edges: edges))
        }
        self.init(design: problem.top, cycles: cycles)
    }
}

extension ProofProblem {
    /// The signals of the topmost module that a stimulus is made from.
    var tracedWidths: [String: Int] {
        var widths: [String: Int] = [:]
        for clock in clocks {
            widths[clock.port] = 1
            if let reset = clock.reset { widths[reset] = 1 }
        }
        for input in inputs { widths[input.name] = input.width }
        return widths
    }
}

extension SolverTrace {
    fileprivate func bit(_ name: String, at step: Int) -> Bool {
        guard let values = values[name], step < values.count else { return false }
        return values[step][0]
    }
}
