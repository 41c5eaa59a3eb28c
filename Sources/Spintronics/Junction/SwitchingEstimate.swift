/// What a pulse does to a junction, as one method finds it.
public struct SwitchingEstimate: Hashable, Sendable {
    /// Probability that the junction has switched.
    public var probability: Double
    /// 1 − probability, computed for itself, so that a small one keeps its digits.
    public var writeErrorRate: Double
    /// Standard error of the probability by counting; 0 for a method without chance.
    public var standardError: Double
    /// Mean energy of the pulse, drawn from its source; nil where no resistance is known.
    public var energyJoules: Double?

    public init(
        probability: Double, writeErrorRate: Double, standardError: Double = 0, energyJoules: Double? = nil
    ) {
        self.probability = probability
        self.writeErrorRate = writeErrorRate
        self.standardError = standardError
        self.energyJoules = energyJoules
    }
}
