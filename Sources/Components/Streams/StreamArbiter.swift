public import HDL

/// Ports of the arbiters.
public struct ArbiterPorts: SignalBundle {
    public let inputs: [Flipped<Stream>]
    public let output: Stream
    /// Number of the input whose item is at the output.
    public let source: Output

    init(count: Int, width: Int) {
        inputs = (0..<max(count, 1)).map { _ in Flipped(Stream(width)) }
        output = Stream(width)
        source = Output(addressWidth(count))
    }
}

/// What the arbiters share: one input goes through at a time, and is granted until its item is taken.
enum StreamArbiter {
    /// What a proof wants to know of an arbiter.
    struct State {
        /// One bit an input: it offers an item; its item is at the output.
        let requests, grant: Bits
        /// One bit an input: its item was not taken in the cycle before.
        let heldUp: Bits
    }

    /// Connects the inputs to the output.
    /// - Parameter choice: picks one of the requests, one-hot; zero when there is none.
    static func connect(
        _ m: Builder<some SignalBundle>, _ inputs: [BundleView<Stream>], to output: BundleView<Stream>, source: Bits,
        _ choice: (_ requests: Bits) -> Bits
    ) -> State {
        let requests = concatenate(inputs.reversed().map(\.valid)).named("requests")
        // The grant that its item was not taken for; zero when the next cycle may choose anew.
        let lockedGrant = m.register("locked_grant", inputs.count)
        let chosen = choice(requests).named("chosen")
        let grant = mux(lockedGrant.anySet, lockedGrant, chosen).named("grant")
        let index = grant.oneHotIndex.named("granted_index")

        output.valid.drive((grant & requests).anySet)
        let payloads = inputs.map(\.payload)
        output.payload.drive(payloads.count == 1 ? payloads[0] : select(index, payloads).named("granted_item"))
        source.drive(index)
        for (number, input) in inputs.enumerated() { input.ready.drive(grant[number] & output.ready) }
        lockedGrant.next(mux(output.valid & !output.ready, grant, 0))

        m.assert("grants_one_at_most", (grant & (grant - 1)) == 0)
        m.assert("grants_who_asks", (grant & ~requests) == 0)
        m.assert("grants_when_asked", !requests.anySet | grant.anySet)
        let held = inputs.enumerated().map { m.assumeStable("input_\($0)", $1) }
        let heldOutput = m.assertStable("output", output)
        // What makes the output's stability follow from that of the inputs.
        let heldInputs = concatenate(held.reversed().map(\.wasHeldUp)).named("inputs_held_up")
        let items = held.map(\.pastItem)
        let lockedItem = items.count == 1 ? items[0] : select(lockedGrant.oneHotIndex, items).named("locked_item")
        m.assert("locks_one_at_most", (lockedGrant & (lockedGrant - 1)) == 0)
        m.assert("locks_while_held_up", lockedGrant.anySet == heldOutput.wasHeldUp)
        m.assert("locks_who_was_held_up", (lockedGrant & ~heldInputs) == 0)
        m.assert("locks_its_item", !lockedGrant.anySet | (lockedItem == heldOutput.pastItem))
        return State(requests: requests, grant: grant, heldUp: heldInputs)
    }
}
