/// `hwgen bench emit`: how long descriptions take to become Verilog, and how fast that Verilog simulates.
enum BenchEmitCommand {
    static let specification = CommandSpecification(
        name: "bench emit",
        summary: "measure elaboration and emission beside other languages, and the emitted popcount",
        details:
            "Everything is measured in turns, in processor time; a ratio is formed in each turn. Amaranth and PyRTL "
            + "run the same array in processes of their own and take minutes; their packages are installed on the "
            + "first run. A bar that is missed ends with status 1.",
        options: [
            OptionSpecification("rounds", .integer(1...1000), default: "3", help: "turns of everything"),
            OptionSpecification(
                "columns", .integer(1...256), default: "64",
                help: "columns of the array; growth is measured to ten times"),
            OptionSpecification(
                "peers", .text, placeholder: "FILE", default: "scripts/bench-peers",
                help: "the script that runs the other languages"),
            OptionSpecification("no-peers", .flag, help: "leave the other languages out"),
            OptionSpecification("no-simulation", .flag, help: "leave the simulation of the emitted Verilog out"),
            .seed(),
        ],
        examples: ["hwgen bench emit", "hwgen bench emit --no-peers --rounds 5"])

    /// Seconds that the emission of the array made of gates may take.
    static let barSeconds = 0.5
    /// Runs of ours in each round.
    static let runsOfRound = 3

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        try OptionConflict.refuse("peers", in: command, if: command.isGiven("no-peers"), "with --no-peers")
        let rounds = try command.integer("rounds")
        let script = command.isGiven("no-peers") ? nil : try command.text("peers")
        let seed = try command.unsigned("seed")
        let progress = output.progress("Benchmarks", total: rounds, unit: "rounds")
        let goesOn = {
            if Interrupt.isRequested { throw Interrupted() }
        }
        let columns = try command.integer("columns")
        var languages = try LanguageComparison(columns: columns, script: script)
        var growth = GrowthBenchmark(columns: columns)
        var simulation = command.isGiven("no-simulation") ? nil : try PopcountSimulation(columns: columns, seed: seed)
        for round in 0..<rounds {
            try languages.round(goesOn)
            try goesOn()
            try growth.round()
            for turn in 0..<runsOfRound {
                try goesOn()
                try simulation?.turn(reversed: (round + turn) % 2 == 1)
            }
            progress.advance()
        }
        progress.finish()
        let report = BenchReport(
            benches: languages.benches + [growth.bench] + (simulation.map(Self.benches) ?? []))
        try output.result(report, text: report.benches.map(\.text).joined(separator: "\n"))
        return report.holds ? .done : .checkFailed
    }

    private static func benches(_ simulation: PopcountSimulation) -> [Bench] {
        simulation.forms.map { form in
            Bench(
                "simulate \(form.name)", ours: form.speeds, reference: simulation.hand.speeds, simulation.hand.name,
                unit: "cycles/s", bar: form.name == "countones" ? .atLeast(0.95) : nil
            ) { $0 / $1 }
        }
    }
}
