import Foundation
import Network
import Testing

/// Law: `hwgen import` writes a network file that holds every layer, or names all layers that it cannot, and writes nothing.
@Suite struct ImportTests {
    private var models: String { Executable.root + "/Tests/NetworkTests/Oracle" }

    @Test func importsAModel() throws {
        let path = "\(Executable.scratch)/small.hwnet"
        let run = try Executable.run(["import", models + "/small.tflite", "-o", path, "--json"])
        #expect(run.status == 0, "\(run.errors)")
        let report = try run.json()
        let layers = try #require(report["layers"] as? [[String: Any]])
        #expect(
            layers.compactMap { $0["kind"] as? String } == [
                "convolution", "depthwise-convolution", "convolution", "add", "max-pool", "fully-connected",
            ])
        #expect(report["network"] as? String == path)
        let network = try QuantizedNetwork(contentsOf: path)
        let model = [UInt8](try Data(contentsOf: URL(fileURLWithPath: models + "/small.tflite")))
        #expect(try network == QuantizedNetwork(tensorFlowLite: model, fileName: "small", name: "small"))
        let text = try Executable.run(["import", models + "/small.tflite", "-o", path])
        #expect(text.output.hasPrefix("small: 6 x 6 x 2 codes of 8 bits\n  convolution "), "\(text.output)")
    }

    @Test func namesEveryLayerThatHasNoCounterpart() throws {
        let path = "\(Executable.scratch)/unsupported.hwnet"
        let model = models + "/unsupported.tflite"
        let line = try Executable.failure(["import", model, "-o", path], status: 2)
        #expect(
            line == "\(model): 2 unsupported layers: curve_14: operator 14 (LOGISTIC) has no counterpart; "
                + "curve_28: operator 28 (TANH) has no counterpart")
        #expect(!FileManager.default.fileExists(atPath: path))
        let run = try Executable.run(["import", model, "-o", path, "--json"])
        #expect(run.status == 2)
        let report = try run.json()
        #expect((report["unsupported"] as? [[String: Any]])?.count == 2)
    }

    @Test func refusesWhatIsNoModel() throws {
        let path = "\(Executable.scratch)/none.hwnet"
        let file = Executable.root + "/README.md"
        #expect(
            try Executable.failure(["import", file, "-o", path], status: 2)
                == "\(file): is not a TensorFlow Lite model: it does not carry the letters TFL3")
        #expect(
            try Executable.failure(["import", "absent.tflite", "-o", path], status: 2)
                == "cannot read 'absent.tflite': no such file")
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
