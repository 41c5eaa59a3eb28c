/// The upsets of a sub-array's reads: which columns of which logical sense read wrong.
///
/// A *logical sense* is image × rows + row. It is counted also when the row is skipped, so skipping rows, sharding
/// images over threads or replaying after a power loss changes no event. Each column of each logical sense is one
/// Bernoulli(probability) trial.
///
/// Keying: the trials of one row in 4,096 consecutive images form a block. The block's events are the `EventPositions`
/// of 4,096 × columns trials on the `KeyedStream` with the source's seed and stream, block0 = row and
/// block1 = image / 4,096; trial (image mod 4,096) × columns + column is the column's. Any block is recomputed alone.
///
/// Memory: one block of events a row that was asked for, 4 bytes an event.
public struct UpsetSource: Sendable {
    /// Images in a keyed block.
    public static let imagesPerBlock = EventBlock.operations

    public let seed: UInt64
    public let stream: UInt32
    public let rows: Int
    public let columns: Int
    public let probability: Double
    /// 64-bit words of a mask, ⌈columns / 64⌉.
    public let wordsPerMask: Int

    private let rate: Double
    @usableFromInline var blocks: [EventBlock]

    /// A source for an array of `rows` × `columns` cells whose sensed bits read wrong with the given probability.
    ///
    /// Throws `RandomnessError` for a probability outside 0…1, rows outside 1…2³¹ and columns outside 1…2¹⁹.
    public init(
        seed: UInt64, stream: UInt32, rows: Int, columns: Int, probability: Double
    ) throws(RandomnessError) {
        guard probability >= 0, probability <= 1 else { throw .probability(probability) }
        guard rows >= 1, rows <= 1 << 31 else { throw .count(name: "rows", value: rows, allowed: 1...1 << 31) }
        guard columns >= 1, columns <= 1 << 19 else {
            throw .count(name: "columns", value: columns, allowed: 1...1 << 19)
        }
        self.seed = seed
        self.stream = stream
        self.rows = rows
        self.columns = columns
        self.probability = probability
        wordsPerMask = (columns + 63) / 64
        rate = EventPositions.rate(of: probability)
        blocks = Array(repeating: probability == 0 ? .never : EventBlock(), count: rows)
    }

    /// The images around the last one asked for whose senses of the row are known to have no upset; O(1).
    public func quietOperations(row: Int) -> Range<Int> { blocks[row].quiet }

    /// Writes the upset mask of one logical sense, column c in bit c mod 64 of word c / 64; returns whether a bit is set.
    ///
    /// All `wordsPerMask` words are written, unused high bits as zero. `image` is in 0 ..< 2⁴⁴, `row` in 0 ..< `rows`.
    /// Complexity: two comparisons and the clearing of the words where no event is near; a block is drawn when first
    /// entered, in time proportional to its events.
    public mutating func mask(image: Int, row: Int, into words: UnsafeMutablePointer<UInt64>) -> Bool {
        words.update(repeating: 0, count: wordsPerMask)
        return blocks[row].quiet.contains(image) ? false : lookUp(image: image, row: row, into: words)
    }

    /// The upset mask of one logical sense, ⌈columns / 64⌉ words.
    public mutating func mask(image: Int, row: Int) -> [UInt64] {
        var words = [UInt64](repeating: 0, count: wordsPerMask)
        words.withUnsafeMutableBufferPointer { buffer in
            // A source has one column at least, so that the buffer is never empty.
            if let base = buffer.baseAddress { _ = mask(image: image, row: row, into: base) }
        }
        return words
    }

    /// The columns that read wrong in one logical sense, ascending, computed from nothing but the key.
    ///
    /// Complexity: a whole block is drawn each time; use `mask` in loops.
    public func events(image: Int, row: Int) -> [Int] {
        let first = image % Self.imagesPerBlock * columns
        return positions(row: row, block: image / Self.imagesPerBlock)
            .lazy.drop { $0 < first }.prefix { $0 < first + columns }.map { $0 - first }
    }

    /// The number of upsets in the given images of the given rows, computed from nothing but the key.
    public func count(images: Range<Int>, rows: some Sequence<Int>) -> Int {
        guard !images.isEmpty else { return 0 }
        let blocks = images.lowerBound / Self.imagesPerBlock...(images.upperBound - 1) / Self.imagesPerBlock
        var total = 0
        for row in rows {
            for block in blocks {
                let start = block * Self.imagesPerBlock
                for trial in positions(row: row, block: block) where images.contains(start + trial / columns) {
                    total += 1
                }
            }
        }
        return total
    }

    private func positions(row: Int, block: Int) -> EventPositions {
        precondition(row >= 0 && row < rows, "row \(row) of an array of \(rows) rows")
        precondition(block >= 0 && block <= Int(UInt32.max), "image block \(block) is outside 0 to 2^32 - 1")
        let key = KeyedStream(seed: seed, stream: stream, block0: UInt32(row), block1: UInt32(block))
        return EventPositions(rate: rate, trials: Self.imagesPerBlock * columns, stream: key)
    }

    @inline(never)
    private mutating func lookUp(image: Int, row: Int, into words: UnsafeMutablePointer<UInt64>) -> Bool {
        let source = (seed: seed, stream: stream, rate: rate, columns: columns)
        let events = blocks[row].events(of: image, columns: columns) { block in
            precondition(block <= Int(UInt32.max), "image block \(block) is outside 0 to 2^32 - 1")
            let key = KeyedStream(
                seed: source.seed, stream: source.stream, block0: UInt32(row), block1: UInt32(block))
            let positions = EventPositions(
                rate: source.rate, trials: Self.imagesPerBlock * source.columns, stream: key)
            return (positions.map { UInt32($0) }, [])
        }
        let first = image % Self.imagesPerBlock * columns
        for index in events {
            let column = Int(blocks[row].trials[index]) - first
            words[column / 64] |= 1 << UInt64(column % 64)
        }
        return !events.isEmpty
    }
}
