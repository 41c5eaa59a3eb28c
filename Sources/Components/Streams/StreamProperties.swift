public import HDL

/// The memory by which a check knows that a stream is stable.
public struct StreamStability {
    /// An item was offered and not taken in the cycle before.
    public let wasHeldUp: Bits
    /// The item of the cycle before.
    public let pastItem: Bits
}

/// The law of streams for simulations and proofs: an item that is offered and not taken is offered again.
extension Builder {
    /// Asserts that a stream that this module sends is stable.
    @discardableResult
    public func assertStable<Ends: StreamBundle>(
        _ name: String, _ stream: BundleView<Ends>, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> StreamStability {
        let past = stability(name, stream, file, line)
        assert("\(name)_stays_valid", !past.wasHeldUp | stream.valid, file, line)
        assert("\(name)_keeps_its_item", !past.wasHeldUp | (stream.item == past.pastItem), file, line)
        return past
    }

    /// Assumes that a stream that this module receives is stable.
    @discardableResult
    public func assumeStable<Ends: StreamBundle>(
        _ name: String, _ stream: BundleView<Ends>, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> StreamStability {
        let past = stability(name, stream, file, line)
        assume("\(name)_stays_valid", !past.wasHeldUp | stream.valid, file, line)
        assume("\(name)_keeps_its_item", !past.wasHeldUp | (stream.item == past.pastItem), file, line)
        return past
    }

    private func stability<Ends: StreamBundle>(
        _ name: String, _ stream: BundleView<Ends>, _ file: StaticString, _ line: UInt
    ) -> StreamStability {
        let item = stream.item
        // Zero after a reset, so that nothing is said about the first cycle.
        let wasHeldUp = register("\(name)_was_held_up", 1, file, line)
        let pastItem = register("\(name)_past_item", item.width, file, line)
        wasHeldUp.next(stream.valid & !stream.ready, file, line)
        pastItem.next(item, file, line)
        return StreamStability(wasHeldUp: wasHeldUp, pastItem: pastItem)
    }
}
