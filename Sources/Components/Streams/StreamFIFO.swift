public import HDL

/// A first-in, first-out queue: the oldest item shows at the output as soon as it is stored.
///
/// Law: items leave in the order in which they came, none lost, none twice; at most `depth` are inside. An item can
/// come and one leave in every cycle. With a depth of one that needs a path from the output's `ready` to the input's;
/// with more there is no path from one side to the other.
public struct StreamFIFO: Module {
    /// What holds the items.
    public enum Storage: Hashable, Sendable {
        /// A memory that is read in the same cycle, which tools make of look-up tables or register files; a single item
        /// is a register all the same.
        case memory
        /// One register an item.
        case registers
    }

    public var width: Int
    /// Items that it can hold, at least one.
    public var depth: Int
    public var storage: Storage

    public init(width: Int, depth: Int, storage: Storage = .memory) {
        self.width = width
        self.depth = depth
        self.storage = storage
    }

    public struct Ports: SignalBundle {
        public let input: Flipped<Stream>
        public let output: Stream
        /// Items inside.
        public let count: Output
    }

    /// Bits of a number from zero to `depth`.
    public var countWidth: Int { addressWidth(max(depth, 1) + 1) }

    public func ports() -> Ports {
        Ports(input: Flipped(Stream(width)), output: Stream(width), count: Output(countWidth))
    }

    public func build(_ m: Builder<Ports>) {
        m.require(depth >= 1, "a FIFO of \(depth) items; at least 1")
        let state = queue(m, input: m.input, output: m.output)
        m.count.drive(state.count)

        m.assumeStable("input", m.input)
        m.assertStable("output", m.output)
        m.cover("full", state.count == max(depth, 1))
    }

    /// What a proof wants to know of a queue.
    struct State {
        let count, readPointer: Bits
        /// The word at an address.
        let word: (Bits) -> Bits
    }

    /// The queue between two streams of any module; the proofs put it into a module of theirs, to see its inside.
    func queue(
        _ m: Builder<some SignalBundle>, input: BundleView<Stream>, output: BundleView<Stream>
    ) -> State {
        let depth = max(depth, 1)
        let count = m.register("item_count", countWidth)
        let isFull = (count == depth).named("is_full")
        let isPut = (input.valid & input.ready).named("is_put")
        let isTaken = output.fire.named("is_taken")
        input.ready.drive(depth == 1 ? !isFull | output.ready : !isFull)
        output.valid.drive(count != 0)
        when(isPut & !isTaken) { count.next(count + 1) }
            .elseWhen(!isPut & isTaken) { count.next(count - 1) }
        m.assert("holds_at_most_its_depth", count <= depth)

        let writePointer = pointer(m, "write_pointer", advance: isPut)
        let readPointer = pointer(m, "read_pointer", advance: isTaken)
        let word = store(m, input.payload, at: writePointer, when: isPut)
        output.payload.drive(word(readPointer).named("oldest_item"))
        if depth > 1 { assertDistance(m, from: readPointer, to: writePointer, is: count) }
        return State(count: count, readPointer: readPointer, word: word)
    }

    /// The address after a given one, round and round.
    func successor(of address: Bits) -> Bits {
        depth.nonzeroBitCount == 1 ? address + 1 : mux(address == depth - 1, 0, address + 1)
    }

    private func pointer(_ m: Builder<some SignalBundle>, _ name: String, advance: Bits) -> Bits {
        guard depth > 1 else { return m.constant(0, 1) }
        let pointer = m.register(name, addressWidth(depth))
        when(advance) { pointer.next(successor(of: pointer)) }
        if depth.nonzeroBitCount > 1 { m.assert("\(name)_is_an_address", pointer < depth) }
        return pointer
    }

    /// Storage that takes an item in the cycles in which the condition holds.
    /// - Returns: what reads it.
    private func store(
        _ m: Builder<some SignalBundle>, _ item: Bits, at address: Bits, when isPut: Bits
    ) -> (Bits) -> Bits {
        switch storage {
        case .memory where depth > 1:
            let words = m.memory("words", depth: depth, width: width)
            when(isPut) { words.write(address, item) }
            return { words.read($0) }
        default:
            let items = (0..<max(depth, 1)).map { m.register("item_\($0)", width, reset: nil) }
            for (number, register) in items.enumerated() {
                let isHere = depth > 1 ? isPut & (address == number) : isPut
                when(isHere) { register.next(item) }
            }
            return { items.count > 1 ? select($0, items) : items[0] }
        }
    }

    /// The invariant by which a proof knows which addresses are in use.
    private func assertDistance(
        _ m: Builder<some SignalBundle>, from readPointer: Bits, to writePointer: Bits, is count: Bits
    ) {
        let width = countWidth + 1
        let difference = (writePointer.zeroExtended(to: width) - readPointer.zeroExtended(to: width))
            .named("pointer_difference")
        let distance = mux(writePointer < readPointer, difference + depth, difference).named("pointer_distance")
        let isFullOrEmpty = ((count == 0) | (count == depth)).named("is_full_or_empty")
        let isDistance = (count.zeroExtended(to: width) == distance).named("count_is_the_distance")
        m.assert("pointers_agree_with_the_count", mux(writePointer == readPointer, isFullOrEmpty, isDistance))
    }
}
