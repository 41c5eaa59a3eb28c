/// One line of a table of senses: a pair of resistances and what the amplifier makes of it.
public struct SenseRow: Hashable, Sendable {
    public let lowOhms: Double
    public let highOhms: Double
    public let delaySeconds: Double
    /// Evaluation alone, as the reference points have it.
    public let evaluationJoules: Double
    public let prechargeJoules: Double
    public let errorProbability: Double
    public let read: ReadPulse
}

extension PrechargeSenseAmplifier {
    /// A row for each pair of complementary junctions, in their order.
    ///
    /// Throws `SensingError` for the first pair that is not in the amplifier's domain.
    public func rows(
        _ pairs: [(lowOhms: Double, highOhms: Double)], sigmaThresholdVolts: Double = 0, sigmaLogResistance: Double = 0
    ) throws(SensingError) -> [SenseRow] {
        var rows: [SenseRow] = []
        for pair in pairs {
            try requirePositive("low resistance in ohm", pair.lowOhms)
            try requirePositive("high resistance in ohm", pair.highOhms)
            try require("high resistance in ohm", pair.highOhms, in: pair.lowOhms...Double.greatestFiniteMagnitude)
            let branches = SenseBranches(
                left: SenseBranch(ohms: pair.lowOhms, sigmaLogResistance: sigmaLogResistance),
                right: SenseBranch(ohms: pair.highOhms, sigmaLogResistance: sigmaLogResistance))
            rows.append(
                SenseRow(
                    lowOhms: pair.lowOhms, highOhms: pair.highOhms, delaySeconds: try delaySeconds(branches),
                    evaluationJoules: try evaluationJoules(branches),
                    prechargeJoules: technology.energy.prechargeJoules,
                    errorProbability: try errorProbability(
                        branches, spread: SenseSpread(sigmaThresholdVolts: sigmaThresholdVolts)),
                    read: try read(branches)))
        }
        return rows
    }
}
