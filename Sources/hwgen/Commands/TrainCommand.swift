import Foundation
import Learning
import Network
import Tools
import Verification

/// `hwgen train`: a network trained from a recipe.
enum TrainCommand {
    static let specification = CommandSpecification(
        name: "train", summary: "train, quantise and prune a network as a recipe says",
        details:
            "Writes NAME.hwnet, the network, and NAME.jsonl, a line of JSON for each epoch, to the folder; NAME is the "
            + "recipe's. Accuracies are those of the exported whole numbers, but in the phase of real weights. After each "
            + "epoch the state is kept in NAME.checkpoint, from which --resume goes on, bit for bit; it is removed at the "
            + "end. The same recipe and data give the same network for any number of threads.",
        positionals: [PositionalSpecification("RECIPE", help: "the recipe, a TOML file")],
        options: [
            OptionSpecification(
                "data", .keyValue, placeholder: "NAME=DIR", defaultNote: "fashion-mnist, Debian's package",
                help: "the recipe's data set, 'fashion-mnist' or 'cifar10', and the folder of its published files"),
            OptionSpecification(
                "output", short: "o", .text, placeholder: "DIR", default: "out/train", help: "folder of what is written"
            ),
            OptionSpecification(
                "seed", .unsigned(0...UInt64.max), defaultNote: "the recipe's", help: "seed of everything random"),
            OptionSpecification("resume", .flag, help: "go on from the checkpoint of a run that was stopped"),
            .jobs,
        ],
        examples: ["hwgen train recipes/lenet5.toml", "hwgen train recipes/vgg-small.toml -j 2 --resume --json"])

    struct Report: Encodable {
        struct Epoch: Encodable {
            let epoch: Int
            let phase: String
            let loss, learning_rate, learned_accuracy, validation_accuracy, sparsity: Double
        }
        let network: String
        let log: String
        let accuracy: Double
        /// Of the same layers with real weights and activations, and before pruning.
        let accuracy_real, accuracy_quantized: Double?
        /// Share of the (filter, chunk) groups without a weight.
        let sparsity: Double
        /// Bits of a weight, one a layer that has weights.
        let bits: [Int]
        let weights: Int
        let epochs: [Epoch]
        let seconds: Double
        let seed: UInt64
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let file = try RecipeFile.read(try command.text("RECIPE"))
        var recipe = file.recipe
        if let seed = command.optionalUnsigned("seed") { recipe.seed = seed }
        let folder = try command.text("output")
        try checkWritable(folder)
        let data = try TrainingData(command, for: recipe)
        var options = NetworkTraining.Options()
        options.threads = command.jobs
        options.checkpoint = "\(folder)/\(recipe.name).checkpoint"
        options.resumes = command.isGiven("resume")
        let logPath = "\(folder)/\(recipe.name).jsonl"

        let clock = ContinuousClock()
        let start = clock.now
        // The lines of a run that was stopped stay; at the end all are written again.
        var lines = options.resumes ? (try? readFile(logPath)) ?? [] : []
        let progress = TrainingProgress(recipe, images: data.split.training.count, output: output)
        let network: QuantizedNetwork
        let log: NetworkTrainingLog
        do {
            (network, log) = try NetworkTraining.train(data: data.split, recipe: recipe, options: options) { event in
                progress.show(event)
                if case .epoch(let number, let epoch) = event, let line = try? Self.line(Report.Epoch(number, epoch)) {
                    lines += line.utf8
                    try? writeFile(logPath, lines)
                }
                return !Interrupt.isRequested
            }
        } catch let error as RecipeError {
            throw file.located(error)
        } catch is TrainingStopped {
            output.note("stopped; go on with --resume")
            throw Interrupted()
        }
        let path = "\(folder)/\(recipe.name).hwnet"
        let epochs = log.epochs.enumerated().map { Report.Epoch($0.offset, $0.element) }
        try network.write(to: path)
        try writeFile(logPath, epochs.map(Self.line).joined().utf8)
        if let checkpoint = options.checkpoint { try? FileManager.default.removeItem(atPath: checkpoint) }
        let weights = network.layers.compactMap(\.weights)
        let report = Report(
            network: path, log: logPath, accuracy: log.testAccuracy, accuracy_real: log.realTestAccuracy,
            accuracy_quantized: log.quantizedTestAccuracy, sparsity: log.sparsity, bits: weights.map(\.bits),
            weights: weights.reduce(0) { $0 + $1.count }, epochs: epochs, seconds: (clock.now - start).seconds,
            seed: recipe.seed)
        try output.result(report, text: text(report))
        return .done
    }

    /// An epoch as a line of JSON.
    private static func line(_ epoch: Report.Epoch) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(epoch), as: UTF8.self) + "\n"
    }

    private static func text(_ report: Report) -> String {
        var lines = ["test accuracy \(percent(report.accuracy)) by integer inference"]
        if let real = report.accuracy_real { lines.append("with real weights and activations \(percent(real))") }
        if report.sparsity > 0 {
            let before = report.accuracy_quantized.map { ", \(percent($0)) before pruning" } ?? ""
            lines.append("\(percent(report.sparsity)) of the (filter, chunk) groups pruned\(before)")
        }
        lines.append(
            "\(grouped(report.weights)) weights of \(Set(report.bits).sorted().map(String.init).joined(separator: ", ")) bits"
        )
        lines.append("written to \(report.network), log \(report.log)")
        return lines.joined(separator: "\n")
    }
}

extension TrainCommand.Report.Epoch {
    /// An epoch whose number counts from zero.
    fileprivate init(_ number: Int, _ epoch: NetworkTrainingLog.Epoch) {
        self.init(
            epoch: number + 1, phase: epoch.phase.rawValue, loss: epoch.loss,
            // The decimal digits of single precision.
            learning_rate: Double("\(epoch.learningRate)") ?? 0, learned_accuracy: epoch.learnedAccuracy,
            validation_accuracy: epoch.validationAccuracy, sparsity: epoch.sparsity)
    }
}

extension QuantizedNetwork.Layer {
    /// Bits and number of the layer's weights, nil where it has none.
    fileprivate var weights: (bits: Int, count: Int)? {
        switch self {
        case .fullyConnected(let layer): (layer.weightBits, layer.weights.count)
        case .convolution(let layer): (layer.weightBits, layer.weights.count)
        case .pooling, .addition: nil
        }
    }
}
