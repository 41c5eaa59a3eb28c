/// What is wrong with a Monte-Carlo run.
public enum MonteCarloError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A number outside what is allowed for it; `allowed` says what is.
    case number(name: String, value: Double, allowed: String)
    /// A count (of trials, threads, junctions) outside its range.
    case count(name: String, value: Int, allowed: ClosedRange<Int>)
    /// A step so long that Heun's method is no longer trusted.
    case step(seconds: Double, largest: Double)
    /// A pulse whose edges are longer than its width.
    case edges(Pulse)

    public var description: String {
        switch self {
        case .number(let name, let value, let allowed):
            "\(name) is \(value); allowed is \(allowed)"
        case .count(let name, let value, let allowed):
            "\(name) is \(value); allowed is \(allowed.lowerBound) to \(allowed.upperBound)"
        case .step(let seconds, let largest):
            "time step is \(picoseconds(seconds)) ps; allowed is up to \(picoseconds(largest)) ps for this layer and these "
                + "drives"
        case .edges(let pulse):
            "pulse of \(pulse.widthSeconds) s has edges of \(pulse.riseSeconds) s and \(pulse.fallSeconds) s; "
                + "allowed is half their sum up to the width"
        }
    }

    /// Rounded down to a thousandth.
    private func picoseconds(_ seconds: Double) -> Double {
        (seconds * 1e15 * (1 + 1e-12)).rounded(.down) / 1000
    }
}
