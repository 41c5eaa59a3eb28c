public import Randomness

/// Errors of an array's cells, each with its own probability: what a die always does wrong, and what chance adds.
///
/// Law: a cell in a state errs with its own probability in each logical operation: a read in the state that it stores, a
/// write in the state that it is to take. Where that is above one half the cell counts as always wrong in this state,
/// and what is drawn is how often it is right after all; so the events drawn have probabilities up to one half, by a
/// `ThinnedEventSource`. Skipped rows, shards and replays change no event, and a cell's state only which candidates
/// count.
public struct CellChance: Sendable {
    /// Probability that a cell of a row errs, by its state; one for each column.
    public struct RowProbabilities: Sendable {
        public var whenZero: [Double]
        public var whenOne: [Double]

        public init(whenZero: [Double], whenOne: [Double]) {
            self.whenZero = whenZero
            self.whenOne = whenOne
        }
    }

    public let columns: Int
    // Cells that err more often than not, by state.
    @usableFromInline let wrongWhenZero: [BitRow]
    @usableFromInline let wrongWhenOne: [BitRow]
    /// Whether any cell is always wrong in a state: a die without such cells needs no masks.
    @usableFromInline let hasWrong: Bool
    // Probability of the less likely outcome of each cell over the row's largest, times 2³², by state; row by row.
    private let limitsWhenZero: [UInt64]
    private let limitsWhenOne: [UInt64]
    @usableFromInline var events: ThinnedEventSource

    /// Throws `RandomnessError` for a probability outside 0…1; every row has two probabilities a column.
    public init(
        seed: UInt64, stream: UInt32, columns: Int, rows: [RowProbabilities]
    ) throws(RandomnessError) {
        self.columns = columns
        for row in rows {
            precondition(row.whenZero.count == columns && row.whenOne.count == columns, "\(columns) columns")
            for probability in row.whenZero + row.whenOne where !(probability >= 0 && probability <= 1) {
                throw .probability(probability)
            }
        }
        func wrong(_ probabilities: [Double]) -> BitRow {
            var row = BitRow.none
            for (column, probability) in probabilities.enumerated() where probability > 0.5 { row.set(column) }
            return row
        }
        wrongWhenZero = rows.map { wrong($0.whenZero) }
        wrongWhenOne = rows.map { wrong($0.whenOne) }
        let largest = rows.map { row in (row.whenZero + row.whenOne).map { min($0, 1 - $0) }.max() ?? 0 }
        func limits(_ probabilities: [Double], of largest: Double) -> [UInt64] {
            probabilities.map { largest == 0 ? 0 : UInt64((min($0, 1 - $0) / largest * 0x1p32).rounded()) }
        }
        hasWrong = (wrongWhenZero + wrongWhenOne).contains { $0 != .none }
        limitsWhenZero = zip(rows, largest).flatMap { limits($0.whenZero, of: $1) }
        limitsWhenOne = zip(rows, largest).flatMap { limits($0.whenOne, of: $1) }
        events = try ThinnedEventSource(
            seed: seed, stream: stream, columns: columns, largestProbabilities: largest)
    }

    /// Whether it is known that no cell of the row errs in the operation, whatever the states; O(1).
    @inlinable
    public func isQuiet(operation: Int, row: Int) -> Bool {
        !hasWrong && events.isQuiet(operation: operation, row: row)
    }

    /// The operations around the last one asked for that are known to have no error, whatever the states; O(1).
    func quietOperations(row: Int) -> Range<Int> { hasWrong ? 0..<0 : events.quietOperations(row: row) }

    public var rows: Int { wrongWhenZero.count }

    /// The cells of a row that err in one logical operation, in the states given.
    ///
    /// Complexity: a few words' logic where no candidate is near.
    public mutating func errors(operation: Int, row: Int, states: BitRow) -> BitRow {
        let isQuiet = events.isQuiet(operation: operation, row: row)
        let wrong = (wrongWhenOne[row] & states) | (wrongWhenZero[row] & ~states)
        return isQuiet ? wrong : wrong ^ drawn(operation: operation, row: row, states)
    }

    /// The cells that keep their bits when a row is written: of those that change, the ones whose write fails.
    public mutating func failures(write: Int, row: Int, from old: BitRow, to new: BitRow) -> BitRow {
        errors(operation: write, row: row, states: new) & (old ^ new)
    }

    @inline(never)
    private mutating func drawn(operation: Int, row: Int, _ states: BitRow) -> BitRow {
        let first = row * columns
        var drawn = BitRow.none
        for index in events.candidates(operation: operation, row: row) {
            let (column, threshold) = events.candidate(index, operation: operation, row: row)
            let limits = states.contains(column) ? limitsWhenOne : limitsWhenZero
            if UInt64(threshold) < limits[first + column] { drawn.set(column) }
        }
        return drawn
    }
}
