public import HDL

/// A round-robin arbiter and the properties that bound how long an item waits.
///
/// While an item waits, at most `count - 1` others go first. The proof is by a rank: the inputs whose turn is before
/// that of the item, which falls with every other item that goes.
public struct RoundRobinArbiterProof: Module {
    public var arbiter: RoundRobinArbiter

    public init(_ arbiter: RoundRobinArbiter) { self.arbiter = arbiter }

    public var moduleName: String { "\(arbiter.moduleName)_proof" }

    public func ports() -> ArbiterPorts { arbiter.ports() }

    public func build(_ m: Builder<ArbiterPorts>) {
        let (state, _) = m.scope("arbiter") { arbiter.arbitrate(m, m.inputs, to: m.output, source: m.source) }
        let count = arbiter.count
        let width = addressWidth(2 * count + 2)
        let isTaken = m.output.fire.named("is_taken")
        // Who has the turn when the granted item has gone.
        let turns = ~(state.grant | (state.grant - 1)).named("turns_after_the_grant")

        for input in 0..<count {
            let isWaiting = (state.requests[input] & !state.grant[input]).named("input_\(input)_is_waiting")
            let waited = m.register("input_\(input)_waited_for", width)
            when(!isWaiting) { waited.next(0) }
                .elseWhen(isTaken) { waited.next(waited + 1) }
            let before = input > 0 ? popcount(turns[0..<input]) : m.constant(0, 1)
            let rank = mux(
                turns[input], before.zeroExtended(to: width), popcount(turns).zeroExtended(to: width) + input
            ).named("input_\(input)_rank")
            let bound = (waited + 1 + rank).named("input_\(input)_bound")
            m.assert("input_\(input)_waits_for_each_other_once", waited < count)
            m.assert("input_\(input)_moves_up", !isWaiting | (bound < count))
            m.assert("input_\(input)_waits_only_while_asking", (waited == 0) | state.heldUp[input])
            m.cover("input_\(input)_is_served", state.grant[input] & isTaken)
        }
    }

}
