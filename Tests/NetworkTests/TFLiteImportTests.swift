import Foundation
import Network
import Testing

/// Law: a model imported from TensorFlow Lite gives the numbers that LiteRT's reference kernels give, bit for bit.
@Suite("Import from TensorFlow Lite")
struct TFLiteImportTests {
    struct Run: Decodable {
        let model: String
        let inputs: [[Int]]
        let outputs: [[Int]]

        var bytes: [UInt8] { Array(Data(base64Encoded: model) ?? Data()) }
    }

    /// Random models and what LiteRT makes of random inputs; set up from PyPI on the first run.
    private static func runs(seed: UInt32, count: Int, images: Int, models: [String] = []) throws -> [Run] {
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            [
                "bash", here.appendingPathComponent("../../scripts/python").path, "ai-edge-litert==2.3.0",
                "numpy==2.2.6",
                "flatbuffers==25.12.19", "--", here.appendingPathComponent("Oracle/litert_models.py").path, "\(seed)",
                "\(count)", "\(images)",
            ] + models
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try #require(try output.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Run.self, from: $0) }
    }

    @Test("random models give LiteRT's numbers; damaged ones an error and never a trap")
    func agreement() throws {
        let seed = UInt32.random(in: 0 ... .max)
        var random = SplitMix(state: UInt64(seed))
        var layers = Set<String>()
        for (number, run) in try Self.runs(seed: seed, count: 60, images: 4).enumerated() {
            let network = try QuantizedNetwork(tensorFlowLite: run.bytes, fileName: "random", name: "random")
            #expect(try QuantizedNetwork(bytes: network.encoded(), fileName: "net") == network)
            for layer in network.layers { layers.insert("\(layer)".prefix { $0 != "(" } + "") }
            for (input, output) in zip(run.inputs, run.outputs) {
                let found = network.infer(activations: input.map { UInt8($0 + 128) })
                #expect(found.map { Int($0) - 128 } == output, "seed \(seed), model \(number)")
            }
            for _ in 0..<200 {
                var damaged = run.bytes
                for _ in 0...Int.random(in: 0...3, using: &random) {
                    damaged[Int.random(in: 0..<damaged.count, using: &random)] = .random(in: 0...255, using: &random)
                }
                // What comes of it is an error or a network that passed its check.
                _ = try? QuantizedNetwork(tensorFlowLite: damaged, fileName: "damaged", name: "damaged")
                let cut = damaged.prefix(Int.random(in: 0..<damaged.count, using: &random))
                _ = try? QuantizedNetwork(tensorFlowLite: Array(cut), fileName: "cut", name: "cut")
            }
        }
        #expect(layers == ["convolution", "fullyConnected", "pooling", "addition"])
    }

    static let models = (ProcessInfo.processInfo.environment["HWGEN_TFLITE_MODELS"] ?? "").split(separator: ":")

    /// `HWGEN_TFLITE_MODELS=A.tflite:B.tflite` asks for models that are not part of the project.
    @Test("the models asked for give LiteRT's numbers on 100 inputs", .enabled(if: !models.isEmpty))
    func modelsAskedFor() throws {
        for run in try Self.runs(seed: 1, count: 0, images: 100, models: Self.models.map(String.init)) {
            let network = try QuantizedNetwork(tensorFlowLite: run.bytes, fileName: "model", name: "model")
            for (input, output) in zip(run.inputs, run.outputs) {
                #expect(network.infer(activations: input.map { UInt8($0 + 128) }).map { Int($0) - 128 } == output)
            }
        }
    }

    @Test("what is no model is told so")
    func noModel() {
        #expect(throws: NetworkImportError.notAModel(file: "f")) {
            try QuantizedNetwork(tensorFlowLite: Array("a text of some length".utf8), fileName: "f", name: "f")
        }
        #expect(throws: NetworkImportError.damaged(file: "f")) {
            try QuantizedNetwork(
                tensorFlowLite: [255, 255, 255, 0] + Array("TFL3".utf8) + [0, 0], fileName: "f", name: "f")
        }
        #expect(
            NetworkImportError.notAModel(file: "f").description
                == "f: is not a TensorFlow Lite model: it does not carry the letters TFL3")
        #expect(NetworkImportError.damaged(file: "f").description == "f: is damaged: a table leads outside the file")
        #expect(
            NetworkImportError.unsupported(
                file: "f", layers: [.init(layer: "a", reason: "b"), .init(layer: "c", reason: "d")]
            ).description == "f: 2 unsupported layers: a: b; c: d")
    }
}
