import Engine
import Golden
import Verification

/// Images on an engine whose supply fails, as `hwgen run --power-trace` runs them.
struct PoweredImages {
    private(set) var run: PowerRun
    private let trace: PowerTraceFile
    /// Cycles that an uninterrupted run without checkpoints takes.
    private var idealCycles = 0

    init(_ arguments: NetworkArguments, trace path: String, seed: UInt64, upsetRate: Double) throws {
        trace = try PowerTraceFile(path)
        var engine = arguments.engine
        engine.checkpoint = 1
        let words = engine.checkpointWords
        // A checkpoint waits for the rows under way; each word and the flag are written and looked at, once without failures.
        let rest = engine.planeGroups * engine.pixelSteps + engine.phases.period + 20
        let supply = try trace.supply(
            seed: seed, reserveCycles: rest + (words + 1) * (engine.shadowWrite + 1), reserveWrites: words + 1)
        run = try PowerRun(
            arguments.network, on: engine, skipsRows: arguments.mapping.skipsRows,
            skipsZeros: arguments.mapping.skipsZeros, seed: seed, upsetRate: upsetRate, policy: trace.policy,
            supply: supply, shadowFailRate: trace.shadowFailRate)
    }

    /// Runs an image; whether its result is not that of a run that nothing interrupts.
    mutating func differs(_ codes: [UInt8], from outcome: FunctionalEngine.Outcome) throws -> Bool {
        idealCycles += outcome.cycles
        return try run.run(codes) != outcome.result
    }

    var report: PowerReport { PowerReport(run.statistics, run.supply, idealCycles: idealCycles) }
}

/// What failures of the supply have cost.
struct PowerReport: Encodable {
    let failures: Int
    let resumptions: Int
    let restarts: Int
    let torn_checkpoints: Int
    let aborted_checkpoints: Int
    let shadow_writes: Int
    /// Cycles with power, loading and reading of results included.
    let cycles_on: Int
    let ideal_cycles: Int
    /// The part of the cycles with power that an uninterrupted run without checkpoints would not have taken.
    let overhead: Double
    let senses: Int
    /// Of a harvesting supply: seconds on and off together, those with power, what was drained, the part of it that went into
    /// shadow writes.
    var seconds: Double?
    var seconds_on: Double?
    var drained_joules: Double?
    var checkpoint_energy_share: Double?

    init(_ statistics: PowerRun.Statistics, _ supply: any PowerSupply, idealCycles: Int) {
        failures = statistics.failures
        resumptions = statistics.resumptions
        restarts = statistics.restarts
        torn_checkpoints = statistics.torn
        aborted_checkpoints = statistics.aborts
        shadow_writes = statistics.shadowWrites
        cycles_on = statistics.cycles
        ideal_cycles = idealCycles
        overhead = 1 - Double(idealCycles) / Double(max(1, statistics.cycles))
        senses = statistics.senses
        if let harvest = supply as? HarvestingSupply {
            seconds = harvest.seconds
            seconds_on = harvest.secondsOn
            drained_joules = harvest.drainedJoules
            checkpoint_energy_share = harvest.shadowJoules / max(harvest.drainedJoules, 1e-300)
        }
    }

    var lines: [String] {
        var lines = [
            "\(failures) failures of the supply: \(resumptions) resumed, \(restarts) begun again; \(torn_checkpoints) checkpoints torn, "
                + "\(aborted_checkpoints) given up; \(shadow_writes) shadow writes",
            "\(cycles_on) cycles with power where \(ideal_cycles) do without failures: \(percent(overhead)) more work",
        ]
        if let seconds, let drained_joules, let checkpoint_energy_share {
            lines.append(
                "\(decimal(1e3 * seconds, 3)) ms, \(decimal(1e6 * drained_joules, 3)) uJ drained, \(percent(checkpoint_energy_share)) of it by checkpoints (a model)"
            )
        }
        return lines
    }
}
