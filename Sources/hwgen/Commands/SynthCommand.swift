import Formal
import Tools
import Verification
import Verilog

/// `hwgen synth`: a design as cells of a library, with area and timing before layout.
enum SynthCommand {
    static let specification = CommandSpecification(
        name: "synth", summary: "map a design to cells: area and timing by yosys and OpenSTA",
        details: "A pre-layout estimate: no wires, ideal clocks. Registers become flip-flops without power-up values. "
            + "Memories that are written, the junction arrays among them, are macros: their bits are counted apart, they "
            + "have no area here, and paths end and begin at their pins. A latch, a combinational loop or an operation "
            + "without a cell is an error. With --clock-period-ns a slack below zero ends with status 1, with --check a "
            + "difference between the netlist and the Verilog.",
        positionals: [DesignArguments.positional],
        options: DesignArguments.options + [
            EmissionArguments.popcount,
            OptionSpecification(
                "liberty", .text, placeholder: "F", defaultNote: "osu018 of \(CellLibrary.defaultPackage)",
                help: "the cells, as a liberty file"),
            OptionSpecification(
                "clock-period-ns", .real(0.001...1_000_000), defaultNote: "as fast as the mapping makes it",
                help: "clock period to aim at"),
            OptionSpecification(
                "driving-cell", .text, placeholder: "NAME", defaultNote: "an inverter of middle size",
                help: "cell that drives every input"),
            OptionSpecification(
                "load-ff", .real(0...1_000_000), default: "50", help: "load of every output in femtofarads"),
            OptionSpecification(
                "check", .flag, help: "run the netlist beside the Verilog on random stimulus and compare every output"),
            OptionSpecification("cycles", .integer(1...10_000_000), default: "20000", help: "cycles of --check"),
            OptionSpecification(
                "output", short: "o", .text, placeholder: "DIR", help: "folder for the netlist and its cells' Verilog"),
            .seed(),
        ],
        examples: [
            "hwgen synth and-accumulate", "hwgen synth sense-amplifier --set columns=128 --check",
            "hwgen synth requantizer --liberty cells.lib --clock-period-ns 5 -o out/gates",
        ])

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let arguments = try DesignArguments(command)
        do {
            return try run(arguments.pair, arguments, command, output)
        } catch  where Interrupt.isRequested {
            // Ctrl-C ends the tools too; what they say then is no finding.
            throw Interrupted()
        }
    }

    private static func run<Pair: BlockPair>(
        _ pair: Pair.Type, _ arguments: DesignArguments, _ command: ParsedCommand, _ output: Output
    ) throws -> ExitStatus {
        let isChecked = command.isGiven("check")
        try OptionConflict.refuse("cycles", in: command, if: !isChecked, "without --check")
        try OptionConflict.refuse("seed", in: command, if: !isChecked, "without --check")
        let hardware = try arguments.hardware(pair)
        let library = try CellLibrary(path: command.optionalText("liberty"))
        var options = SynthesisOptions()
        if command.isGiven("clock-period-ns") {
            options.clockPeriodSeconds = try command.real("clock-period-ns") * 1e-9
        }
        options.drivingCell = command.optionalText("driving-cell")
        options.outputLoadFarads = try command.real("load-ff") * 1e-15
        let synthesizer = try Synthesizer(library, options)
        // A cell's flip-flop holds anything when power comes, so synthesis must not build on power-up values.
        var emission = EmissionOptions()
        emission.powerUpValues = false
        emission.popcount = try EmissionArguments.popcount(command)
        let design = try CheckedDesign(pair, hardware, emission)
        let clock = ContinuousClock()
        let start = clock.now
        let synthesis = try synthesizer.synthesize(design.synthesisProblem())
        var report = SynthReport(
            design: Pair.name, synthesis, library, options, seconds: (clock.now - start).seconds)
        if let folder = command.optionalText("output") {
            try writeFile("\(folder)/\(synthesis.top)_netlist.v", synthesis.netlist.utf8)
            try writeFile("\(folder)/\(synthesis.top)_cells.v", synthesis.cellModels.utf8)
        }
        if isChecked {
            let cycles = try command.integer("cycles")
            let progress = output.progress("Cycles compared", total: cycles, unit: "cycles")
            var last = 0
            let seed = try command.unsigned("seed")
            let result = try design.checkGates(of: synthesis, cycles: cycles, seed: seed) { done in
                progress.advance(by: done - last)
                last = done
                return !Interrupt.isRequested
            }
            progress.finish()
            report.add(result, seed: seed)
        }
        try output.result(report, text: report.text)
        return report.isPassed ? .done : .checkFailed
    }
}
