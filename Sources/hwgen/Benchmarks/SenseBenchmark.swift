import CoSim
import Foundation
import Sensing

/// Decisions a second of sense amplifiers with mismatch and junction spread: ours beside ngspice's Monte Carlo.
struct SenseBenchmark {
    private static let sigmaVolts = 0.03
    private static let decisions = 1 << 20
    private static let samples = 400
    private static let branches = SenseBranches(
        left: SenseBranch(ohms: 6000, sigmaLogResistance: 0.05),
        right: SenseBranch(ohms: 7200, sigmaLogResistance: 0.05))

    private let amplifier = PrechargeSenseAmplifier(.sky130)
    private let models: TransistorModels
    private var ours: [Double] = []
    private var spice: [Double] = []

    /// The folder of models is what scripts/sky130 prints.
    init(models folder: String) throws {
        models = .sky130(folder: folder)
        try models.check()
    }

    mutating func round() throws {
        let start = threadSeconds()
        let words = try amplifier.staticDecisions(
            Self.branches, die: AmplifierDie(seed: UInt64(ours.count)), amplifiers: Self.decisions,
            spread: SenseSpread(sigmaThresholdVolts: Self.sigmaVolts))
        ours.append(Double(Self.decisions) / (threadSeconds() - start))
        let right = words.reduce(0) { $0 + $1.nonzeroBitCount }
        // The decisions are looked at, so that no part of the work can be left out.
        precondition(right > Self.decisions / 2, "most amplifiers are right")
        let die = AmplifierDie(seed: 1)
        let all = (0..<UInt32(Self.samples)).map { k in
            let cells = die.junctions(row: 0, column: k)
            return SpiceSample(
                leftOhms: [6000 * exp(0.05 * cells.left)], rightOhms: [7200 * exp(0.05 * cells.right)],
                shifts: die.thresholds(amplifier: k, sigmaVolts: Self.sigmaVolts))
        }
        let deck = SpiceDeck(
            circuit: amplifier.technology.circuit, models: models, sense: SpiceSense(leftOhms: 6000, rightOhms: 7200))
        // One sample's run has the same start and the same reading of models: what is left is the samples' own time.
        let alone = try childSeconds { _ = try deck.simulate([all[0]], stepSeconds: 10e-12) }
        let together = try childSeconds { _ = try deck.simulate(all, stepSeconds: 10e-12) }
        spice.append(Double(Self.samples - 1) / max(together - alone, 1e-3))
    }

    var bench: Bench {
        Bench(
            "sense decisions", ours: ours, reference: spice, "ngspice Monte Carlo, 10 ps steps", unit: "decisions/s",
            bar: .atLeast(10_000)
        ) { $0 / $1 }
    }
}

/// Processor seconds that the programs take which `body` starts and waits for.
private func childSeconds(_ body: () throws -> Void) rethrows -> Double {
    func now() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
    let start = now()
    try body()
    return now() - start
}
