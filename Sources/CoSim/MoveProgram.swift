/// A piece of a port: a place in the model's storage and its byte offset in a record; no storage ends a section.
@frozen @usableFromInline
struct PortMove {
    @usableFromInline let storage: UnsafeMutableRawPointer?
    @usableFromInline let record: Int
}

/// The ports of one direction as moves in sections of 32, 8, 4, 2 and 1 bytes.
///
/// Ports that lie side by side in the storage and in the record become one move, whatever their widths. A section ends
/// with a mark, not by a count: loops without a count stay the few instructions they are written as, where a counted
/// one is unrolled for thousands of turns that never come.
@frozen @usableFromInline
struct MoveProgram {
    @usableFromInline let start: UnsafeMutablePointer<PortMove>

    /// What a slot of a record is to the storage.
    typealias Slot = (storage: UnsafeMutableRawPointer, record: Int, bytes: Int)

    private static let sizes = [32, 8, 4, 2, 1]

    init(_ slots: [Slot]) {
        var sections: [[PortMove]] = Array(repeating: [], count: Self.sizes.count)
        // In the order of the storage, which is that of a packed record for each size of port.
        var rest = slots.sorted { $0.storage < $1.storage }[...]
        while let first = rest.popFirst() {
            var bytes = first.bytes
            while let next = rest.first, next.storage == first.storage + bytes, next.record == first.record + bytes {
                bytes += next.bytes
                rest = rest.dropFirst()
            }
            var done = 0
            for (section, size) in Self.sizes.enumerated() {
                while bytes - done >= size {
                    sections[section].append(PortMove(storage: first.storage + done, record: first.record + done))
                    done += size
                }
            }
        }
        let moves = sections.flatMap { $0 + [PortMove(storage: nil, record: 0)] }
        start = .allocate(capacity: moves.count)
        for (index, move) in moves.enumerated() { (start + index).initialize(to: move) }
        count = moves.count - Self.sizes.count
    }

    /// Number of moves.
    let count: Int

    func deallocate() { start.deallocate() }
}
