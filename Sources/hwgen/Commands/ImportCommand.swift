import Foundation
import Network
import Tools

/// `hwgen import`: a network of another tool as a network file.
enum ImportCommand {
    static let specification = CommandSpecification(
        name: "import", summary: "turn a network of another tool into a network file",
        details:
            "Reads 8-bit integer models of TensorFlow Lite: convolutions, depthwise ones, fully connected layers, pools, "
            + "residual sums. The network gives the numbers of LiteRT's reference kernels, bit for bit. When a layer has no "
            + "counterpart nothing is written, and all such layers are named.",
        positionals: [PositionalSpecification("MODEL", help: "the model, a .tflite file")],
        options: [
            OptionSpecification(
                "output", short: "o", .text, placeholder: "NET", isRequired: true, help: "the network file to write")
        ],
        examples: ["hwgen import resnet8_int8.tflite -o resnet8.hwnet"])

    struct Report: Encodable {
        struct Layer: Encodable {
            let kind: String
            let outputs: [Int]
            let weights: Int
        }
        struct Unsupported: Encodable {
            let layer, reason: String
        }
        let network: String?
        let layers: [Layer]
        let unsupported: [Unsupported]
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let path = try command.text("MODEL")
        let target = try command.text("output")
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        do {
            let network = try QuantizedNetwork(
                tensorFlowLite: try readFile(path), fileName: path, name: name)
            try network.write(to: target)
            let report = Report(
                network: target, layers: network.layers.indices.map { layer($0, network) }, unsupported: [])
            try output.result(report, text: text(report, network))
            return .done
        } catch NetworkImportError.unsupported(let file, let layers) {
            let error = NetworkImportError.unsupported(file: file, layers: layers)
            output.error(error)
            if output.isJSON {
                let unsupported = layers.map { Report.Unsupported(layer: $0.layer, reason: $0.reason) }
                try output.result(Report(network: nil, layers: [], unsupported: unsupported), text: "")
            }
            return ExitStatus(for: error)
        }
    }

    private static func layer(_ index: Int, _ network: QuantizedNetwork) -> Report.Layer {
        let layer = network.layers[index]
        let weights =
            switch layer {
            case .fullyConnected(let layer): layer.weights.count
            case .convolution(let layer): layer.weights.count
            case .pooling, .addition: 0
            }
        // Imported layers all give codes.
        let outputs = network.formats[index].map { [$0.height, $0.width, $0.channels] } ?? []
        return Report.Layer(kind: layer.kind, outputs: outputs, weights: weights)
    }

    private static func text(_ report: Report, _ network: QuantizedNetwork) -> String {
        let shape = [network.input.height, network.input.width, network.input.channels]
        let head = "\(network.name): \(words(shape)) codes of \(network.input.bits) bits"
        let lines = report.layers.map { layer in
            "  \(layer.kind.padding(to: 22)) \(words(layer.outputs).padding(to: 14))"
                + (layer.weights > 0 ? " \(layer.weights) weights" : "")
        }
        return ([head] + lines + ["written to \(report.network ?? "")"]).joined(separator: "\n")
    }

    private static func words(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: " x ") }
}
