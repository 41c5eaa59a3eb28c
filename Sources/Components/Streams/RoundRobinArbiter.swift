public import HDL

/// Several streams become one; the inputs take turns.
///
/// Law: the items of each input stay in order, none is lost, none comes twice; an item waits for at most one item of
/// each other input. There is no cycle between two items; the output follows the inputs in the same cycle.
public struct RoundRobinArbiter: Module {
    /// Inputs, at least one.
    public var count: Int
    public var width: Int

    public init(count: Int, width: Int) {
        self.count = count
        self.width = width
    }

    public func ports() -> ArbiterPorts { ArbiterPorts(count: count, width: width) }

    public func build(_ m: Builder<ArbiterPorts>) {
        m.require(count >= 1, "an arbiter of \(count) inputs; at least 1")
        _ = arbitrate(m, m.inputs, to: m.output, source: m.source)
    }

    /// The arbiter between streams of any module; its proof puts it into a module of its own, to see its inside.
    func arbitrate(
        _ m: Builder<some SignalBundle>, _ inputs: [BundleView<Stream>], to output: BundleView<Stream>, source: Bits
    ) -> (state: StreamArbiter.State, turns: Bits) {
        // The inputs that have their turn before the round begins again at input 0: those above the last one served.
        let turns = m.register("turns_left", inputs.count)
        let state = StreamArbiter.connect(m, inputs, to: output, source: source) { requests in
            let inTurn = (requests & turns).named("requests_in_turn")
            return mux(inTurn.anySet, inTurn.lowestSet, requests.lowestSet)
        }
        when(output.fire) { turns.next(~(state.grant | (state.grant - 1))) }
        // A run of ones down from the top, or none: adding its lowest bit carries out of the word.
        m.assert("turns_are_the_upper_inputs", turns + turns.lowestSet == 0)
        return (state, turns)
    }
}
