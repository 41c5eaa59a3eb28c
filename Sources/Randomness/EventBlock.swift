/// The events of one row in 4,096 consecutive operations, and a stretch of operations that is known to have none.
///
/// Trial (operation mod 4,096) × columns + column belongs to a column of an operation.
@usableFromInline
struct EventBlock: Sendable {
    /// Operations in a keyed block.
    @usableFromInline static let operations = 4096

    /// Operations without event, around the last one asked for.
    @usableFromInline var quiet = 0..<0
    private var number = -1
    /// The first event behind the operation asked for last.
    private var cursor = 0
    /// Trial indices inside the block, ascending.
    @usableFromInline var trials: [UInt32] = []
    /// For each event a uniform number over 2³² by which it may be thinned; empty where nothing is thinned.
    @usableFromInline var thresholds: [UInt32] = []

    /// A row that never has an event: every stretch is quiet.
    static let never = EventBlock(quiet: 0..<Int.max)

    init(quiet: Range<Int> = 0..<0) { self.quiet = quiet }

    /// The events of an operation, as indices of `trials`; `draw` gives those of a block that is entered.
    ///
    /// Complexity: O(log events).
    mutating func events(
        of operation: Int, columns: Int, draw: (_ block: Int) -> (trials: [UInt32], thresholds: [UInt32])
    ) -> Range<Int> {
        let block = operation / Self.operations
        if number != block {
            (trials, thresholds) = draw(block)
            number = block
            cursor = 0
        }
        let first = block * Self.operations
        let mine = (operation - first) * columns
        // Operations mostly come in order: then the events of this one begin where those of the last one ended.
        let isNext =
            cursor <= trials.count && (cursor == 0 || Int(trials[cursor - 1]) < mine)
            && (cursor == trials.count || Int(trials[cursor]) >= mine)
        let begin = isNext ? cursor : trials.partitioningIndex { Int($0) >= mine }
        var end = begin
        while end < trials.count, Int(trials[end]) < mine + columns { end += 1 }
        let from =
            begin == end
            ? (begin == 0 ? first : first + Int(trials[begin - 1]) / columns + 1) : operation + 1
        let until = end == trials.count ? first + Self.operations : first + Int(trials[end]) / columns
        quiet = from..<max(from, until)
        cursor = end
        return begin..<end
    }
}

extension [UInt32] {
    /// The first index from which on `belongsAfter` holds, in an array that it splits in two; O(log count).
    fileprivate func partitioningIndex(where belongsAfter: (UInt32) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if belongsAfter(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
