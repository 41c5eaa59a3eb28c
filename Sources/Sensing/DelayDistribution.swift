import Foundation
import Randomness

/// The law of the delay over dies and events, and with it the errors of a sense that is ended by a clock.
///
/// Law: the delay is that of the effective margin y (its sign says who wins) times exp(g), where y and g are linear in
/// the normal shifts of thresholds, junctions and noise. So (y, g) is a two-dimensional normal for each winner, and every
/// probability is one sum over g of a normal integral over y.
/// A sense that is not resolved in time is latched as a fair coin.
public struct DelayDistribution: Sendable {
    private let amplifier: PrechargeSenseAmplifier
    /// The side that should win and the other, each after either last decision.
    private let right: [Side]
    private let wrong: [Side]

    /// The normal law of (y, g) when one side wins; y is the margin in favour of that side.
    private struct Side: Sendable {
        let winnerOhms: Double
        let marginMean: Double
        let marginVariance: Double
        let factorVariance: Double
        let covariance: Double
    }

    /// - Parameter residueVolts: difference of the outputs left by the last pre-charge; the last decision is a coin.
    ///
    /// Throws `SensingError.outsideDomain`.
    public init(
        _ amplifier: PrechargeSenseAmplifier, _ branches: SenseBranches, spread: SenseSpread,
        residueVolts: Double = 0
    ) throws(SensingError) {
        try amplifier.check(branches)
        try amplifier.check(spread, branches)
        try require("residue of the pre-charge in volt", residueVolts, in: 0...amplifier.technology.circuit.supplyVolts)
        self.amplifier = amplifier
        let technology = amplifier.technology
        let slope = technology.boundary.nmosSlope(geometricMeanOhms: branches.geometricMeanOhms)
        let threshold = spread.sigmaThresholdVolts * spread.sigmaThresholdVolts
        let delay = technology.delay
        let variance = amplifier.marginVariance(branches, spread: spread)
        // What the last decision left helps the same decision; both were equally likely.
        let history = slope * technology.precharge.historyGain * residueVolts
        func side(_ winner: SenseBranch, _ margin: Double) -> Side {
            let slopeOfOhms = amplifier.delayElasticity(winnerOhms: winner.ohms, margin: branches.margin)
            let sigma = spread.junctions ? winner.sigmaLogResistance : 0
            let junction = slopeOfOhms * sigma * sigma
            let thresholds = delay.nmosPerVolt * delay.nmosPerVolt + 0.5 * delay.pmosPerVolt * delay.pmosPerVolt
            return Side(
                winnerOhms: winner.ohms, marginMean: margin,
                marginVariance: variance, factorVariance: thresholds * threshold + slopeOfOhms * junction,
                covariance: -slope * delay.nmosPerVolt * threshold - junction)
        }
        right = [history, -history].map { side(branches.winner, branches.margin + $0) }
        wrong = [history, -history].map { side(branches.loser, -branches.margin + $0) }
    }

    /// Probability that the right side has won by this time after the edge.
    public func resolvedRight(bySeconds time: Double) -> Double { mean(right, time, Self.won) }

    /// Probability that the wrong side has won by this time.
    public func resolvedWrong(bySeconds time: Double) -> Double { mean(wrong, time, Self.won) }

    /// Probability that the outputs do not yet differ by half the supply at this time, with full relative precision.
    public func unresolved(atSeconds time: Double) -> Double {
        min(mean(right, time, Self.slow) + mean(wrong, time, Self.slow), 1)
    }

    /// Probability that a latch at this time takes the wrong bit.
    public func upsetProbability(atSeconds time: Double) -> Double {
        min(resolvedWrong(bySeconds: time) + 0.5 * unresolved(atSeconds: time), 1)
    }

    /// The time by which a sense is resolved with the probability `quantile`.
    ///
    /// Throws `SensingError.outOfRange` for a quantile outside 1e-12 to 1 − 1e-12.
    public func delaySeconds(quantile: Double) throws(SensingError) -> Double {
        try require("quantile of the delay", quantile, in: 1e-12...1 - 1e-12)
        var low = 0.0
        var high = 1e-9
        while unresolved(atSeconds: high) > 1 - quantile, high < 1 { high *= 2 }
        for _ in 0..<60 {
            let middle = 0.5 * (low + high)
            if unresolved(atSeconds: middle) > 1 - quantile { low = middle } else { high = middle }
        }
        return high
    }

    /// Mean and standard deviation over the senses that are resolved by `limitSeconds`; not a number when none is.
    public func moments(limitSeconds limit: Double) -> (meanSeconds: Double, sdSeconds: Double) {
        let steps = 800
        let total = 1 - unresolved(atSeconds: limit)
        guard total > 0 else { return (.nan, .nan) }
        // E t = limit − ∫ F, E t² = limit² − 2 ∫ t F, with F the law given that t is below the limit.
        var (first, second) = (0.0, 0.0)
        for step in 0..<steps {
            let time = limit * (Double(step) + 0.5) / Double(steps)
            let part = (1 - unresolved(atSeconds: time)) / total
            first += part
            second += time * part
        }
        let width = limit / Double(steps)
        let mean = limit - first * width
        return (mean, max(limit * limit - 2 * second * width - mean * mean, 0).squareRoot())
    }

    /// The mean over the two histories, which are one without a residue.
    private func mean(
        _ sides: [Side], _ time: Double, _ part: (_ needed: Double, _ mean: Double, _ sigma: Double) -> Double
    ) -> Double {
        guard sides[0].marginMean != sides[1].marginMean else { return sum(sides[0], time, part) }
        return 0.5 * (sum(sides[0], time, part) + sum(sides[1], time, part))
    }

    /// Sums a probability of y over the normal law of g.
    private func sum(
        _ side: Side, _ time: Double, _ part: (_ needed: Double, _ mean: Double, _ sigma: Double) -> Double
    ) -> Double {
        let sigma = side.factorVariance.squareRoot()
        let share = sigma > 0 ? side.covariance / sigma : 0
        let rest = max(side.marginVariance - share * share, 0).squareRoot()
        func term(_ z: Double) -> Double {
            let needed =
                time > 0 ? amplifier.margin(winnerOhms: side.winnerOhms, resolvedBy: time * exp(-sigma * z)) : .infinity
            return part(needed, side.marginMean + share * z, rest)
        }
        guard sigma > 0 else { return term(0) }
        // The trapezoid rule on a normal density: its error falls faster than any power of the step.
        let step = 0.25
        return step
            * (-40...40).reduce(0.0) { sum, index in
                let z = Double(index) * step
                return sum + StandardNormal.density(z) * term(z)
            }
    }

    /// P(y > needed): this side has won in time.
    private static func won(_ needed: Double, _ mean: Double, _ sigma: Double) -> Double {
        guard needed < .infinity else { return 0 }
        guard sigma > 0 else { return mean > needed ? 1 : 0 }
        return StandardNormal.probability(below: (mean - needed) / sigma)
    }

    /// P(0 < y ≤ needed): this side would win, but not in time.
    private static func slow(_ needed: Double, _ mean: Double, _ sigma: Double) -> Double {
        guard sigma > 0 else { return mean > 0 && mean <= needed ? 1 : 0 }
        // As a difference of two lower tails, so that a small probability keeps its digits.
        let ends = (-mean / sigma, (needed - mean) / sigma)
        return mean > 0
            ? StandardNormal.probability(below: ends.1) - StandardNormal.probability(below: ends.0)
            : StandardNormal.probability(below: -ends.0) - StandardNormal.probability(below: -ends.1)
    }
}

extension PrechargeSenseAmplifier {
    /// d ln(delay) / d ln(R) at a constant margin.
    func delayElasticity(winnerOhms r: Double, margin x: Double) -> Double {
        let delay = technology.delay
        let perOhm = delay.secondsPerOhm + delay.growthSecondsPerOhm * decades(ofMargin: x)
        return perOhm * r / delaySeconds(winnerOhms: r, margin: x)
    }

    /// The margin whose delay is `seconds`: larger ones are resolved by then; ∞ when not even the largest is.
    func margin(winnerOhms r: Double, resolvedBy seconds: Double) -> Double {
        let delay = technology.delay
        let largest = log(technology.domain.ratio.upperBound)
        guard delay.seconds(winnerOhms: r, margin: largest) <= seconds else { return .infinity }
        let constant = delay.constantSeconds + delay.secondsPerOhm * r - seconds
        let growth = delay.growthSeconds + delay.growthSecondsPerOhm * r
        // Newton's method in u = ln coth(y / 2), in which the law is nearly linear; dy/du = −sinh y.
        let smallest = decades(ofMargin: largest)
        var u = max(-constant / growth, smallest)
        for _ in 0..<20 {
            let y = 2 * atanh(exp(-u))
            let step = (constant + growth * u + delay.marginSeconds * y) / (growth - delay.marginSeconds * sinh(y))
            u = max(u - step, smallest)
            if abs(step) < 1e-14 * u { break }
        }
        return 2 * atanh(exp(-u))
    }
}
