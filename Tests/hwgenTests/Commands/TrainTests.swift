import Foundation
import Network
import Testing

/// Law: `hwgen train` writes the network and the log of a recipe, reports its keys, and names what is wrong in one line.
@Suite struct TrainTests {
    /// Ten classes, each with its own bright row, in the files of Fashion-MNIST; made once.
    private static let data: String = {
        let folder = "\(Executable.scratch)/stripes"
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var state: UInt64 = 5
        func noise() -> UInt8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(state >> 57)
        }
        func word(_ number: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
        for (part, count) in [("train", 700), ("t10k", 100)] {
            var images = word(0x803) + word(count) + word(10) + word(10)
            for image in 0..<count {
                for pixel in 0..<100 { images.append(pixel / 10 == image % 10 ? 255 - noise() / 2 : noise()) }
            }
            let labels = word(0x801) + word(count) + (0..<count).map { UInt8($0 % 10) }
            try? Data(images).write(to: URL(fileURLWithPath: "\(folder)/\(part)-images-idx3-ubyte.gz"))
            try? Data(labels).write(to: URL(fileURLWithPath: "\(folder)/\(part)-labels-idx1-ubyte.gz"))
        }
        return folder
    }()

    private func recipe(_ name: String, _ extra: String = "", window: Int = 3) throws -> String {
        let path = "\(Executable.scratch)/\(name).toml"
        let text = """
            name = "\(name)"
            batch = 50
            validation-images = 100
            real-epochs = 3
            quantized-epochs = 3
            pruning-epochs = 1
            pruned-epochs = 2
            sparsity = 0.5
            columns = 8
            word-codes = 8
            flips = false
            \(extra)
            [layers.conv]
            kind = "convolution"
            outputs = 8
            window = \(window)
            [layers.pool]
            kind = "max-pool"
            window = 2
            stride = 2
            [layers.classes]
            kind = "fully-connected"
            outputs = 10
            sparsity = 0
            """
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test func trainsWritesAndReports() throws {
        let path = try recipe("stripes")
        var files: [Data] = []
        for (folder, jobs) in [("trained", "1"), ("trained3", "3")] {
            let outcome = try Executable.run([
                "train", path, "--data", "fashion-mnist=\(Self.data)", "-o", folder, "-j", jobs, "--json",
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let report = try outcome.json()
            let file = "\(folder)/stripes.hwnet"
            #expect(report["network"] as? String == file)
            let accuracy = try #require(report["accuracy"] as? Double)
            #expect(accuracy >= 0.95)
            #expect(report["accuracy_real"] as? Double != nil && report["accuracy_quantized"] as? Double != nil)
            #expect(report["bits"] as? [Int] == [4, 4])
            let sparsity = try #require(report["sparsity"] as? Double)
            #expect(sparsity > 0 && sparsity < 0.5)
            let epochs = try #require(report["epochs"] as? [[String: Any]])
            #expect(epochs.map { $0["epoch"] as? Int } == (1...9).map { $0 })
            #expect(report["seconds"] as? Double != nil)
            let network = try QuantizedNetwork(contentsOf: "\(Executable.scratch)/\(file)")
            #expect(network.training["testAccuracy"] == "\(accuracy)")
            files.append(try Data(contentsOf: URL(fileURLWithPath: "\(Executable.scratch)/\(file)")))
            let log = try String(contentsOfFile: "\(Executable.scratch)/\(folder)/stripes.jsonl", encoding: .utf8)
            let lines = log.split(separator: "\n")
            #expect(lines.count == 9)
            for (line, epoch) in zip(lines, epochs) {
                let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                for key in [
                    "loss", "learned_accuracy", "validation_accuracy", "sparsity", "learning_rate", "epoch",
                ] {
                    #expect(
                        object?[key] as? Double != nil && object?[key] as? Double == epoch[key] as? Double, "\(key)")
                }
                #expect(object?["phase"] as? String == epoch["phase"] as? String)
            }
            #expect(!FileManager.default.fileExists(atPath: "\(Executable.scratch)/\(folder)/stripes.checkpoint"))
        }
        #expect(files[0] == files[1], "the number of threads changes nothing")
    }

    @Test func showsEpochsAndAccuracy() throws {
        let path = try recipe("shown")
        let outcome = try Executable.run(["train", path, "--data", "fashion-mnist=\(Self.data)", "-o", "shown"])
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("epoch 1 of 9, real: loss "), "\(outcome.errors)")
        #expect(outcome.errors.contains("epoch 7 of 9, pruning: loss "), "\(outcome.errors)")
        #expect(outcome.errors.contains(" left\n"))
        #expect(outcome.output.contains("by integer inference"), "\(outcome.output)")
        #expect(outcome.output.contains("of the (filter, chunk) groups pruned"))
        #expect(outcome.output.contains("written to shown/shown.hwnet, log shown/shown.jsonl"))
    }

    @Test func refusals() throws {
        let good = try recipe("refused")
        let cases: [([String], String)] = try [
            (["absent.toml"], "absent.toml: cannot be read: No such file or directory"),
            (
                [recipe("wide", window: 65)],
                "\(Executable.scratch)/wide.toml:16:10: layers.conv.window: found '65', allowed 1 to 64"
            ),
            (
                [good, "--resume", "-o", "nothing"],
                "nothing/refused.checkpoint: cannot be read: No such file or directory"
            ),
            (
                [good, "--data", "cifar10=\(Self.data)"],
                "--data: found data set 'cifar10', allowed 'fashion-mnist', the recipe's"
            ),
        ]
        for (arguments, message) in cases {
            let data = arguments.contains("--data") ? [] : ["--data", "fashion-mnist=\(Self.data)"]
            #expect(try Executable.failure(["train"] + arguments + data, status: 2) == message)
        }
        let colour = try recipe("colour", "data = \"cifar10\"")
        #expect(
            try Executable.failure(["train", colour], status: 2)
                == "--data: found none, allowed cifar10=DIR with the folder of its published files")
    }
}
