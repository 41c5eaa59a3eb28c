/// `hwgen bench golden`: how fast the functional level of the golden model is.
enum BenchGoldenCommand {
    static let specification = CommandSpecification(
        name: "bench golden", summary: "measure the golden model's functional level beside C and beside the RTL",
        details:
            "Everything is measured in turns, in processor time of one core; a ratio is formed in each turn. A bar "
            + "that is missed ends with status 1.",
        options: [
            OptionSpecification("rounds", .integer(1...1000), default: "3", help: "turns of everything"),
            OptionSpecification(
                "peers", .text, placeholder: "FILE", default: "scripts/bench-golden",
                help: "the script that runs what is compared with"),
            .seed(),
        ],
        examples: ["hwgen bench golden", "hwgen bench golden --rounds 10 --json"])

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let rounds = try command.integer("rounds")
        let seed = try command.unsigned("seed")
        let process = try PeerProcess(script: try command.text("peers"))
        var kernel = try PopcountKernelBenchmark(process, seed: seed)
        output.note("Building the model library with Verilator")
        var level = try FunctionalLevelBenchmark(seed: seed)
        let progress = output.progress("Benchmarks", total: rounds, unit: "rounds")
        for _ in 0..<rounds {
            try kernel.round()
            try level.round()
            if Interrupt.isRequested { throw Interrupted() }
            progress.advance()
        }
        progress.finish()
        let report = BenchReport(benches: [kernel.bench, level.bench])
        try output.result(report, text: report.benches.map(\.text).joined(separator: "\n"))
        return report.holds ? .done : .checkFailed
    }
}
