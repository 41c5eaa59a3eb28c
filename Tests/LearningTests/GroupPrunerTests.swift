import Network
import Testing

@testable import Golden
@testable import Learning

@Suite("Pruning of groups")
struct GroupPrunerTests {
    /// Law: chunks are those in which the engine's windows lie.
    @Test("chunks are the engine's", arguments: [1, 2, 3])
    func chunks(seed: UInt64) {
        var random = SplitMix(state: seed)
        for _ in 0..<100 {
            let columns = Int.random(in: 1...80, using: &random)
            let (words, pixels, channels) = (
                Int.random(in: 1...min(columns, 20), using: &random), Int.random(in: 1...30, using: &random),
                Int.random(in: 1...70, using: &random)
            )
            let chunks = WindowChunks(windowPixels: pixels, channels: channels, columns: columns, wordCodes: words)
            let layout = WindowLayout(windowPixels: pixels, channels: channels, wordCodes: words, columns: columns)
            let case_ = "\(pixels) pixels, \(channels) channels, words of \(words), \(columns) columns"
            #expect(chunks.count == layout.chunks, "\(case_)")
            for weight in 0..<pixels * channels {
                let place = layout.place(pixel: weight / channels, channel: weight % channels)
                #expect(chunks.chunkOfWeight[weight] == place.chunk, "\(case_), weight \(weight)")
            }
        }
    }

    private func recipe(_ sparsity: Double) -> NetworkRecipe {
        var recipe = NetworkRecipe(name: "pruned")
        (recipe.batch, recipe.pruningEpochs, recipe.sparsity) = (16, 1, sparsity)
        (recipe.columns, recipe.wordCodes) = (16, 4)
        recipe.layers = [
            .init("conv", .convolution, outputs: 5, window: 3),
            .init("hidden", .fullyConnected, outputs: 9), .init("classes", .fullyConnected, outputs: 3, sparsity: 0),
        ]
        return recipe
    }

    /// Groups of the exported network in which a weight is not zero, found in its windows alone.
    private func groupsInUse(_ network: QuantizedNetwork, layer: Int, outputs: Int, chunks: WindowChunks) -> Set<[Int]>
    {
        let weights: [Int8] =
            switch network.layers[layer] {
            case .convolution(let layer): layer.weights
            case .fullyConnected(let layer): layer.weights
            case .pooling, .addition: []
            }
        var used = Set<[Int]>()
        let depth = weights.count / outputs
        for (index, weight) in weights.enumerated() where weight != 0 {
            used.insert([index / depth, chunks.chunkOfWeight[index % depth]])
        }
        return used
    }

    /// Law: the wanted share of each layer's groups is zero in the exported network, none more, and each filter keeps one.
    @Test("shares of groups are zero and stay so", arguments: [0.3, 0.6, 0.99])
    func shares(sparsity: Double) throws {
        let graph = TrainingGraph(recipe: recipe(sparsity), inputShape: TensorShape(height: 6, width: 6, channels: 3))
        let pruner = GroupPruner(graph)
        var before = Set<[Int]>()
        for progress in [0.5, 1.0] {
            pruner.prune(progress: progress)
            graph.invalidate()
            // What is learned afterwards must not bring a weight back.
            var random = SplitMix(state: 4)
            for _ in 0..<5 {
                graph.input.values = (0..<graph.input.count).map { _ in Float(Int.random(in: 0...15, using: &random)) }
                _ = graph.learn(
                    Batch(images: 16, runner: ChunkRunner(threads: 1)), labels: (0..<16).map { UInt8($0 % 3) },
                    mode: .init(isLearning: true, isQuantized: true))
                MomentumDescent(momentum: 0.9, decay: 0.01).step(graph.parameters, rate: 0.05)
                graph.invalidate()
            }
            let network = try graph.exported()
            var pruned = 0
            for (layer, target) in pruner.targets.enumerated() {
                let outputs = target.product.outputShape.channels
                let used = groupsInUse(network, layer: layer, outputs: outputs, chunks: target.chunks)
                let wanted = min(Int(Double(target.groups) * target.sparsity * progress), target.groups - outputs)
                #expect(target.groups - used.count == wanted, "layer \(layer)")
                #expect((0..<outputs).allSatisfy { output in used.contains { $0[0] == output } })
                pruned += wanted
                if layer == 0 {
                    #expect(before.isEmpty || used.isSubset(of: before))
                    before = used
                }
            }
            let groups = pruner.targets.reduce(0) { $0 + $1.groups }
            #expect(pruner.sparsity == Double(pruned) / Double(groups))
        }
    }

    /// Law: the groups of a layer that are pruned have less of their filters' power than those that are kept.
    @Test("the weakest groups go")
    func weakest() {
        let graph = TrainingGraph(recipe: recipe(0.4), inputShape: TensorShape(height: 6, width: 6, channels: 3))
        let pruner = GroupPruner(graph)
        let target = pruner.targets[1]
        let weights = target.product.weights
        let outputs = target.product.outputShape.channels
        // Group (chunk, output) has the power of its number; filters are normalised, so all filters get the same total.
        for (index, chunk) in target.chunks.chunkOfWeight.enumerated() {
            for output in 0..<outputs {
                let count = target.chunks.chunkOfWeight.count { $0 == chunk }
                weights.values[index * outputs + output] = Float(
                    (Double((chunk + output) % target.chunks.count + 1) / Double(count)).squareRoot())
            }
        }
        pruner.prune(progress: 1)
        let wanted = Int(Double(target.groups) * 0.4)
        var ranks: [Int] = []
        for chunk in 0..<target.chunks.count {
            let index = target.chunks.chunkOfWeight.firstIndex(of: chunk) ?? 0
            for output in 0..<outputs where weights.mask[index * outputs + output] == 0 {
                ranks.append((chunk + output) % target.chunks.count)
            }
        }
        #expect(ranks.count == wanted)
        #expect((ranks.max() ?? 0) <= (wanted + outputs - 1) / outputs, "\(ranks)")
    }
}
