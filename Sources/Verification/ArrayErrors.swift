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
                writes: try die.writes(rows: rows, columns: columns, seed: seed))
        }
    }
}
