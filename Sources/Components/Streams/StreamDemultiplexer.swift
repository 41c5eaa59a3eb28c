public import HDL

/// Each item of a stream goes to the output that its destination names.
///
/// Law: each output gets the items for it, in order, none lost, none twice, in the cycle in which they come. A
/// destination that is no output's number is a fault of the surroundings: such an item waits for ever.
public struct StreamDemultiplexer: Module {
    /// Outputs, at least one.
    public var count: Int
    public var width: Int

    public init(count: Int, width: Int) {
        self.count = count
        self.width = width
    }

    public struct Ports: SignalBundle {
        public let input: Flipped<Stream>
        /// Number of the output for the item at the input; as stable as the item.
        public let destination: Input
        public let outputs: [Stream]
    }

    public func ports() -> Ports {
        Ports(
            input: Flipped(Stream(width)), destination: Input(addressWidth(count)),
            outputs: (0..<max(count, 1)).map { _ in Stream(width) })
    }

    public func build(_ m: Builder<Ports>) {
        m.require(count >= 1, "a demultiplexer of \(count) outputs; at least 1")
        for (number, output) in m.outputs.enumerated() {
            output.valid.drive(m.input.valid & (m.destination == number))
            output.payload.drive(m.input.payload)
            m.assertStable("output_\(number)", output)
        }
        m.input.ready.drive(select(m.destination, m.outputs.map(\.ready)))

        let held = m.assumeStable("input", m.input)
        m.assume("destination_is_stable", !held.wasHeldUp | (m.destination == m.past(m.destination)))
        if count != 1 << m.destination.width {
            m.assume("destination_is_an_output", !m.input.valid | (m.destination < max(count, 1)))
        }
    }
}
