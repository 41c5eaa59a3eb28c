import Foundation
import Network
import Testing

@testable import Learning

@Suite("Training of networks")
struct NetworkTrainingTests {
    /// Bright stretches that tell the class, in noise.
    private static let data = DataSplit(
        training: separable(classes: 4, rows: 8, columns: 10, count: 500, seed: 1),
        test: separable(classes: 4, rows: 8, columns: 10, count: 100, seed: 2))

    private static func recipe(_ change: (inout NetworkRecipe) -> Void = { _ in }) -> NetworkRecipe {
        var recipe = NetworkRecipe(name: "tiny")
        (recipe.batch, recipe.validationImages, recipe.shift, recipe.flips) = (40, 100, 1, false)
        (recipe.realEpochs, recipe.quantizedEpochs, recipe.pruningEpochs, recipe.prunedEpochs) = (2, 2, 2, 2)
        (recipe.sparsity, recipe.columns, recipe.wordCodes) = (0.5, 16, 4)
        recipe.layers = [
            .init("conv", .convolution, outputs: 6, window: 3, padding: 1),
            .init("pool", .maxPool, window: 2, stride: 2),
            .init("hidden", .fullyConnected, outputs: 12), .init("classes", .fullyConnected, outputs: 4, sparsity: 0),
        ]
        change(&recipe)
        return recipe
    }

    private func train(
        _ recipe: NetworkRecipe, _ change: (inout NetworkTraining.Options) -> Void = { _ in },
        progress: (NetworkTraining.Event) -> Bool = { _ in true }
    ) throws -> (network: QuantizedNetwork, log: NetworkTrainingLog) {
        var options = NetworkTraining.Options()
        change(&options)
        return try NetworkTraining.train(data: Self.data, recipe: recipe, options: options, progress: progress)
    }

    private func accuracy(_ network: QuantizedNetwork) -> Double {
        let images = Self.data.test
        let right = (0..<images.count).count {
            network.classify(activations: images.activations(ofImage: $0, bits: network.input.bits))
                == Int(images.labels[$0])
        }
        return Double(right) / Double(images.count)
    }

    @Test("separable images are learned, and the log tells the exported network's truth")
    func learns() throws {
        var events: [NetworkTrainingLog.Epoch] = []
        let (network, log) = try train(Self.recipe(), { _ in }) {
            if case .epoch(let number, let epoch) = $0 {
                #expect(number == events.count)
                events.append(epoch)
            }
            return true
        }
        #expect(
            log.testAccuracy >= 0.95 && (log.realTestAccuracy ?? 0) >= 0.95 && (log.quantizedTestAccuracy ?? 0) >= 0.95)
        #expect(accuracy(network) == log.testAccuracy)
        #expect(events == log.epochs && events.count == 8)
        #expect(
            log.epochs.map(\.phase) == [.real, .real, .quantized, .quantized, .pruning, .pruning, .pruned, .pruned])
        #expect(try #require(log.epochs.last).loss < log.epochs[0].loss)
        #expect(network.training["testAccuracy"] == "\(log.testAccuracy)")
        #expect(network.training["recipe"] == Self.recipe().text)
    }

    @Test("binary and wide weights and activations are learned", arguments: [(1, 2), (2, 4), (8, 8)])
    func widths(bits: (Int, Int)) throws {
        let (network, log) = try train(
            Self.recipe {
                ($0.weightBits, $0.activationBits, $0.sparsity) = (bits.0, bits.1, 0)
                $0.layers[3].sparsity = nil
                $0.quantizedEpochs = 4
            })
        #expect(log.testAccuracy >= 0.9, "\(bits)")
        guard case .convolution(let layer) = network.layers[0] else {
            throw NetworkFileError.notANetwork(file: "trained")
        }
        #expect(layer.weightBits == bits.0 && layer.requantization?.bits == bits.1)
        #expect(layer.encoding == (bits.0 == 1 ? .plusMinusOne : .signMagnitude))
    }

    /// Law: chance depends on the seed alone, sums on the chunks alone.
    @Test("threads change nothing, another seed does")
    func threads() throws {
        let one = try train(Self.recipe())
        for threads in [2, 5] {
            let other = try train(Self.recipe()) { $0.threads = threads }
            #expect(one.network.encoded() == other.network.encoded() && one.log == other.log, "\(threads) threads")
        }
        #expect(try train(Self.recipe { $0.seed = 2 }).network.layers != one.network.layers)
    }

    /// Law: however often a run is stopped, between epochs or inside one, what it ends with is the same, bit for bit.
    @Test("a run that is stopped goes on bit for bit", arguments: [[1], [2, 5], [1, 2, 3, 4, 5, 6, 7]])
    func resume(stops: [Int]) throws {
        let whole = try train(Self.recipe())
        try withTemporaryFolder { folder in
            var recipe = Self.recipe()
            for (index, stop) in stops.enumerated() {
                var done = 0
                #expect(throws: TrainingStopped()) {
                    _ = try train(recipe) {
                        ($0.checkpoint, $0.resumes, $0.threads) = ("\(folder)/state", index > 0, index + 1)
                    } progress: {
                        // Every second stop comes in the middle of the next epoch.
                        if case .epoch(let number, _) = $0 { done = number + 1 }
                        if case .step = $0, index % 2 == 1, done == stop { return false }
                        if case .epoch = $0, index % 2 == 0, done == stop { return false }
                        return true
                    }
                }
            }
            recipe.name = "tiny"
            let resumed = try train(recipe) { ($0.checkpoint, $0.resumes) = ("\(folder)/state", true) }
            #expect(resumed.network.encoded() == whole.network.encoded() && resumed.log == whole.log)
        }
    }

    @Test("a checkpoint that cannot be used is named")
    func checkpointErrors() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/state"
            func message(_ recipe: NetworkRecipe = Self.recipe()) -> String {
                do {
                    _ = try train(recipe) { ($0.checkpoint, $0.resumes) = (path, true) }
                    return ""
                } catch { return "\(error)" }
            }
            #expect(message() == "\(path): cannot be read: No such file or directory")
            _ = try? train(Self.recipe()) {
                $0.checkpoint = path
            } progress: {
                if case .epoch = $0 { false } else { true }
            }
            let good = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            try write(Array("something else".utf8), to: path)
            #expect(message() == "\(path): is no checkpoint of a training run: it does not begin with HWGENTRN")
            try write(Array(good.prefix(20)), to: path)
            #expect(message() == "\(path): is no checkpoint of a training run: it is cut short")
            for place in [9, 40, good.count / 2, good.count - 1] {
                var bad = good
                bad[place] ^= 1
                try write(bad, to: path)
                #expect(message() == "\(path): is no checkpoint of a training run: its SHA-256 is another one")
            }
            try write(good, to: path)
            #expect(
                message(Self.recipe { $0.quantizedRate = 0.01 })
                    == "\(path): is the checkpoint of another recipe; allowed is that of the recipe that is trained")
            do {
                _ = try train(Self.recipe()) { $0.checkpoint = "\(folder)/absent/state" }
                Issue.record("a checkpoint in a folder that is not there")
            } catch {
                #expect("\(error)" == "\(folder)/absent/state: cannot be written: No such file or directory")
            }
        }
    }
}
