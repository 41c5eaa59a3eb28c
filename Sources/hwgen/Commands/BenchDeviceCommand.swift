import Devices
import Spintronics

/// `hwgen bench device`: how fast the device models are.
enum BenchDeviceCommand {
    static let specification = CommandSpecification(
        name: "bench device", summary: "measure the device models beside numpy, C, cmtj and ngspice",
        details:
            "Everything is measured in turns, in processor time of one core; a ratio is formed in each turn. A bar "
            + "that is missed ends with status 1.",
        options: [
            OptionSpecification("rounds", .integer(1...1000), default: "3", help: "turns of everything"),
            OptionSpecification(
                "peers", .text, placeholder: "FILE", default: "scripts/bench-device",
                help: "the script that runs what is compared with"),
            OptionSpecification(
                "models", .text, placeholder: "DIR",
                help: "the transistor models that scripts/sky130 prints: adds the decisions beside ngspice"),
        ],
        examples: ["hwgen bench device", "hwgen bench device --rounds 5 --models \"$(scripts/sky130)\""])

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let rounds = try command.integer("rounds")
        let process = try PeerProcess(script: try command.text("peers"))
        guard let layer = try DeviceCatalog.device("reference-stt")?.junction().layer else {
            throw DeviceArgumentError.unknownDevice("reference-stt", nearest: nil, known: DeviceCatalog.names)
        }
        let progress = output.progress("Benchmarks", total: rounds, unit: "rounds")
        var curve = FokkerPlanckBenchmark(process, layer: layer)
        var macrospins = MacrospinBenchmark(process, layer: layer)
        var array = SubArrayBenchmark()
        var sense = try command.optionalText("models").map { try SenseBenchmark(models: $0) }
        for _ in 0..<rounds {
            try curve.round()
            if Interrupt.isRequested { throw Interrupted() }
            try macrospins.round()
            if Interrupt.isRequested { throw Interrupted() }
            try array.round()
            try sense?.round()
            progress.advance()
        }
        progress.finish()
        let report = BenchReport(
            benches: [curve.bench] + macrospins.benches + array.benches + (sense.map { [$0.bench] } ?? []))
        try output.result(report, text: report.benches.map(\.text).joined(separator: "\n"))
        return report.holds ? .done : .checkFailed
    }
}
