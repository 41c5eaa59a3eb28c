/// A piece of the storage and the byte offset of its twin in a record; no storage ends a section.
@frozen @usableFromInline
struct PortMove {
    @usableFromInline let storage: UnsafeMutableRawPointer?
    @usableFromInline let record: Int
}

/// The ports of one direction as moves in sections of 8, 4, 2 and 1 bytes, then of 32 and 16 where there are any.
///
/// Ports that lie side by side in the storage and in the record become one run of bytes, whatever their widths, and a
/// run becomes moves of one size: the largest that fits in it, the last one laid over the one before. A section ends
/// with a mark, not by a count: loops without a count stay the few instructions they are written as, where a counted
/// one is unrolled for thousands of turns that never come.
@frozen @usableFromInline
struct MoveProgram {
    @usableFromInline let start: UnsafeMutablePointer<PortMove>
    /// Whether there is a move of 16 or 32 bytes; blocks of control have none and step over two sections at once.
    @usableFromInline let isWide: Bool

    /// Number of moves.
    let count: Int

    /// A port: its place in the model, its byte offset in a record, its bytes in both.
    typealias Piece = (storage: UnsafeMutableRawPointer, record: Int, bytes: Int)

    /// Bytes of a move, section by section.
    private static let sections = [8, 4, 2, 1, 32, 16]
    private static let sizes = sections.sorted(by: >)

    init(_ pieces: [Piece]) {
        var moves: [Int: [PortMove]] = [:]
        for run in Self.runs(pieces) {
            guard let size = Self.sizes.first(where: { $0 <= run.bytes }) else { continue }
            for start in stride(from: 0, to: run.bytes, by: size) {
                let offset = min(start, run.bytes - size)
                moves[size, default: []].append(PortMove(storage: run.storage + offset, record: run.record + offset))
            }
        }
        isWide = moves[32] != nil || moves[16] != nil
        let program = Self.sections.flatMap { (moves[$0] ?? []) + [PortMove(storage: nil, record: 0)] }
        count = program.count - Self.sections.count
        start = .allocate(capacity: program.count)
        for (index, move) in program.enumerated() { (start + index).initialize(to: move) }
    }

    func deallocate() { start.deallocate() }

    /// The pieces in the order of the record, neighbours there and in the storage joined.
    private static func runs(_ pieces: [Piece]) -> [Piece] {
        var runs: [Piece] = []
        for piece in pieces.sorted(by: { $0.record < $1.record }) {
            if let last = runs.last, last.storage + last.bytes == piece.storage,
                last.record + last.bytes == piece.record
            {
                runs[runs.count - 1].bytes += piece.bytes
            } else {
                runs.append(piece)
            }
        }
        return runs
    }
}
