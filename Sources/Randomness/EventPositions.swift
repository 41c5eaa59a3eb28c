/// The positions in 0 ..< trials at which an event of probability p happens, in ascending order, drawn by skipping.
///
/// Each trial is an independent Bernoulli(p) trial. The number of trials without event before the next event follows the
/// geometric law P(gap ≥ n) = (1 − p)ⁿ, and floor(E / −ln(1 − p)) with E a standard exponential number has exactly that
/// law (Devroye, "Non-Uniform Random Variate Generation", 1986, chapter X.2). So the cost is one draw an event, not one
/// a trial. p = 0 gives no event and p = 1 gives all, both without a draw.
///
/// Complexity: O(1) memory, O(p · trials + 1) time for all positions.
public struct EventPositions: Sequence, IteratorProtocol, Sendable {
    /// The largest number of trials, 2⁶².
    public static let maximumTrials = 1 << 62

    private var stream: KeyedStream
    /// −ln(1 − p): 0 for p = 0, ∞ for p = 1.
    private let rate: Double
    private let trials: Int
    /// The first trial that is not decided yet.
    private var candidate: Int

    /// The events of `trials` trials; `stream` at its first draw makes them reproducible.
    ///
    /// Throws `RandomnessError` for a probability outside 0…1 and for trials outside 0…2⁶².
    public init(probability: Double, trials: Int, stream: KeyedStream) throws(RandomnessError) {
        guard probability >= 0, probability <= 1 else { throw .probability(probability) }
        guard trials >= 0, trials <= Self.maximumTrials else {
            throw .count(name: "trials", value: trials, allowed: 0...Self.maximumTrials)
        }
        self.init(rate: Self.rate(of: probability), trials: trials, stream: stream)
    }

    /// The events at a rate that `rate(of:)` gave, for callers that draw many blocks of one checked probability.
    init(rate: Double, trials: Int, stream: KeyedStream) {
        self.rate = rate
        self.trials = trials
        self.stream = stream
        candidate = 0
    }

    /// −ln(1 − p): the rate of the exponential law whose floor is the geometric law.
    static func rate(of probability: Double) -> Double {
        probability == 1 ? .infinity : -portableLog1p(-probability)
    }

    /// The next position, or nil after the last.
    public mutating func next() -> Int? {
        guard candidate < trials, rate > 0 else { return nil }
        if rate < .infinity {
            let gap = stream.nextExponential() / rate
            // Compared before it is converted: a tiny rate gives gaps that no integer holds.
            guard gap < 0x1p62, Int(gap) < trials - candidate else {
                candidate = trials
                return nil
            }
            candidate += Int(gap)
        }
        candidate += 1
        return candidate - 1
    }

    /// 32 more bits of the stream, between two positions.
    mutating func nextThreshold() -> UInt32 { stream.nextUInt32() }
}
