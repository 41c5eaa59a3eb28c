import Tools
import CoSim
import Synchronization
import Verification

/// `hwgen cosim`: random constrained stimulus on a design's Verilog and its golden twin.
enum CoSimCommand {
    static let specification = CommandSpecification(
        name: "cosim", summary: "check a design's Verilog against its golden model, cycle by cycle",
        details:
            "Every output is compared in every cycle. A difference ends the run with status 1; the seed replays it.",
        positionals: [DesignArguments.positional],
        options: DesignArguments.options + [
            OptionSpecification("cycles", .integer(1...1_000_000_000), default: "100000", help: "cycles to compare"),
            OptionSpecification(
                "sim", .choice(CoSimulationSettings.Simulator.allCases.map(\.rawValue)), default: "verilator",
                help: "the simulator"),
            OptionSpecification(
                "upset-rate", .real(0...1), default: "0", help: "probability of a sensed bit to read wrong"),
            OptionSpecification(
                "waves", .choice(CoSimulationSettings.Waves.allCases.map(\.rawValue)), default: "on-failure",
                help: "when to write a wave file"),
            OptionSpecification(
                "bench", .flag, help: "measure the Swift loop beside a C++ loop in the same library"),
            OptionSpecification(
                "rtl", .text, placeholder: "DIR",
                help: "take the Verilog of DIR instead of the design's own, file by file"),
            OptionSpecification(
                "output", short: "o", .text, placeholder: "DIR", default: "out", help: "folder for waves"),
            .seed(),
        ],
        examples: [
            "hwgen cosim dot-product-engine --upset-rate 1e-3", "hwgen cosim sub-array --set columns=512 --bench",
        ])

    struct Report: Encodable {
        struct FirstMismatch: Encodable {
            let cycle: Int
            let port: String
            let expected: String
            let actual: String
            let wave: String?
        }
        let design: String
        let cycles: Int
        let mismatches: Int
        let cycles_per_second: Double
        let library_cached: Bool
        let seed: UInt64
        let upsets: Int
        let first_mismatch: FirstMismatch?
        var ratio_to_raw: Double?
        var ratio_to_raw_range: [Double]?
        var swift_ns_per_cycle: Double?
        var raw_ns_per_cycle: Double?
        var golden_share: Double?
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let arguments = try DesignArguments(command)
        return try run(arguments.pair, arguments, command, output)
    }

    private static func run<Pair: BlockPair>(
        _ pair: Pair.Type, _ arguments: DesignArguments, _ command: ParsedCommand, _ output: Output
    ) throws -> ExitStatus {
        let isIcarus = try command.text("sim") == "icarus"
        try OptionConflict.refuse("upset-rate", in: command, if: !pair.takesUpsetRate, "with \(Pair.name)")
        try OptionConflict.refuse("bench", in: command, if: command.isGiven("rtl"), "with --rtl")
        try OptionConflict.refuse("bench", in: command, if: isIcarus, "with --sim icarus")
        try OptionConflict.refuse("waves", in: command, if: isIcarus, "with --sim icarus")
        if isIcarus, try command.integer("cycles") > 1_000_000 {
            throw UsageError.invalidValue(
                option: "--cycles", found: try command.text("cycles"), allowed: "1 to 1000000 with --sim icarus",
                nearest: nil)
        }
        let design = try CheckedDesign(pair, arguments.hardware(pair))
        var settings = CoSimulationSettings()
        settings.cycles = try command.integer("cycles")
        settings.seed = try command.unsigned("seed")
        settings.upsetRate = try command.real("upset-rate")
        settings.outputFolder = try command.text("output")
        settings.simulator = .init(rawValue: try command.text("sim")) ?? .verilator
        settings.waves = .init(rawValue: try command.text("waves")) ?? .onFailure
        let progress = output.progress("Cycles compared", total: settings.cycles, unit: "cycles")
        let done = Mutex(0)
        settings.goesOn = { cycles in
            progress.advance(
                by: done.withLock { last in
                    defer { last = cycles }
                    return max(0, cycles - last)
                })
            return !Interrupt.isRequested
        }
        if let folder = command.optionalText("rtl") {
            settings.replacement = try design.source.files.map {
                ModelSource.File(name: $0.name, text: try readFile("\(folder)/\($0.name)"))
            }
        }
        let result = try design.check(settings)
        progress.finish()
        var report = Report(
            design: result.design, cycles: result.cycles, mismatches: result.mismatch == nil ? 0 : 1,
            cycles_per_second: result.cyclesPerSecond, library_cached: result.libraryCached, seed: settings.seed,
            upsets: result.upsets,
            first_mismatch: result.mismatch.map {
                Report.FirstMismatch(
                    cycle: $0.cycle, port: $0.port, expected: $0.expected, actual: $0.actual, wave: result.wave)
            })
        if command.isGiven("bench"), result.mismatch == nil {
            let bench = try design.bench(settings)
            report.ratio_to_raw = bench.loops.ratio.median
            report.ratio_to_raw_range = [bench.loops.ratio.smallest, bench.loops.ratio.largest]
            report.swift_ns_per_cycle = 1e9 / bench.loops.swift.median
            report.raw_ns_per_cycle = 1e9 / bench.loops.raw.median
            report.golden_share = bench.goldenShare
        }
        try output.result(report, text: text(report))
        return result.mismatch == nil ? .done : .checkFailed
    }

    private static func text(_ report: Report) -> String {
        var lines = [
            "\(report.design): \(report.cycles) cycles, seed \(report.seed), \(report.upsets) upsets, "
                + "\(ProgressLine.rate(Int(report.cycles_per_second), 1) ?? "0") cycles/s"
        ]
        if let mismatch = report.first_mismatch {
            lines.append(
                "MISMATCH in cycle \(mismatch.cycle), port \(mismatch.port): "
                    + "expected \(mismatch.expected), found \(mismatch.actual)")
            if let wave = mismatch.wave { lines.append("waves: \(wave)") }
        } else {
            lines.append("every output agreed in every cycle")
        }
        if let ratio = report.ratio_to_raw, let range = report.ratio_to_raw_range,
            let swift = report.swift_ns_per_cycle, let raw = report.raw_ns_per_cycle, let share = report.golden_share
        {
            lines.append(
                "ratio to the C++ loop \(decimal(ratio, 3)) (\(decimal(range[0], 3)) to \(decimal(range[1], 3))): "
                    + "\(decimal(swift, 1)) ns a cycle beside \(decimal(raw, 1)) ns")
            lines.append("golden model and stimulus: \(decimal(100 * share, 0)) % of a checked run")
        }
        return lines.joined(separator: "\n")
    }
}
