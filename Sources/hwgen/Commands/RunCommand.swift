import Engine
import Foundation
import Golden
import Network
import Verification

/// `hwgen run`: a network on the golden model, or on the RTL checked against it.
enum RunCommand {
    static let specification = CommandSpecification(
        name: "run", summary: "run a network's images on the golden model or on the RTL",
        details:
            "On 'rtl' the emitted engine runs beside its golden twin, every output compared in every cycle, and every "
            + "image's result, cycles and senses are compared with the functional model's. On 'golden' the functional model "
            + "runs alone. Chance events are the same on both. With --host the emitted engine is the whole accelerator, which "
            + "is loaded by packets, started by registers, and sends its results: what its driver does.",
        positionals: [NetworkArguments.positional],
        options: NetworkArguments.options + NetworkImages.options + [
            OptionSpecification(
                "on", .choice(["golden", "rtl"]), default: "golden", help: "what runs the network"),
            OptionSpecification(
                "power-trace", .text, help: "a supply that fails, and when the engine saves its state"),
            OptionSpecification("host", .flag, help: "go through the registers and streams of 'accelerator'"),
            OptionSpecification(
                "sense-error", .real(0...1), default: "0", help: "probability of a sensed bit to read wrong"),
            .seed(),
        ],
        examples: [
            "hwgen run lenet.hwnet --on golden --images 10000",
            "hwgen run resnet.hwnet --data cifar10=cifar-10-batches-bin --skip-zeros",
            "hwgen run lenet.hwnet --on rtl --sense-error 1e-3",
            "hwgen run lenet.hwnet --on rtl --host --images 10",
            "hwgen run lenet.hwnet --on rtl --images 2 --power-trace experiments/power/periodic.toml",
        ])

    struct Report: Encodable {
        let network: String
        let on: String
        /// Whether images went through the host interface.
        let host: Bool
        let images: Int
        let accuracy: Double?
        let mismatches: Int
        let cycles: Int
        let senses: Int
        let senses_skipped: Int
        let writes: Int
        let checkpoints: Int
        let images_per_second: Double
        let upsets: Int
        /// Images in which a sum was beyond the accumulator.
        let saturated: Int
        let seed: UInt64
        /// What failures of the supply have cost; absent without them.
        var power: PowerReport?
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let arguments = try NetworkArguments(command)
        let images = try NetworkImages(command, for: arguments.network)
        let isRTL = try command.text("on") == "rtl"
        let isHost = command.isGiven("host")
        try OptionConflict.refuse("host", in: command, if: !isRTL, "without --on rtl")
        try OptionConflict.refuse("power-trace", in: command, if: !isRTL, "without --on rtl")
        try OptionConflict.refuse("power-trace", in: command, if: isHost, "beside --host")
        let seed = try command.unsigned("seed")
        let rate = try command.real("sense-error")
        let mapping = arguments.mapping
        var functional = FunctionalEngine(arguments.network, mapping)
        var upsets = try ReadUpsets.sensing(mapping, seed: seed, rate: rate)
        var hardware: (any ImageRun)?
        var powered: PoweredImages?
        if command.isGiven("power-trace") {
            output.note("Building the model library with Verilator")
            powered = try PoweredImages(arguments, trace: command.text("power-trace"), seed: seed, upsetRate: rate)
        } else if isRTL {
            output.note("Building the model library with Verilator")
            let kind: any ImageRun.Type = isHost ? HostRun.self : NetworkRun.self
            hardware = try kind.init(
                arguments.network, on: arguments.engine, skipsRows: mapping.skipsRows,
                skipsZeros: mapping.skipsZeros, seed: seed, upsetRate: rate)
        }
        var tally = Tally()
        let progress = output.progress(
            isRTL ? "Images through RTL and golden model" : "Images through the golden model", total: images.count,
            unit: "images")
        let clock = ContinuousClock()
        let start = clock.now
        for number in 0..<images.count {
            let codes = images.image(number)
            let outcome = functional.run(codes, image: number, upsets: &upsets)
            var found = outcome
            if let image = try hardware?.run(codes) {
                found.result = image.result
                found.cycles = image.cycles
                found.senses = image.senses
                found.upsets = image.upsets
                if found != outcome { tally.mismatches += 1 }
            }
            if try powered?.differs(codes, from: outcome) == true { tally.mismatches += 1 }
            tally.add(found, label: images.labels?[number])
            progress.advance()
            if Interrupt.isRequested { throw Interrupted() }
        }
        progress.finish()
        let seconds = (clock.now - start).seconds
        let dense = mapping.layers.reduce(0) { $0 + $1.denseRows * $1.groups }
        var report = Report(
            network: arguments.path, on: isRTL ? "rtl" : "golden", host: isHost, images: images.count,
            accuracy: images.labels.map { _ in Double(tally.right) / Double(images.count) },
            mismatches: tally.mismatches, cycles: tally.cycles, senses: tally.senses,
            senses_skipped: dense * images.count - tally.senses, writes: mapping.rows.count,
            checkpoints: powered?.run.statistics.commits ?? 0,
            images_per_second: Double(images.count) / max(seconds, 1e-9), upsets: tally.upsets,
            saturated: tally.saturated, seed: seed)
        report.power = powered?.report
        try output.result(report, text: ([text(report)] + (report.power?.lines ?? [])).joined(separator: "\n"))
        return tally.mismatches == 0 ? .done : .checkFailed
    }

    private struct Tally {
        var right = 0
        var mismatches = 0
        var cycles = 0
        var senses = 0
        var upsets = 0
        var saturated = 0

        mutating func add(_ outcome: FunctionalEngine.Outcome, label: UInt8?) {
            if let label, QuantizedNetwork.largest(of: outcome.result) == Int(label) { right += 1 }
            cycles += outcome.cycles
            senses += outcome.senses
            upsets += outcome.upsets
            if outcome.isSaturated { saturated += 1 }
        }
    }

    private static func text(_ report: Report) -> String {
        let way = report.host ? " by packets and registers" : ""
        var lines = ["\(report.network) on \(report.on)\(way): \(report.images) images"]
        if let accuracy = report.accuracy { lines.append("accuracy \(percent(accuracy))") }
        lines.append(
            "\(report.cycles / report.images) cycles and \(report.senses / report.images) senses an image; "
                + "\(report.senses_skipped / report.images) senses skipped; \(report.upsets) bits read wrong")
        if report.saturated > 0 {
            lines.append("sums were beyond the accumulator in \(report.saturated) images; raise 'accumulator-width'")
        }
        if report.on == "rtl" {
            lines.append(
                report.mismatches == 0
                    ? "every output agreed in every cycle, every image with the functional model"
                    : "MISMATCH in \(report.mismatches) images between RTL and functional model")
        }
        lines.append("\(decimal(report.images_per_second, 1)) images/s")
        return lines.joined(separator: "\n")
    }
}
