import Foundation
import Randomness

/// The behaviour of a pre-charge sense amplifier without time steps: delay, energy, decision, read current.
///
/// Each function checks that the branches are in the domain in which the technology was checked, and throws
/// `SensingError.outsideDomain` otherwise; none extrapolates silently.
public struct PrechargeSenseAmplifier: Hashable, Sendable {
    public let technology: AmplifierTechnology

    public init(_ technology: AmplifierTechnology) { self.technology = technology }

    /// Delay from the middle of the sense edge until the outputs differ by half the supply, without mismatch.
    public func delaySeconds(_ branches: SenseBranches) throws(SensingError) -> Double {
        try check(branches)
        return delaySeconds(winnerOhms: branches.winner.ohms, margin: branches.margin)
    }

    /// Energy of an evaluation, without the pre-charge, as the reference points have it.
    public func evaluationJoules(_ branches: SenseBranches) throws(SensingError) -> Double {
        try check(branches)
        return technology.energy.joules(winnerOhms: branches.winner.ohms, margin: branches.margin)
    }

    /// Energy of a whole sense: the evaluation and the pre-charge after it.
    public func senseJoules(_ branches: SenseBranches) throws(SensingError) -> Double {
        try evaluationJoules(branches) + technology.energy.prechargeJoules
    }

    /// The probability that a sense without time limit is wrong, over dies, cells and events.
    ///
    /// Law: the margin |ln(R_right / R_left)| is compared with the sum of independent normal shifts of threshold voltages,
    /// junctions and noise, so P = Φ(−margin / σ). Published for thresholds and junctions as in docs/sensing.md.
    public func errorProbability(
        _ branches: SenseBranches, spread: SenseSpread
    ) throws(SensingError) -> Double {
        let sigma = try marginSigma(branches, spread: spread)
        return sigma > 0 ? StandardNormal.probability(below: -branches.margin / sigma) : 0
    }

    /// Standard deviation of the margin, over everything that the spread's modes let vary.
    public func marginSigma(_ branches: SenseBranches, spread: SenseSpread) throws(SensingError) -> Double {
        try check(branches)
        try check(spread, branches)
        return marginVariance(branches, spread: spread).squareRoot()
    }

    /// The disturbing current: that through the branch which discharges, as a rectangular pulse of equal charge.
    ///
    /// The other branch's current is smaller and shorter. For a cell against a reference this is the cell's worst case.
    public func read(_ branches: SenseBranches) throws(SensingError) -> ReadPulse {
        try check(branches)
        let read = technology.read
        let current = read.driveVolts / (branches.winner.ohms + read.driveOhms)
        return ReadPulse(peakAmperes: current, durationSeconds: read.chargeCoulombs / current)
    }

    /// The pre-charge time after which the outputs differ by this part of the supply.
    ///
    /// Throws `SensingError.outOfRange` for a part outside 0.001 to 0.5, where the exponential law was checked.
    public func prechargeSeconds(residue: Double) throws(SensingError) -> Double {
        try require("residue of the pre-charge", residue, in: 0.001...0.5)
        return technology.precharge.startSeconds - technology.precharge.timeConstantSeconds * log(residue)
    }
}

/// A rectangular pulse that carries the charge of a read.
public struct ReadPulse: Hashable, Sendable {
    public let peakAmperes: Double
    public let durationSeconds: Double
}

/// What varies, each as a standard deviation; zero switches it off.
public struct SenseSpread: Hashable, Sendable {
    /// Threshold voltage of each of the four latch transistors; drawn once per die.
    public var sigmaThresholdVolts: Double
    /// Whether the branches' own spread counts; drawn once per die.
    public var junctions: Bool
    /// Whether thermal noise counts; drawn per event.
    public var noise: Bool

    public init(sigmaThresholdVolts: Double, junctions: Bool = true, noise: Bool = false) {
        self.sigmaThresholdVolts = sigmaThresholdVolts
        self.junctions = junctions
        self.noise = noise
    }
}

extension SenseBranches {
    var winner: SenseBranch { leftShouldWin ? left : right }
    var loser: SenseBranch { leftShouldWin ? right : left }
    /// |ln(R_right / R_left)|, the same bits on every CPU.
    var margin: Double { portableLog(loser.ohms / winner.ohms) }
}

extension PrechargeSenseAmplifier {
    /// The delay law with the margin held where it was checked above; towards 0 the law is exact.
    func delaySeconds(winnerOhms: Double, margin: Double) -> Double {
        technology.delay.seconds(winnerOhms: winnerOhms, margin: min(margin, log(technology.domain.ratio.upperBound)))
    }

    func marginVariance(_ branches: SenseBranches, spread: SenseSpread) -> Double {
        let slope = technology.boundary.nmosSlope(geometricMeanOhms: branches.geometricMeanOhms)
        let slopes = slope * slope + technology.boundary.pmosPerVolt * technology.boundary.pmosPerVolt
        var variance = 2 * slopes * spread.sigmaThresholdVolts * spread.sigmaThresholdVolts
        if spread.junctions {
            for sigma in [branches.left.sigmaLogResistance, branches.right.sigmaLogResistance] {
                variance += sigma * sigma
            }
        }
        if spread.noise {
            let noise = slope * technology.noiseVolts
            variance += noise * noise
        }
        return variance
    }

    func check(_ branches: SenseBranches) throws(SensingError) {
        try requirePositive("left resistance in ohm", branches.left.ohms)
        try requirePositive("right resistance in ohm", branches.right.ohms)
        try checkDomain("resistance of the faster branch in ohm", branches.winner.ohms, technology.domain.lowOhms)
        try checkDomain("resistance ratio", branches.loser.ohms / branches.winner.ohms, technology.domain.ratio)
    }

    func check(_ spread: SenseSpread, _ branches: SenseBranches) throws(SensingError) {
        try checkDomain(
            "sigma of the threshold in volt", spread.sigmaThresholdVolts, 0...technology.domain.maximumSigmaVolts)
        for sigma in [branches.left.sigmaLogResistance, branches.right.sigmaLogResistance] {
            try checkDomain("sigma of ln R", sigma, 0...technology.domain.maximumSigmaLogResistance)
        }
    }

    /// The ends of the domain count as inside also when a quotient rounds past them.
    private func checkDomain(_ name: String, _ value: Double, _ domain: ClosedRange<Double>) throws(SensingError) {
        let slack = 1e-9 * domain.upperBound
        guard value >= domain.lowerBound - slack, value <= domain.upperBound + slack else {
            throw .outsideDomain(amplifier: technology.name, name: name, value: value, domain: domain)
        }
    }
}
