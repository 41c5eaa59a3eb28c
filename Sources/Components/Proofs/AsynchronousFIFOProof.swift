public import HDL

/// An asynchronous FIFO and the properties that say that it loses no item, makes none, changes none and keeps their
/// order, whatever the edges of its clocks.
///
/// Both sides count their items. A free input picks one that goes in; the item of the same number must be the same
/// when it comes out. The numbers are wide enough for `items` of them, so the proof is a bounded one.
public struct AsynchronousFIFOProof: Module {
    public var fifo: AsynchronousFIFO
    /// Items on each side that can be told apart.
    public var items: Int

    public init(_ fifo: AsynchronousFIFO, items: Int = 64) {
        self.fifo = fifo
        self.items = items
    }

    public var moduleName: String { "\(fifo.moduleName)_proof" }

    public struct Ports: SignalBundle {
        public let write, read: ClockPort
        public let input: Flipped<Stream>
        public let output: Stream
        /// Picks the item that goes in, unless one is followed already.
        public let mark: Input
    }

    public func ports() -> Ports {
        let ports = fifo.ports()
        return Ports(
            write: ports.write, read: ports.read, input: ports.input, output: ports.output, mark: Input(1, "write"))
    }

    public func build(_ m: Builder<Ports>) {
        let write = m.clocked(by: m.write)
        let read = m.clocked(by: m.read)
        let fifo = m.instance("fifo", self.fifo)
        fifo.write.connect(m.write)
        fifo.read.connect(m.read)
        fifo.input.connect(to: m.input)
        m.output.connect(to: fifo.output)
        write.assumeStable("input", m.input)

        let width = addressWidth(items)
        let isPut = m.input.fire.named("is_put")
        let putNumber = write.register("put_number", width)
        let isFollowing = write.register("is_following")
        let followed = write.register("followed_item", self.fifo.width)
        let number = write.register("followed_number", width)
        when(isPut) { putNumber.next(putNumber + 1) }
        when(isPut & m.mark & !isFollowing) {
            isFollowing.next(1)
            followed.next(m.input.payload)
            number.next(putNumber)
        }

        // The other side learns of it in a single edge, before the item can have crossed.
        let isExpected = read.crossingRegister("is_expected")
        let expected = read.crossingRegister("expected_item", self.fifo.width)
        let expectedNumber = read.crossingRegister("expected_number", width)
        isExpected.next(isFollowing)
        expected.next(followed)
        expectedNumber.next(number)
        let isTaken = m.output.fire.named("is_taken")
        let takenNumber = read.register("taken_number", width)
        when(isTaken) { takenNumber.next(takenNumber + 1) }

        let isNow = (isExpected & m.output.valid & (takenNumber == expectedNumber)).named("is_followed_item")
        read.assert("followed_item_comes_out", !isNow | (m.output.payload == expected))
        read.cover("followed_item_leaves", isNow & isTaken)
    }
}
