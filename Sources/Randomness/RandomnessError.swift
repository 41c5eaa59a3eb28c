/// What is wrong with the parameters of a random source.
public enum RandomnessError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A probability outside 0…1, or not a number.
    case probability(Double)
    /// A count (of trials, rows or columns) outside its range.
    case count(name: String, value: Int, allowed: ClosedRange<Int>)

    public var description: String {
        switch self {
        case .probability(let value):
            "probability is \(value); allowed is 0 to 1"
        case .count(let name, let value, let allowed):
            "\(name) is \(value); allowed is \(allowed.lowerBound) to \(allowed.upperBound)"
        }
    }
}
