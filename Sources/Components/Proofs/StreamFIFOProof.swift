public import HDL

/// A FIFO and the properties that say that it loses no item, makes none, changes none and keeps their order.
///
/// A free input picks any one item. From the items that went in and out before, the proof knows how many are ahead of
/// it; it must be at its place in the storage all the time, and at the output when none is ahead.
public struct StreamFIFOProof: Module {
    public var fifo: StreamFIFO

    public init(_ fifo: StreamFIFO) { self.fifo = fifo }

    public var moduleName: String { "\(fifo.moduleName)_proof" }

    public struct Ports: SignalBundle {
        public let input: Flipped<Stream>
        public let output: Stream
        /// Picks the item that goes in, unless one is followed already.
        public let mark: Input
    }

    public func ports() -> Ports {
        Ports(input: Flipped(Stream(fifo.width)), output: Stream(fifo.width), mark: Input())
    }

    public func build(_ m: Builder<Ports>) {
        let state = m.scope("fifo") { fifo.queue(m, input: m.input, output: m.output) }
        m.assumeStable("input", m.input)
        m.assertStable("output", m.output)

        let isPut = m.input.fire.named("is_put")
        let isTaken = m.output.fire.named("is_taken")
        let inside = m.register("items_inside", fifo.countWidth)
        when(isPut & !isTaken) { inside.next(inside + 1) }
            .elseWhen(!isPut & isTaken) { inside.next(inside - 1) }

        let isFollowing = m.register("is_following")
        let followed = m.register("followed_item", fifo.width)
        let ahead = m.register("items_ahead", fifo.countWidth)
        when(m.mark & isPut & !isFollowing) {
            isFollowing.next(1)
            followed.next(m.input.payload)
            ahead.next(mux(isTaken, inside - 1, inside))
        }.elseWhen(isFollowing & isTaken) {
            when(ahead == 0) { isFollowing.next(0) }
                .otherwise { ahead.next(ahead - 1) }
        }

        m.assert("counts_its_items", state.count == inside)
        m.assert("offers_an_item_when_there_is_one", m.output.valid == inside.anySet)
        m.assert("followed_item_is_inside", !isFollowing | (ahead < inside))
        let stored = state.word(address(of: ahead, from: state.readPointer)).named("stored_item")
        m.assert("followed_item_is_stored", !isFollowing | (stored == followed))
        let isNext = (isFollowing & (ahead == 0)).named("is_next")
        m.assert("followed_item_comes_out", !isNext | (m.output.payload == followed))
        m.cover("followed_item_leaves", isNext & isTaken)
    }

    /// The address of the item behind so many others.
    private func address(of ahead: Bits, from readPointer: Bits) -> Bits {
        guard fifo.depth > 1 else { return readPointer }
        let sum = (readPointer +^ ahead).named("unwrapped_address")
        return mux(sum < fifo.depth, sum, sum - fifo.depth).truncated(to: readPointer.width)
    }
}
