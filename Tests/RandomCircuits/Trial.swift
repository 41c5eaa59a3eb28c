public import BitVectors
public import HDL
import Simulation
public import Verilog

/// A circuit made ready to be compared: its design and text, what goes in and what must come out.
public struct Trial {
    public static let cycles = 40

    public let recipe: Recipe
    public let seed: UInt64
    public let design: Design
    public let emission: Emission
    public let stimulus: Stimulus
    /// Values of the outputs in each cycle, before its edge.
    public let expected: [[BitVector]]

    /// - Throws: What the elaboration or the emitter finds.
    public init(_ recipe: Recipe, seed: UInt64) throws {
        self.recipe = recipe
        self.seed = seed
        design = try recipe.design()
        emission = try emit(design)
        let stimulus = Stimulus(of: recipe, seed: seed, cycles: Trial.cycles)
        self.stimulus = stimulus
        let evaluator = RecipeEvaluator(recipe)
        expected = stimulus.cycles.map { cycle in
            evaluator.set(cycle.inputs, isResetActive: cycle.isResetActive)
            let outputs = evaluator.outputs
            evaluator.step(cycle.domains)
            return outputs
        }
    }

    var inputs: [CircuitPort] { design.top.ports.filter(\.isInput) }
    var outputs: [CircuitPort] { design.top.ports.filter { !$0.isInput } }
    /// Number of output values that each simulator is compared in.
    public var samples: Int { outputs.count * Trial.cycles }

    /// What the built-in simulator gives, as the outside ones write it.
    func simulated() throws -> [[String]] {
        let simulator = try Simulator(design)
        let names = design.top.domains.map(\.name)
        return stimulus.cycles.map { cycle in
            for (port, value) in zip(inputs, cycle.inputs) { simulator.set(port.name, value) }
            for (domain, isActive) in zip(design.top.domains, cycle.isResetActive) {
                guard let level = domain.clocking.resetLevel, domain.isResetUsed else { continue }
                simulator.set(domain.resetName, isActive == (level == .high) ? 1 : 0)
            }
            simulator.settle()
            let values = outputs.map { simulator.get($0.name).hexDigits }
            // A clock that nothing uses is no port.
            let clocks = cycle.domains.filter { design.top.domains[$0].isClockUsed }
            if !clocks.isEmpty { simulator.step(clocks: Set(clocks.map { names[$0] })) }
            return values
        }
    }
}
