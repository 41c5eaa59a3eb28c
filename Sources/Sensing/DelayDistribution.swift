import Foundation

/// The law of the delay over dies and events, and with it the errors of a sense that is ended by a clock.
///
/// Law: the delay is that of the effective margin y (its sign says who wins) times exp(g), where y and g are linear in
/// the normal shifts of thresholds, junctions and noise. So (y, g) is a two-dimensional normal for each winner, and every
/// probability is one sum over g of a normal integral over y.
/// A sense that is not resolved in time is latched as a fair coin.
public struct DelayDistribution: Sendable {
    private let amplifier: PrechargeSenseAmplifier
    /// The side that should win, then the other.
    private let sides: [Side]

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
        // The two histories are equally likely: a variance of the squared shift, exact in the first two moments.
        let history = slope * technology.precharge.historyGain * residueVolts
        let variance = amplifier.marginVariance(branches, spread: spread) + history * history
        sides = [branches.winner, branches.loser].map { winner in
            let slopeOfOhms = amplifier.delayElasticity(winnerOhms: winner.ohms, margin: branches.margin)
            let sigma = spread.junctions ? winner.sigmaLogResistance : 0
            let junction = slopeOfOhms * sigma * sigma
            let thresholds = delay.nmosPerVolt * delay.nmosPerVolt + 0.5 * delay.pmosPerVolt * delay.pmosPerVolt
            return Side(
                winnerOhms: winner.ohms, marginMean: winner == branches.winner ? branches.margin : -branches.margin,
                marginVariance: variance, factorVariance: thresholds * threshold + slopeOfOhms * junction,
                covariance: -slope * delay.nmosPerVolt * threshold - junction)
        }
    }

    /// Probability that the right side has won by this time after the edge.
    public func resolvedRight(bySeconds time: Double) -> Double { won(sides[0], by: time) }

    /// Probability that the wrong side has won by this time.
    public func resolvedWrong(bySeconds time: Double) -> Double { won(sides[1], by: time) }

    /// Probability that the outputs differ by half the supply at this time.
    public func resolved(bySeconds time: Double) -> Double {
        min(resolvedRight(bySeconds: time) + resolvedWrong(bySeconds: time), 1)
    }

    /// Probability that a latch at this time takes the wrong bit.
    public func upsetProbability(atSeconds time: Double) -> Double {
        let wrong = resolvedWrong(bySeconds: time)
        return wrong + 0.5 * max(1 - wrong - resolvedRight(bySeconds: time), 0)
    }

    /// The time by which a sense is resolved with the probability `quantile`.
    ///
    /// Throws `SensingError.outOfRange` for a quantile outside 1e-12 to 1 − 1e-12.
    public func delaySeconds(quantile: Double) throws(SensingError) -> Double {
        try require("quantile of the delay", quantile, in: 1e-12...1 - 1e-12)
        var low = 0.0
        var high = 1e-9
        while resolved(bySeconds: high) < quantile, high < 1 { high *= 2 }
        for _ in 0..<60 {
            let middle = 0.5 * (low + high)
            if resolved(bySeconds: middle) < quantile { low = middle } else { high = middle }
        }
        return high
    }

    /// Mean and standard deviation over the senses that are resolved by `limitSeconds`.
    public func moments(limitSeconds limit: Double) -> (meanSeconds: Double, sdSeconds: Double) {
        let steps = 800
        let total = resolved(bySeconds: limit)
        guard total > 0 else { return (.nan, .nan) }
        // E t = limit − ∫ F, E t² = limit² − 2 ∫ t F, with F the law given that t is below the limit.
        var (first, second) = (0.0, 0.0)
        for step in 0..<steps {
            let time = limit * (Double(step) + 0.5) / Double(steps)
            let part = resolved(bySeconds: time) / total
            first += part
            second += time * part
        }
        let width = limit / Double(steps)
        let mean = limit - first * width
        return (mean, max(limit * limit - 2 * second * width - mean * mean, 0).squareRoot())
    }

    private func won(_ side: Side, by time: Double) -> Double {
        guard time > 0 else { return 0 }
        guard side.factorVariance > 0 else {
            return above(time, factor: 1, side, mean: side.marginMean, variance: side.marginVariance)
        }
        let sigma = side.factorVariance.squareRoot()
        let share = side.covariance / side.factorVariance
        let variance = max(side.marginVariance - share * side.covariance, 0)
        // The trapezoid rule on a normal density: its error falls faster than any power of the step.
        let step = 0.25
        var sum = 0.0
        for index in -28...28 {
            let z = Double(index) * step
            let mean = side.marginMean + share * sigma * z
            sum += StandardNormal.density(z) * above(time, factor: exp(sigma * z), side, mean: mean, variance: variance)
        }
        return sum * step
    }

    /// P(y > the margin that is resolved by `time`) for y normal.
    private func above(_ time: Double, factor: Double, _ side: Side, mean: Double, variance: Double) -> Double {
        let needed = amplifier.margin(winnerOhms: side.winnerOhms, resolvedBy: time / factor)
        guard needed < .infinity else { return 0 }
        guard variance > 0 else { return mean > needed || mean == needed && mean > 0 ? 1 : 0 }
        return StandardNormal.probability(below: (mean - needed) / variance.squareRoot())
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
