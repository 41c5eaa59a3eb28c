/// Where each port of one direction lies in a packed record of 64-bit words.
public struct RecordLayout: Hashable, Sendable {
    public struct Slot: Hashable, Sendable {
        public var port: PortDescription
        /// Index of the port among all ports of the design.
        public var index: Int
        /// First word of the port in the record.
        public var word: Int
    }

    /// In declaration order, the clock left out.
    public let slots: [Slot]
    /// 64-bit words of a record.
    public let words: Int

    public init(_ ports: [PortDescription], _ direction: PortDescription.Direction) {
        var slots: [Slot] = []
        var word = 0
        for (index, port) in ports.enumerated() where port.direction == direction && !port.isClock {
            slots.append(Slot(port: port, index: index, word: word))
            word += port.recordWords
        }
        self.slots = slots
        words = word
    }

    /// The place of a port in the record, nil when this direction has none of that name.
    public subscript(_ name: String) -> Slot? { slots.first { $0.port.name == name } }
}
