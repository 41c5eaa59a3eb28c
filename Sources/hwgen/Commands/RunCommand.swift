import Engine
import Foundation
import Golden
import Learning
import Network
import Tools
import Verification

/// `hwgen run`: a network on the golden model, or on the RTL checked against it.
enum RunCommand {
    static let specification = CommandSpecification(
        name: "run", summary: "run a network's images on the golden model or on the RTL",
        details:
            "On 'rtl' the emitted engine runs beside its golden twin, every output compared in every cycle, and every "
            + "image's result, cycles and senses are compared with the functional model's. On 'golden' the functional model "
            + "runs alone. Chance events are the same on both.",
        positionals: [NetworkArguments.positional],
        options: NetworkArguments.options + [
            OptionSpecification(
                "on", .choice(["golden", "rtl"]), default: "golden", help: "what runs the network"),
            OptionSpecification("images", .integer(1...1_000_000), default: "100", help: "images to run"),
            OptionSpecification(
                "sense-error", .real(0...1), default: "0", help: "probability of a sensed bit to read wrong"),
            OptionSpecification(
                "codes", .text, placeholder: "FILE",
                help: "images as bytes, a code each, one image after the other, without labels"),
            OptionSpecification(
                "data", .text, placeholder: "DIR", defaultNote: "Debian's package", help: "folder of Fashion-MNIST"),
            .seed(),
        ],
        examples: [
            "hwgen run lenet.hwnet --on golden --images 10000", "hwgen run lenet.hwnet --on rtl --sense-error 1e-3",
        ])

    struct Report: Encodable {
        let network: String
        let on: String
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
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        try OptionConflict.refuse("data", in: command, if: command.isGiven("codes"), "with --codes")
        let arguments = try NetworkArguments(command)
        let images = try images(command, arguments.network)
        let isRTL = try command.text("on") == "rtl"
        let seed = try command.unsigned("seed")
        let rate = try command.real("sense-error")
        let mapping = arguments.mapping
        var functional = FunctionalEngine(arguments.network, mapping)
        var upsets = try ReadUpsets.sensing(mapping, seed: seed, rate: rate)
        var hardware: NetworkRun?
        if isRTL {
            output.note("Building the model library with Verilator")
            hardware = try NetworkRun(
                arguments.network, on: arguments.engine, skipsRows: mapping.skipsRows, seed: seed, upsetRate: rate)
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
            tally.add(found, label: images.labels?[number])
            progress.advance()
            if Interrupt.isRequested { throw Interrupted() }
        }
        progress.finish()
        let seconds = (clock.now - start).seconds
        let dense = mapping.layers.reduce(0) { $0 + $1.denseRows * $1.groups }
        let report = Report(
            network: arguments.path, on: isRTL ? "rtl" : "golden", images: images.count,
            accuracy: images.labels.map { _ in Double(tally.right) / Double(images.count) },
            mismatches: tally.mismatches, cycles: tally.cycles, senses: tally.senses,
            senses_skipped: dense * images.count - tally.senses, writes: mapping.rows.count, checkpoints: 0,
            images_per_second: Double(images.count) / max(seconds, 1e-9), upsets: tally.upsets,
            saturated: tally.saturated, seed: seed)
        try output.result(report, text: text(report))
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

    private struct Images {
        let features: Int
        let codes: [UInt8]
        let labels: [UInt8]?
        var count: Int { codes.count / features }
        func image(_ number: Int) -> [UInt8] { Array(codes[number * features..<(number + 1) * features]) }
    }

    private static func images(_ command: ParsedCommand, _ network: QuantizedNetwork) throws -> Images {
        let wanted = try command.integer("images")
        let features = network.input.features
        if let path = command.optionalText("codes") {
            let bytes = [UInt8](try readFile(path))
            guard !bytes.isEmpty, bytes.count.isMultiple(of: features) else {
                throw RunError.codes(path, bytes: bytes.count, features: features)
            }
            if let bad = bytes.firstIndex(where: { $0 > network.input.largestCode }) {
                throw RunError.code(path, offset: bad, found: bytes[bad], largest: network.input.largestCode)
            }
            return Images(features: features, codes: Array(bytes.prefix(wanted * features)), labels: nil)
        }
        let set = try FashionMNIST.loadTest(directory: command.optionalText("data")).prefix(wanted)
        guard set.features == features else {
            throw RunError.inputs(found: features, images: set.features)
        }
        let images = ActivationSet(set, bits: network.input.bits)
        return Images(features: features, codes: images.codes, labels: images.labels)
    }

    private static func text(_ report: Report) -> String {
        var lines = ["\(report.network) on \(report.on): \(report.images) images"]
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

/// Images that do not suit a network.
enum RunError: Error, Equatable, CustomStringConvertible {
    case inputs(found: Int, images: Int)
    case codes(String, bytes: Int, features: Int)
    case code(String, offset: Int, found: UInt8, largest: Int)

    var description: String {
        switch self {
        case .inputs(let found, let images):
            "the network takes \(found) inputs, an image of Fashion-MNIST has \(images); give images with --codes"
        case .codes(let path, let bytes, let features):
            "\(path): found \(bytes) bytes, allowed multiples of the network's \(features) inputs"
        case .code(let path, let offset, let found, let largest):
            "\(path): byte \(offset): found code \(found), allowed 0 to \(largest)"
        }
    }
}
