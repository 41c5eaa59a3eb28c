public import Golden
import Randomness

/// What goes wrong in an array, before it is known which array.
public enum ArrayErrors: Sendable {
    case none
    /// Every bit of every sense reads wrong with the same probability; writes never fail.
    case rate(Double)
    /// The cells, amplifiers and writes of a die.
    case die(ArrayDie)

    /// The same errors with a rate of zero as none.
    public init(rate: Double) { self = rate == 0 ? .none : .rate(rate) }

    /// Where an array's wrong bits come from.
    public struct Chance: Sendable {
        public var reads: ReadUpsets
        public var writes: CellChance?
        /// What a read does to the bits that it reads, after it has read them.
        public var disturbs: CellChance?
        /// What time has done to them before the first read.
        public var losses: CellChance?

        public init(
            reads: ReadUpsets, writes: CellChance? = nil, disturbs: CellChance? = nil, losses: CellChance? = nil
        ) {
            self.reads = reads
            self.writes = writes
            self.disturbs = disturbs
            self.losses = losses
        }

        /// Whether no bit can ever be wrong.
        public var isNone: Bool { reads.isNone && writes == nil && disturbs == nil && losses == nil }

        /// The bits that the rows store after they were written once into an array of zeros, write number 0.
        public func stored(_ rows: [BitRow]) -> [BitRow] {
            guard var writes else { return rows }
            return rows.enumerated().map { $1 & ~writes.failures(write: 0, row: $0, from: .none, to: $1) }
        }
    }

    /// The errors of an array.
    ///
    /// Throws `RandomnessError` for a rate out of range, and what the die's models throw.
    public func chance(rows: Int, columns: Int, seed: UInt64) throws -> Chance {
        switch self {
        case .none: return Chance(reads: .none)
        case .rate(let rate):
            let source = try UpsetSource(
                seed: seed, stream: UpsetStreams.sensing, rows: rows, columns: columns, probability: rate)
            return Chance(reads: .uniform(source))
        case .die(let die):
            return Chance(
                reads: .cells(try die.reads(rows: rows, columns: columns, seed: seed)),
                writes: try die.writes(rows: rows, columns: columns, seed: seed),
                disturbs: try die.disturbs(rows: rows, columns: columns, seed: seed),
                losses: try die.losses(rows: rows, columns: columns, seed: seed))
        }
    }
}

/// An array's cells as reads find them: what was written, what time and reads turned since, and the wrong bits of reads.
///
/// Law: a read gives the bits that the cells hold, but for its errors, and then may turn cells itself; so the reads of a
/// row are asked for in the order in which they happen. A skipped row is not read and so not disturbed.
struct CellHistory {
    /// The bits that the rows store after writing.
    let stored: [BitRow]
    private var turned: [BitRow]
    private var chance: ArrayErrors.Chance

    init(_ chance: ArrayErrors.Chance, rows: [BitRow]) {
        self.chance = chance
        let stored = chance.stored(rows)
        self.stored = stored
        turned = Array(repeating: .none, count: rows.count)
        if var losses = chance.losses {
            turned = stored.enumerated().map { losses.errors(operation: 0, row: $0, states: $1) }
        }
    }

    /// The columns in which a logical sense differs from what was stored; the sense happens.
    @inline(__always)
    mutating func upsets(image: Int, row: Int) -> BitRow {
        let held = stored[row] ^ turned[row]
        let upset = turned[row] ^ chance.reads.upsets(image: image, row: row, stored: held)
        if chance.disturbs != nil, !chance.disturbs!.isQuiet(operation: image, row: row) {
            turned[row] ^= chance.disturbs!.errors(operation: image, row: row, states: held)
        }
        return upset
    }
}
