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

    @Test("random models give LiteRT's numbers")
    func agreement() throws {
        let seed = UInt32.random(in: 0 ... .max)
        var layers = Set<String>()
        for (number, run) in try Self.runs(seed: seed, count: 60, images: 4).enumerated() {
            let network = try QuantizedNetwork(tensorFlowLite: run.bytes, fileName: "random", name: "random")
            #expect(try QuantizedNetwork(bytes: network.encoded(), fileName: "net") == network)
            for layer in network.layers { layers.insert(layer.kind) }
            for (input, output) in zip(run.inputs, run.outputs) {
                let found = network.infer(activations: input.map { UInt8($0 + 128) })
                #expect(found.map { Int($0) - 128 } == output, "seed \(seed), model \(number)")
            }
        }
        #expect(
            layers == [
                "convolution", "depthwise-convolution", "fully-connected", "max-pool", "average-pool", "add",
            ])
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

    private static let oracle = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Oracle")

    private static func message(_ bytes: [UInt8]) -> String {
        do {
            _ = try QuantizedNetwork(tensorFlowLite: bytes, fileName: "f", name: "n")
            return ""
        } catch { return "\(error)" }
    }

    @Test("whatever word is changed, a model gives an error or a network that runs")
    func damage() throws {
        let bytes = [UInt8](try Data(contentsOf: Self.oracle.appendingPathComponent("small.tflite")))
        let expected = try QuantizedNetwork(tensorFlowLite: bytes, fileName: "small", name: "small")
        var networks = 0
        for place in stride(from: 0, to: bytes.count - 3, by: 4) {
            for word: UInt32 in [0, .max, UInt32(Int32.max), 0x7100_0000] {
                var damaged = bytes
                for byte in 0..<4 { damaged[place + byte] = UInt8(word >> UInt32(8 * byte) & 255) }
                guard
                    let network = try? QuantizedNetwork(
                        tensorFlowLite: damaged, fileName: "damaged", name: "damaged")
                else { continue }
                networks += 1
                if network.input == expected.input {
                    _ = network.infer(activations: (0..<72).map { UInt8($0 * 3) })
                }
            }
            #expect(!Self.message(Array(bytes[..<place])).isEmpty)
        }
        // Weights and biases may be anything.
        #expect(networks > 100)
    }

    @Test(
        "what a network cannot be is said, and of which layer",
        arguments: [
            ("dilation", "f: 1 unsupported layer: convolution: a dilated window"),
            ("stride", "f: 1 unsupported layer: convolution: a stride below 1"),
            ("activation", "f: 1 unsupported layer: convolution: activation 2 has no counterpart"),
            ("pool activation", "f: 1 unsupported layer: pool: a pool with an activation of its own"),
            ("pool scale", "f: 1 unsupported layer: pool: a pool that changes the scale"),
            ("weights", "f: 1 unsupported layer: convolution: its weights are not constant symmetric 8-bit integers"),
            ("bias", "f: 1 unsupported layer: convolution: its bias is not 4 constant 32-bit integers"),
            ("scales", "f: 1 unsupported layer: convolution: 4 scales along dimension 1 for 4 outputs"),
            ("channels", "f: 1 unsupported layer: convolution: weights of shape [4, 1, 1, 2] for 3 channels"),
            ("reshape", "f: 1 unsupported layer: convolution: it takes a tensor that was reshaped"),
            ("a huge scale", "f: 1 unsupported layer: convolution: a scale of 7.405247979065608e+22"),
            ("floats", "f: 1 unsupported layer: input: its activations are not 8-bit integers with one scale"),
            ("output", "f: its output is not that of its last layer"),
            ("shape", "f: the shape of convolution does not follow from its layer"),
        ])
    func refusals(fault: String, expected: String) throws {
        struct Fault: Decodable {
            let fault, model: String
        }
        let lines = try String(contentsOf: Self.oracle.appendingPathComponent("refused.jsonl"), encoding: .utf8)
        let faults = try lines.split(separator: "\n").map { try JSONDecoder().decode(Fault.self, from: Data($0.utf8)) }
        let model = try #require(faults.first { $0.fault == fault })
        #expect(Self.message([UInt8](try #require(Data(base64Encoded: model.model)))) == expected)
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
