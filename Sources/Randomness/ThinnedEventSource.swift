/// Events of an array of cells of which each has its own probability, and may have another one in each of its states.
///
/// Law: an operation of a row is one trial of each of its cells. The candidates of a row's 4,096 consecutive operations
/// are drawn by skipping, at the largest probability of the row, from the `KeyedStream` with the source's seed and
/// stream, block0 = row and block1 = operation / 4,096; each candidate carries one more 32-bit draw, and it happens
/// where that is below 2³² times the cell's share of the largest probability (thinning: Lewis and Shedler, Nav. Res.
/// Logist. Q. 26, 403, 1979). So any block is recomputed alone, operations that are left out change no other, and the
/// state decides only what happens at a candidate, never where candidates are.
///
/// Shares are rounded to 2⁻³². Memory: one block of candidates a row that was asked for, 8 bytes each.
public struct ThinnedEventSource: Sendable {
    public let seed: UInt64
    public let stream: UInt32
    public let columns: Int
    /// The probability at which the candidates of each row are drawn.
    public let largestProbabilities: [Double]

    private let rates: [Double]
    @usableFromInline var blocks: [EventBlock]

    /// Throws `RandomnessError` for a probability outside 0…1, rows outside 1…2³¹ and columns outside 1…2¹⁹.
    public init(
        seed: UInt64, stream: UInt32, columns: Int, largestProbabilities: [Double]
    ) throws(RandomnessError) {
        let rows = largestProbabilities.count
        guard rows >= 1, rows <= 1 << 31 else { throw .count(name: "rows", value: rows, allowed: 1...1 << 31) }
        guard columns >= 1, columns <= 1 << 19 else {
            throw .count(name: "columns", value: columns, allowed: 1...1 << 19)
        }
        for probability in largestProbabilities where !(probability >= 0 && probability <= 1) {
            throw .probability(probability)
        }
        self.seed = seed
        self.stream = stream
        self.columns = columns
        self.largestProbabilities = largestProbabilities
        rates = largestProbabilities.map { EventPositions.rate(of: $0) }
        blocks = largestProbabilities.map { $0 == 0 ? .never : EventBlock() }
    }

    /// Calls `body` with each column of a row in which an operation's event happens, ascending.
    ///
    /// `share(column)` is the cell's probability over the row's largest one, asked at candidates alone. Complexity: two
    /// comparisons where no candidate is near.
    @inlinable
    public mutating func forEachEvent(
        operation: Int, row: Int, share: (_ column: Int) -> Double, _ body: (_ column: Int) -> Void
    ) {
        if isQuiet(operation: operation, row: row) { return }
        for index in candidates(operation: operation, row: row) {
            let (column, threshold) = candidate(index, operation: operation, row: row)
            if Double(threshold) < share(column) * 0x1p32 { body(column) }
        }
    }

    /// Whether it is known that the operation has no candidate; O(1).
    @inlinable
    public func isQuiet(operation: Int, row: Int) -> Bool { blocks[row].quiet.contains(operation) }

    /// The operations around the last one asked for that are known to have no candidate; O(1).
    public func quietOperations(row: Int) -> Range<Int> { blocks[row].quiet }

    /// The candidates of an operation, as numbers to ask `candidate` for before another operation is asked for.
    public mutating func candidates(operation: Int, row: Int) -> Range<Int> {
        let (rate, columns, seed, stream) = (rates[row], columns, seed, stream)
        return blocks[row].events(of: operation, columns: columns) { block in
            precondition(block <= Int(UInt32.max), "operation block \(block) is outside 0 to 2^32 - 1")
            let key = KeyedStream(seed: seed, stream: stream, block0: UInt32(row), block1: UInt32(block))
            var positions = EventPositions(rate: rate, trials: EventBlock.operations * columns, stream: key)
            var trials: [UInt32] = []
            var thresholds: [UInt32] = []
            let expected = Int(min(rate, 1) * Double(EventBlock.operations * columns)) + 16
            trials.reserveCapacity(expected)
            thresholds.reserveCapacity(expected)
            while let trial = positions.next() {
                trials.append(UInt32(trial))
                thresholds.append(positions.nextThreshold())
            }
            return (trials, thresholds)
        }
    }

    /// The column of a candidate, and the 32 bits by which it is thinned.
    @inlinable
    public func candidate(_ index: Int, operation: Int, row: Int) -> (column: Int, threshold: UInt32) {
        let first = operation % EventBlock.operations * columns
        return (Int(blocks[row].trials[index]) - first, blocks[row].thresholds[index])
    }
}
