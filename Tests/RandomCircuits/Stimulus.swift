public import BitVectors
import HDL

/// What a circuit gets in every cycle, drawn from a seed.
///
/// Inputs and resets change while every clock rests; then the cycle's clocks have an active edge at the same time.
public struct Stimulus: Sendable {
    public struct Cycle: Sendable {
        /// Values of the inputs, in order.
        public let inputs: [BitVector]
        /// Whether each domain's reset is active.
        public let isResetActive: [Bool]
        /// Domains that have an edge.
        public let domains: Set<Int>
    }
    public let cycles: [Cycle]

    public init(of recipe: Recipe, seed: UInt64, cycles count: Int) {
        let hasReset = recipe.clockings.indices.map { recipe.clocking($0).reset != .none }
        cycles = (0..<count).map { cycle in
            var random = SplitMix(state: seed &* 0x1_0001 &+ UInt64(cycle) &* 0x5717_0003)
            let inputs = recipe.steps.compactMap { step -> BitVector? in
                guard case .input(let width) = step.kind else { return nil }
                // From the step's number, so that a circuit with fewer inputs gets the same values at the others.
                var own = SplitMix(state: random.state ^ UInt64(step.id) << 40)
                return own.value(width)
            }
            // In the first cycle no reset is active: a level that a simulator of two values begins with is no edge.
            let resets = hasReset.map { $0 && cycle > 0 && (cycle == 2 || random.chance(1, of: 8)) }
            let domains: Set<Int> =
                hasReset.count == 1 ? [[0], [0], [0], []][random.below(4)] : [[0], [1], [0, 1], []][random.below(4)]
            return Cycle(inputs: inputs, isResetActive: resets, domains: domains)
        }
    }
}
