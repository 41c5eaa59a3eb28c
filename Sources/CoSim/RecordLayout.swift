/// Where each port of one direction lies in a record, in two forms.
///
/// A *slot record* gives each port, in declaration order, as many 64-bit words as its width needs: easy to write port by
/// port. A *packed record* is what the loops over prepared vectors read: ports of equal storage side by side, 8-byte
/// ones first, then wide ones, then 4, 2 and 1 bytes, each in declaration order. That is the order in which Verilator
/// lays out the ports of a design, so that neighbours in a record are neighbours in the model and move together.
public struct RecordLayout: Hashable, Sendable {
    public struct Slot: Hashable, Sendable {
        public var port: PortDescription
        /// Index of the port among all ports of the design.
        public var index: Int
        /// First word of the port in a slot record.
        public var word: Int
        /// First byte of the port in a packed record.
        public var packedOffset: Int
    }

    /// In declaration order, the clock left out.
    public let slots: [Slot]
    /// 64-bit words of a slot record.
    public let words: Int
    /// 64-bit words of a packed record.
    public let packedWords: Int

    public init(_ ports: [PortDescription], _ direction: PortDescription.Direction) {
        var slots: [Slot] = []
        var word = 0
        for (index, port) in ports.enumerated() where port.direction == direction && !port.isClock {
            slots.append(Slot(port: port, index: index, word: word, packedOffset: 0))
            word += port.recordWords
        }
        var offset = 0
        for isInClass in Self.storageClasses {
            for index in slots.indices where isInClass(slots[index].port.storageBytes) {
                slots[index].packedOffset = offset
                offset += slots[index].port.storageBytes
            }
        }
        self.slots = slots
        words = word
        packedWords = (offset + 7) / 8
    }

    /// Each class keeps the alignment of the next ones: sizes only fall, wide ports are multiples of 4 bytes.
    private static let storageClasses: [@Sendable (Int) -> Bool] = [
        { $0 == 8 }, { $0 > 8 }, { $0 == 4 }, { $0 == 2 }, { $0 == 1 },
    ]

    /// The place of a port in the record, nil when this direction has none of that name.
    public subscript(_ name: String) -> Slot? { slots.first { $0.port.name == name } }

    /// Packed records of slot records.
    func pack(_ records: [UInt64], count: Int) -> [UInt64] {
        convert(records, from: words, to: packedWords, count: count) { slot in
            (from: slot.word * 8, to: slot.packedOffset)
        }
    }

    /// Slot records of packed records.
    func unpack(_ records: [UInt64], count: Int) -> [UInt64] {
        convert(records, from: packedWords, to: words, count: count) { slot in
            (from: slot.packedOffset, to: slot.word * 8)
        }
    }

    private func convert(
        _ records: [UInt64], from oldWords: Int, to newWords: Int, count: Int,
        _ place: (Slot) -> (from: Int, to: Int)
    ) -> [UInt64] {
        let moves = slots.map { (place: place($0), bytes: $0.port.storageBytes) }
        var result = [UInt64](repeating: 0, count: count * newWords)
        records.withUnsafeBytes { old in
            result.withUnsafeMutableBytes { new in
                guard let source = old.baseAddress, let target = new.baseAddress else { return }
                for record in 0..<count {
                    let from = source + record * oldWords * 8
                    let to = target + record * newWords * 8
                    for move in moves {
                        (to + move.place.to).copyMemory(from: from + move.place.from, byteCount: move.bytes)
                    }
                }
            }
        }
        return result
    }
}
