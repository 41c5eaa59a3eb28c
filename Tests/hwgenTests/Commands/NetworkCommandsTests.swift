import Foundation
import Network
import Randomness
import Testing

/// `hwgen map` and `hwgen run` on the network that is checked in.
@Suite struct NetworkCommandsTests {
    private static let network = Executable.root + "/golden/demo.hwnet"

    @Test func mapSaysRowsUtilisationAndCycles() throws {
        let outcome = try Executable.run(["map", Self.network, "--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try outcome.json()
        let layers = try #require(report["layers"] as? [[String: Any]])
        #expect(layers.map { $0["name"] as? String } == ["0 fully-connected"])
        let cycles = try #require(layers[0]["cycles"] as? Int)
        let total = try #require(report["cycles"] as? Int)
        #expect(total > cycles && cycles > 0)
        #expect(report["rows"] as? Int == layers[0]["rows"] as? Int)
        #expect(report["utilisation"] as? Double != nil)
    }

    @Test func rtlRunsAsPredictedAndAsTheGoldenModel() throws {
        let predicted = try #require(try Executable.run(["map", Self.network, "--json"]).json()["cycles"] as? Int)
        var reports: [[String: Any]] = []
        for on in ["golden", "rtl"] {
            let outcome = try Executable.run([
                "run", Self.network, "--on", on, "--images", "4", "--sense-error", "0.01", "--json",
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            reports.append(try outcome.json())
        }
        for report in reports {
            for key in [
                "network", "images", "accuracy", "mismatches", "cycles", "senses", "senses_skipped", "writes",
                "checkpoints", "images_per_second",
            ] {
                #expect(report[key] != nil, "key \(key)")
            }
            #expect(report["mismatches"] as? Int == 0)
            #expect(report["cycles"] as? Int == 4 * predicted)
        }
        for key in ["accuracy", "senses", "upsets"] {
            #expect(reports[0][key] as? Double == reports[1][key] as? Double, "key \(key)")
        }
        #expect(try #require(reports[0]["upsets"] as? Int) > 0)
    }

    /// Through packets, registers and the stream of results as by the engine's own ports.
    @Test func hostGivesWhatTheEngineGives() throws {
        var reports: [[String: Any]] = []
        for way in [[], ["--host"]] {
            let arguments = ["run", Self.network, "--on", "rtl", "--images", "2", "--sense-error", "0.01", "--json"]
            let outcome = try Executable.run(arguments + way)
            #expect(outcome.status == 0, "\(outcome.errors)")
            reports.append(try outcome.json())
        }
        for key in ["mismatches", "cycles", "senses", "upsets", "accuracy"] {
            #expect(reports[0][key] as? Double == reports[1][key] as? Double, "key \(key)")
        }
        #expect(reports.map { $0["host"] as? Bool } == [false, true])
        #expect(
            try Executable.failure(["run", Self.network, "--host"], status: 2) == "--host: has no use without --on rtl")
    }

    @Test func refusesWhatDoesNotFit() throws {
        for (arguments, message) in [
            (["--set", "rows=8"], "the network needs 120 rows, the engine has 8; raise 'rows'"),
            (["--set", "weight-bits=3"], "layer 0 (fully-connected), bits of a weight: found 4, allowed 1 to 3"),
            (
                ["--set", "activation-bits=3"],
                "layer 0 (fully-connected), bits of an activation: found 4, allowed 1 to 3"
            ),
            (
                ["--set", "chunks=3"],
                "the network needs 13 chunks for the window of layer 0, the engine has 3; raise 'chunks'"
            ),
            (["--set", "rows=x"], "parameter rows: found 'x', allowed is a whole number"),
            (["--set", "pixel-lanes=3"], "parameter pixel-lanes: found 3, allowed 1, 2, 4, 8, 16"),
        ] {
            for command in ["map", "run"] {
                let outcome = try Executable.run([command, Self.network] + arguments)
                #expect(outcome.status == 2, "\(arguments)")
                #expect(outcome.errors.contains(message), "\(arguments): \(outcome.errors)")
                #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
            }
        }
    }

    /// An image of zeros takes the fewest cycles and no sense; the same on RTL and golden model.
    @Test func zerosAreSkippedWhenAsked() throws {
        var random = KeyedStream(seed: 6, stream: 9)
        let layer = QuantizedNetwork.Convolution(
            inputChannels: 16, outputs: 8, window: SlidingWindow(size: .init(height: 1, width: 1)), weightBits: 4,
            weights: (0..<8 * 16).map { _ in Int8(random.nextIndex(below: 15)) - 7 },
            bias: Array(repeating: 0, count: 8),
            requantization: Requantization(
                multipliers: Array(repeating: 1 << 30, count: 8), shifts: Array(repeating: -4, count: 8), bits: 4))
        let network = try QuantizedNetwork(
            name: "small", input: ActivationFormat(height: 5, width: 5, channels: 16, bits: 8),
            layers: [.convolution(layer)])
        let path = "\(Executable.scratch)/skipping.hwnet"
        try network.write(to: path)
        try Data([UInt8](repeating: 0, count: 400)).write(
            to: URL(fileURLWithPath: "\(Executable.scratch)/zeros.bin"))
        let map = try Executable.run(["map", path, "--skip-zeros", "--json"]).json()
        let least = try #require(map["least_cycles"] as? Int)
        let most = try #require(map["cycles"] as? Int)
        #expect(least < most)
        let plain = try Executable.run(["map", path, "--json"]).json()
        #expect(plain["least_cycles"] as? Int == most && plain["cycles"] as? Int == most)
        let senses = try #require(map["senses"] as? Int)
        let text = try Executable.run(["map", path, "--skip-zeros"]).output
        #expect(text.contains("\(least) to \(most) cycles and at most \(senses) senses an image"), "\(text)")
        for on in ["golden", "rtl"] {
            let outcome = try Executable.run([
                "run", path, "--on", on, "--codes", "zeros.bin", "--skip-zeros", "--json",
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try outcome.json()["cycles"] as? Int == least, "\(on)")
            #expect(try outcome.json()["senses"] as? Int == 0, "\(on)")
        }
        // Where gathering bounds the layer the cycles are the same, and the senses still a bound.
        #expect(
            try Executable.run(["map", Self.network, "--skip-zeros"]).output
                .contains("; 259 cycles and at most 120 senses an image"))
    }

    @Test func refusesImagesThatDoNotSuit() throws {
        let file = "\(Executable.scratch)/codes.bin"
        func refusal(_ bytes: [UInt8]) throws -> String {
            try Data(bytes).write(to: URL(fileURLWithPath: file))
            let outcome = try Executable.run(["run", Self.network, "--codes", "codes.bin"])
            #expect(outcome.status == 2)
            return outcome.errors
        }
        #expect(
            try refusal([1, 2, 3]).contains("codes.bin: found 3 bytes, allowed multiples of the network's 784 inputs"))
        var codes = [UInt8](repeating: 1, count: 784)
        codes[5] = 16
        #expect(try refusal(codes).contains("codes.bin: byte 5: found code 16, allowed 0 to 15"))
        codes[5] = 15
        try Data(codes + codes).write(to: URL(fileURLWithPath: file))
        let outcome = try Executable.run(["run", Self.network, "--codes", "codes.bin", "--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.json()["images"] as? Int == 2)
        #expect(try outcome.json()["accuracy"] as? Double == nil)
        for (arguments, message) in [
            (["--data", "mnist=x"], "--data: found data set 'mnist', allowed fashion-mnist, cifar10"),
            (["--data", "cifar10=absent"], "absent/test_batch.bin: cannot be read: No such file or directory"),
            (["--data", "cifar10"], "--data"),
            (["--data", "cifar10=x", "--codes", "codes.bin"], "--data"),
        ] {
            let outcome = try Executable.run(["run", Self.network] + arguments)
            #expect(outcome.status == 2, "\(arguments)")
            #expect(outcome.errors.contains(message), "\(arguments): \(outcome.errors)")
        }
    }

    /// Images of three colours reach a network that takes them, and no other.
    @Test func takesColouredImages() throws {
        var random = KeyedStream(seed: 5, stream: 9)
        let records = (0..<3).flatMap { image in
            [UInt8(image)] + (0..<3072).map { _ in UInt8(random.nextIndex(below: 256)) }
        }
        let folder = "\(Executable.scratch)/coloured"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(records).write(to: URL(fileURLWithPath: "\(folder)/test_batch.bin"))
        let refusal = try Executable.run(["run", Self.network, "--data", "cifar10=\(folder)"])
        #expect(refusal.status == 2)
        #expect(
            refusal.errors.contains(
                "the network takes 784 inputs, an image of cifar10 has 3072; give images with --codes or --data"),
            "\(refusal.errors)")

        // The label is the place of the largest colour of the first pixel, which the network copies out.
        let weights: [Int8] = (0..<3).flatMap { output in (0..<3072).map { Int8($0 == output ? 1 : 0) } }
        let layer = QuantizedNetwork.FullyConnected(
            inputs: 3072, outputs: 3, weightBits: 2, weights: weights, bias: [0, 0, 0])
        let network = try QuantizedNetwork(
            name: "first pixel", input: ActivationFormat(height: 32, width: 32, channels: 3, bits: 8),
            layers: [.fullyConnected(layer)])
        try network.write(to: "\(folder)/network.hwnet")
        var right = 0
        for image in 0..<3 {
            let first = (0..<3).map { records[image * 3073 + 1 + $0 * 1024] }
            if first.firstIndex(of: first.max() ?? 0) == image { right += 1 }
        }
        let outcome = try Executable.run([
            "run", "\(folder)/network.hwnet", "--data", "cifar10=\(folder)", "--json",
        ])
        #expect(try outcome.json()["images"] as? Int == 3, "\(outcome.errors)")
        #expect(try outcome.json()["accuracy"] as? Double == Double(right) / 3)
    }
}
