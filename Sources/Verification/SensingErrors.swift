public import Golden
import Randomness

/// The errors of an array's reads, before it is known which array.
public enum SensingErrors: Sendable {
    case none
    /// Every bit of every sense reads wrong with the same probability.
    case rate(Double)
    /// A die's amplifiers and cells; `chance` makes those of an array of so many rows and columns.
    case die(chance: @Sendable (_ rows: Int, _ columns: Int, _ seed: UInt64) throws -> CellChance)

    /// The same errors with a rate of zero as none.
    public init(rate: Double) { self = rate == 0 ? .none : .rate(rate) }

    /// The reads of an array.
    ///
    /// Throws `RandomnessError` for a rate out of range, and what the die's models throw.
    public func reads(rows: Int, columns: Int, seed: UInt64) throws -> ReadUpsets {
        switch self {
        case .none: return .none
        case .rate(let rate):
            return .uniform(
                try UpsetSource(
                    seed: seed, stream: UpsetStreams.sensing, rows: rows, columns: columns, probability: rate))
        case .die(let chance): return .cells(try chance(rows, columns, seed))
        }
    }
}
