import Foundation
import Randomness

/// The amplifiers of one row of a die, each with its own probability of a wrong bit in one kind of sense.
///
/// Law: what the die fixes sets each amplifier's margin and delay factor, what an event draws is normal on top, so each
/// amplifier has one probability and its senses are independent trials. In static mode the probability is 0 or 1, and
/// one half where the amplifier is too slow for the clock.
public struct AmplifierRow: Sendable {
    public let die: AmplifierDie
    public let row: UInt32
    /// Probability of a wrong bit in one sense, by amplifier.
    public let upsetProbability: [Double]

    /// - Parameters:
    ///   - spread: what varies; the mode chooses between its fixed part and its noise.
    ///   - limitSeconds: time from the edge to the latch; nil for as long as it takes.
    ///
    /// Throws `SensingError.outsideDomain`, `.notPositive` for the limit, `.outOfRange` for more than 2³² amplifiers.
    public init(
        _ amplifier: PrechargeSenseAmplifier, _ branches: SenseBranches, die: AmplifierDie, row: UInt32 = 0,
        amplifiers: Int, spread: SenseSpread, mode: SensingMode, limitSeconds: Double? = nil
    ) throws(SensingError) {
        try amplifier.check(branches)
        try amplifier.check(spread, branches)
        try AmplifierDie.check(amplifiers: amplifiers)
        if let limitSeconds { try requirePositive("time to the latch in second", limitSeconds) }
        self.die = die
        self.row = row
        var fixed = spread
        if mode == .dynamic { fixed = SenseSpread(sigmaThresholdVolts: 0, junctions: false) }
        let slope = amplifier.technology.boundary.nmosSlope(geometricMeanOhms: branches.geometricMeanOhms)
        let noise = mode == .fixed ? 0 : slope * amplifier.technology.noiseVolts
        upsetProbability = (0..<amplifiers).map { k in
            let state = amplifier.state(
                branches, die: die, row: row, amplifier: UInt32(truncatingIfNeeded: k), spread: fixed)
            let left = amplifier.leftProbability(branches, state, sigma: noise, limitSeconds: limitSeconds)
            return branches.leftShouldWin ? 1 - left : left
        }
    }

    /// The senses among 0 ..< `senses` in which an amplifier gives a wrong bit, ascending.
    ///
    /// Complexity: one draw a wrong sense, none where the probability is 0 or 1. Throws `RandomnessError` for a count that
    /// is out of range.
    public func upsets(amplifier k: Int, senses: Int) throws(RandomnessError) -> [Int] {
        let stream = KeyedStream(
            seed: die.seed, stream: AmplifierDie.eventStream, block0: row, block1: UInt32(truncatingIfNeeded: k))
        return Array(try EventPositions(probability: upsetProbability[k], trials: senses, stream: stream))
    }
}

extension PrechargeSenseAmplifier {
    func state(
        _ branches: SenseBranches, die: AmplifierDie, row: UInt32, amplifier k: UInt32, spread: SenseSpread
    ) -> AmplifierState {
        let shifts = die.thresholds(amplifier: k, sigmaVolts: spread.sigmaThresholdVolts)
        var margin = logRatio(branches) - offset(shifts, geometricMeanOhms: branches.geometricMeanOhms)
        var moves = (left: 0.0, right: 0.0)
        if spread.junctions {
            let cells = die.junctions(row: row, column: k)
            moves = (branches.left.sigmaLogResistance * cells.left, branches.right.sigmaLogResistance * cells.right)
            margin += moves.right - moves.left
        }
        let elasticity = (
            left: delayElasticity(winnerOhms: branches.left.ohms, margin: branches.margin),
            right: delayElasticity(winnerOhms: branches.right.ohms, margin: branches.margin)
        )
        return AmplifierState(
            margin: margin,
            leftFactor: delayFactor(shifts, leftWins: true) * exp(elasticity.left * moves.left),
            rightFactor: delayFactor(shifts, leftWins: false) * exp(elasticity.right * moves.right))
    }

    /// The probability that the latch takes "left wins" when the margin has normal noise.
    func leftProbability(
        _ branches: SenseBranches, _ state: AmplifierState, sigma: Double, limitSeconds: Double?
    ) -> Double {
        var (leftNeeds, rightNeeds) = (0.0, 0.0)
        if let limitSeconds {
            leftNeeds = margin(winnerOhms: branches.left.ohms, resolvedBy: limitSeconds / state.leftFactor)
            rightNeeds = margin(winnerOhms: branches.right.ohms, resolvedBy: limitSeconds / state.rightFactor)
        }
        let left = Self.probability(state.margin - leftNeeds, sigma: sigma)
        let right = Self.probability(-state.margin - rightNeeds, sigma: sigma)
        return left + 0.5 * max(1 - left - right, 0)
    }

    private static func probability(_ excess: Double, sigma: Double) -> Double {
        sigma > 0 ? StandardNormal.probability(below: excess / sigma) : excess > 0 ? 1 : 0
    }
}

extension PrechargeSenseAmplifier {
    /// The probability of a wrong bit when amplifier `k` of a die senses these very branches.
    ///
    /// The branches' own spread is not drawn: they are those of two cells that are known. With `noise` the event's
    /// thermal noise counts; without it the probability is 0 or 1, and one half where the amplifier is too slow.
    ///
    /// - Parameter limitSeconds: time from the edge to the latch; nil for as long as it takes.
    ///
    /// Throws `SensingError.outsideDomain`.
    public func upsetProbability(
        _ branches: SenseBranches, die: AmplifierDie, amplifier k: UInt32, sigmaThresholdVolts: Double, noise: Bool,
        limitSeconds: Double?
    ) throws(SensingError) -> Double {
        try check(branches)
        let spread = SenseSpread(sigmaThresholdVolts: sigmaThresholdVolts, junctions: false)
        try check(spread, branches)
        let slope = technology.boundary.nmosSlope(geometricMeanOhms: branches.geometricMeanOhms)
        let state = state(branches, die: die, row: 0, amplifier: k, spread: spread)
        let left = leftProbability(
            branches, state, sigma: noise ? slope * technology.noiseVolts : 0, limitSeconds: limitSeconds)
        return branches.leftShouldWin ? 1 - left : left
    }
}
