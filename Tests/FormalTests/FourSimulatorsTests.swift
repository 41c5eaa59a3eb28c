import BitVectors
import Formal
import HDL
import Testing
import Verilog

/// Law: an assertion that a design violates fails in the built-in simulator, Verilator, Icarus and CXXRTL in the same cycle
/// and under the same name, which stands for the same line of the description; without the violation none fails.
@Suite("Planted violations in four simulators", .serialized)
struct FourSimulatorsTests {
    /// A stimulus for `CounterPair`: a cycle of reset, then values of `enable` and `slow` chosen at random.
    func stimulus(seed: UInt64, cycles: Int) -> ProofStimulus {
        var random = SplitMix(state: seed)
        let cycles = (0..<cycles).map { number -> ProofStimulus.Cycle in
            let values = [
                number == 0 ? 1 : 0, Int.random(in: 0...1, using: &random), Int.random(in: 0...1, using: &random),
            ]
            let inputs = zip(["rst", "enable", "slow"], values).map { (name: $0, value: BitVector($1, width: 1)) }
            return ProofStimulus.Cycle(inputs: inputs, edges: ["main"])
        }
        return ProofStimulus(design: "counter_pair", cycles: cycles)
    }

    @Test("each reports the failure that the solver found", arguments: OutsideSimulator.allCases)
    func solverFinding(simulator: OutsideSimulator) throws {
        let design = try elaborate(CounterPair(limit: 5))
        let emission = try emit(design)
        let problem = try ProofProblem(design, emission)
        let report = try ProofRunner(ProofOptions(depth: 12)).prove(problem)
        for property in report.properties where property.verdict == .failed {
            let stimulus = try #require(property.trace?.stimulus)
            let builtIn = try stimulus.replay(on: design).failures
            let first = builtIn.filter { $0.cycle == builtIn.first?.cycle }
            let reported = try simulator.firstFailures(of: problem, emission, stimulus)
            #expect(agree(simulator, reported, first), "\(reported), built-in: \(first)")
            #expect(builtIn.contains { $0.name == property.name && $0.cycle == property.depth })
        }
    }

    @Test("each reports what the built-in simulator does, on random inputs", arguments: OutsideSimulator.allCases)
    func randomInputs(simulator: OutsideSimulator) throws {
        for (limit, seed) in [(2, 1), (7, 2), (16, 3)] as [(Int, UInt64)] {
            let design = try elaborate(CounterPair(limit: min(limit, 15)))
            let emission = try emit(design)
            let problem = try ProofProblem(design, emission)
            let stimulus = stimulus(seed: seed, cycles: limit == 16 ? 4 : 16)
            let builtIn = try stimulus.replay(on: design).failures
            let first = builtIn.filter { $0.cycle == builtIn.first?.cycle }
            #expect(builtIn.isEmpty == (limit == 16), "seed \(seed)")
            let reported = try simulator.firstFailures(of: problem, emission, stimulus)
            #expect(agree(simulator, reported, first), "seed \(seed): \(reported), built-in: \(first)")
        }
    }

    /// Whether a simulator reports the failures of the first cycle that has some; Verilator stops at one of them.
    private func agree(
        _ simulator: OutsideSimulator, _ reported: [ReportedFailure], _ first: [ReportedFailure]
    ) -> Bool {
        if simulator == .verilator, !first.isEmpty { return reported.count == 1 && first.contains(reported[0]) }
        return Set(reported.map(\.description)) == Set(first.map(\.description))
    }
}
