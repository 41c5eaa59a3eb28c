import Foundation

/// From clock period and delay to the cycles of a sense, and back to the probability of a wrong bit.
///
/// Law: the sense signal rises with the first cycle of evaluation and stays high until the latch edge, which ends the
/// latch phase; the pair has (evaluate + latch) periods less the latch's set-up. The pre-charge phase must leave no
/// more of the last decision than the residue asked for.
public struct SenseTiming: Hashable, Sendable {
    /// Cycles of the phases, the three numbers of the engine's `SensePhases`.
    public struct Cycles: Hashable, Sendable {
        public var precharge: Int
        public var evaluate: Int
        public var latch: Int

        public init(precharge: Int, evaluate: Int, latch: Int) {
            self.precharge = precharge
            self.evaluate = evaluate
            self.latch = latch
        }
    }

    /// More cycles than this in one phase mean a wrong unit rather than a slow amplifier.
    public static let maximumCycles = 4096

    public let amplifier: PrechargeSenseAmplifier
    public let branches: SenseBranches
    public let spread: SenseSpread
    /// Set-up time of the latch behind the amplifier.
    public let setupSeconds: Double

    public init(
        _ amplifier: PrechargeSenseAmplifier, _ branches: SenseBranches, spread: SenseSpread, setupSeconds: Double = 0
    ) throws(SensingError) {
        try require("set-up time in second", setupSeconds, in: 0...1)
        self.amplifier = amplifier
        self.branches = branches
        self.spread = spread
        self.setupSeconds = setupSeconds
    }

    /// The fewest cycles with which a sense is resolved with probability `quantile`, after a pre-charge to `residue`.
    ///
    /// Throws `SensingError.noPhases` when a phase needs more than `maximumCycles`.
    public func cycles(
        clockSeconds: Double, quantile: Double, residue: Double = 0.001
    ) throws(SensingError) -> Cycles {
        try requirePositive("clock period in second", clockSeconds)
        // The delay counts from the middle of the edge, which begins with the cycle.
        let halfEdge = 0.5 * amplifier.technology.circuit.edgeSeconds
        let precharge = try amplifier.prechargeSeconds(residue: residue) + halfEdge
        let left = amplifier.technology.circuit.supplyVolts * residue
        let delay = try DelayDistribution(amplifier, branches, spread: spread, residueVolts: left)
            .delaySeconds(quantile: quantile)
        let counts = try (
            Self.periods(precharge, clockSeconds), Self.periods(delay + halfEdge + setupSeconds, clockSeconds)
        )
        return Cycles(precharge: counts.0, evaluate: max(counts.1 - 1, 1), latch: 1)
    }

    /// The probability that a sense with these cycles latches a wrong bit.
    ///
    /// Over dies and events: from mismatch, junctions and noise as the spread has them, from a delay beyond the latch
    /// edge, and from what a short pre-charge leaves.
    public func upsetProbability(_ cycles: Cycles, clockSeconds: Double) throws(SensingError) -> Double {
        try requirePositive("clock period in second", clockSeconds)
        try requirePositive("cycles of pre-charge", Double(cycles.precharge))
        try requirePositive("cycles of evaluation", Double(cycles.evaluate))
        try requirePositive("cycles of the latch", Double(cycles.latch))
        let circuit = amplifier.technology.circuit
        let precharge = amplifier.technology.precharge
        let halfEdge = 0.5 * circuit.edgeSeconds
        let charged = Double(cycles.precharge) * clockSeconds - halfEdge - precharge.startSeconds
        let residue = circuit.supplyVolts * exp(-max(charged, 0) / precharge.timeConstantSeconds)
        let time = Double(cycles.evaluate + cycles.latch) * clockSeconds - halfEdge - setupSeconds
        return try DelayDistribution(amplifier, branches, spread: spread, residueVolts: residue)
            .upsetProbability(atSeconds: time)
    }

    private static func periods(_ seconds: Double, _ clock: Double) throws(SensingError) -> Int {
        let count = (seconds / clock).rounded(.up)
        guard count <= Double(maximumCycles) else { throw .noPhases(clockSeconds: clock, cycles: maximumCycles) }
        return max(Int(count), 1)
    }
}
