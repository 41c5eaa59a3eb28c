/// A piece of a port: a place in the model's storage and its byte offset in a record; no storage ends a section.
@frozen @usableFromInline
struct PortMove {
    @usableFromInline let storage: UnsafeMutableRawPointer?
    @usableFromInline let record: Int
}

/// The ports of one direction as moves in sections of 32, 8, 4, 2 and 1 bytes, then of eight ports of one byte that lie
/// side by side.
///
/// Ports that lie side by side in the storage and in the record become one move, whatever their widths. A section ends
/// with a mark, not by a count: loops without a count stay the few instructions they are written as, where a counted
/// one is unrolled for thousands of turns that never come.
@frozen @usableFromInline
struct MoveProgram {
    @usableFromInline let start: UnsafeMutablePointer<PortMove>

    /// What a slot of a record is to the storage.
    typealias Slot = (storage: UnsafeMutableRawPointer, record: Int, bytes: Int)

    private enum Section: Int, CaseIterable {
        case size32, size8, size4, size2, size1, eightPorts

        static let bySize: [(bytes: Int, section: Section)] = [
            (32, .size32), (8, .size8), (4, .size4), (2, .size2),
        ]
    }

    /// - Parameter packed: Whether ports of one byte side by side form groups; a comparison is faster without.
    init(_ slots: [Slot], packed: Bool) {
        var sections: [[PortMove]] = Array(repeating: [], count: Section.allCases.count)
        func add(_ section: Section, _ slot: Slot, _ done: Int = 0) {
            sections[section.rawValue].append(PortMove(storage: slot.storage + done, record: slot.record + done))
        }
        var rest = slots[...]
        while let first = rest.popFirst() {
            if first.bytes == 1 {
                let more = packed ? Self.neighbours(of: first, in: rest) : 0
                let count = more >= 7 ? 8 : 1
                add(count == 8 ? .eightPorts : .size1, first)
                rest = rest.dropFirst(count - 1)
                continue
            }
            // Bytes that are the same in the storage and in the record, over as many ports as it goes.
            var bytes = first.bytes
            while bytes % 8 == 0, let next = rest.first, next.storage == first.storage + bytes,
                next.record == first.record + bytes
            {
                bytes += next.bytes
                rest = rest.dropFirst()
            }
            var done = 0
            for (size, section) in Section.bySize {
                while bytes - done >= size {
                    add(section, first, done)
                    done += size
                }
            }
            if done < bytes { add(.size1, first, done) }
        }
        let moves = sections.flatMap { $0 + [PortMove(storage: nil, record: 0)] }
        start = .allocate(capacity: moves.count)
        for (index, move) in moves.enumerated() { (start + index).initialize(to: move) }
    }

    func deallocate() { start.deallocate() }

    /// How many of the next slots continue `first`, a byte each in the storage and a word each in the record.
    private static func neighbours(of first: Slot, in rest: ArraySlice<Slot>) -> Int {
        var count = 0
        for slot in rest {
            let next = count + 1
            guard slot.bytes == 1, slot.storage == first.storage + next, slot.record == first.record + next * 8
            else { break }
            count = next
        }
        return count
    }
}
