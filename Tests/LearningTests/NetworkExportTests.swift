import Network
import Testing

@testable import Learning

/// Law: the exported network is the quantised graph. Fed with the same codes, each layer has the same sums, up to the sign of a
/// filter and its bias; its codes are the same but where the number before rounding lies at a half.
@Suite("Export of trained networks")
struct NetworkExportTests {
    private func graph(_ weightBits: Int, _ activationBits: Int, seed: UInt64) -> TrainingGraph {
        var recipe = NetworkRecipe(name: "export")
        recipe.seed = seed
        recipe.batch = 24
        (recipe.weightBits, recipe.activationBits) = (weightBits, activationBits)
        recipe.layers = [
            .init("conv", .convolution, outputs: 5, window: 3, padding: 1),
            .init("max", .maxPool, window: 2, stride: 2),
            .init("second", .convolution, outputs: 18, window: 2, stride: 1, weightBits: max(1, weightBits - 1)),
            .init("mean", .averagePool, window: 2, stride: 1),
            .init("hidden", .fullyConnected, outputs: 7), .init("classes", .fullyConnected, outputs: 4),
        ]
        let graph = TrainingGraph(recipe: recipe, inputShape: TensorShape(height: 8, width: 9, channels: 2))
        var random = SplitMix(state: seed)
        for layer in graph.layers.compactMap({ $0 as? NormalizationLayer }) {
            layer.scale.values.values = layer.scale.values.values.map { _ in .random(in: -1.5...1.5, using: &random) }
            layer.shift.values.values = layer.shift.values.values.map { _ in .random(in: -0.5...1, using: &random) }
        }
        // Statistics that suit: those of a few batches.
        for _ in 0..<30 {
            graph.input.values = (0..<graph.input.count).map { _ in Float(Int.random(in: 0...15, using: &random)) }
            graph.forward(batch, mode: .init(isLearning: true, isQuantized: true))
        }
        return graph
    }

    private let batch = Batch(images: 24, runner: ChunkRunner(threads: 2))

    @Test("sums and codes of every layer", arguments: [(4, 4), (2, 3), (8, 8), (1, 1), (3, 4)])
    func everyLayer(bits: (Int, Int)) throws {
        let graph = graph(bits.0, bits.1, seed: UInt64(bits.0 + 10 * bits.1))
        let network = try graph.exported()
        graph.forward(batch, mode: .init(isLearning: false, isQuantized: true))
        var layer = 0
        var (compared, halves) = (0, 0)
        for index in graph.layers.indices {
            let shape = graph.layers[index].inputShape
            guard !(graph.layers[index] is NormalizationLayer) else { continue }
            let exported = network.layers[layer]
            let format = try #require(network.format(ofSource: layer - 1))
            layer += 1
            for image in 0..<24 {
                let codes = graph.values[index].values[image * shape.count..<(image + 1) * shape.count].map {
                    UInt8($0)
                }
                func values(_ index: Int) -> ArraySlice<Float> {
                    let count = graph.layers[index].outputShape.count
                    return graph.values[index + 1].values[image * count..<(image + 1) * count]
                }
                if case .pooling(let pooling) = exported {
                    #expect(pooling.codes(activations: codes, format).map { Float($0) } == Array(values(index)))
                    continue
                }
                let (sums, bias, requantization) = accumulators(exported, codes, format)
                let product = try #require(graph.layers[index] as? ProductLayer)
                guard
                    let normalization = index + 1 < graph.layers.count
                        ? graph.layers[index + 1] as? NormalizationLayer : nil
                else {
                    let biases = try #require(product.bias).values
                    for (place, logit) in values(index).enumerated() {
                        let unit = product.steps[place] * graph.quantizerStep
                        let expected = Float(sums[place] - bias[place]) * unit + biases[place]
                        #expect(abs(logit - expected) <= 1e-4 * abs(expected) + 1e-6)
                        // The bias is a whole number of units.
                        #expect(abs(Float(bias[place]) * unit - biases[place]) <= 0.5001 * unit)
                    }
                    continue
                }
                let folded = normalization.folded()
                for (place, sum) in values(index).enumerated() {
                    let channel = place % bias.count
                    let fold = folded[channel]
                    guard fold.sign != 0 else { continue }
                    #expect(
                        Float(sums[place] - bias[channel]) == Float(fold.sign) * sum, "image \(image), place \(place)")
                    let code = try #require(requantization).code(accumulator: sums[place], channel: channel)
                    let found = Float(code)
                    let expected = values(index + 1)[values(index + 1).startIndex + place]
                    compared += 1
                    if found != expected {
                        halves += 1
                        let exact = normalization.real(sum, channel: channel)
                        let unit = normalization.unit(channel: channel)
                        let distance = abs(exact - (exact.rounded(.down) + 0.5))
                        #expect(
                            abs(found - expected) == 1 && distance <= 0.51 * unit + 1e-3,
                            "image \(image), place \(place)")
                    }
                }
            }
        }
        #expect(compared > 1000 && halves * 10 < compared, "\(halves) of \(compared) codes at a half")
    }

    private func accumulators(
        _ layer: QuantizedNetwork.Layer, _ codes: [UInt8], _ format: ActivationFormat
    ) -> ([Int32], [Int32], Requantization?) {
        switch layer {
        case .fullyConnected(let layer):
            (layer.accumulators(activations: codes, zeroPoint: format.zeroPoint), layer.bias, layer.requantization)
        case .convolution(let layer):
            (layer.accumulators(activations: codes, format), layer.bias, layer.requantization)
        case .pooling, .addition: ([], [], nil)
        }
    }

    @Test("channels whose scale is nothing give a constant code")
    func constantChannels() throws {
        let graph = graph(4, 4, seed: 3)
        let layer = try #require(graph.layers[1] as? NormalizationLayer)
        layer.scale.values[0] = 0
        layer.shift.values[0] = 1
        layer.scale.values[1] = 1e-30
        layer.shift.values[1] = -1
        let network = try graph.exported()
        let outputs = network.outputs(activations: (0..<144).map { UInt8($0 % 16) })
        let codes = outputs[0].values
        #expect(stride(from: 0, to: codes.count, by: 5).allSatisfy { codes[$0] == 5 })
        #expect(stride(from: 1, to: codes.count, by: 5).allSatisfy { codes[$0] == 0 })
    }

    @Test("a file of the network is the network again")
    func file() throws {
        let network = try graph(3, 4, seed: 5).exported(training: ["seed": "5"])
        #expect(try QuantizedNetwork(bytes: network.encoded(), fileName: "net") == network)
        #expect(network.name == "export" && network.input.bits == 4)
    }

    /// Law: as the network's own loops, whatever the layers.
    @Test("inference of batches gives the network's numbers")
    func batchInference() throws {
        var random = SplitMix(state: 77)
        for bits in [(4, 4), (8, 8), (1, 2)] {
            let network = try graph(bits.0, bits.1, seed: 8).exported()
            let inference = BatchInference(network)
            for _ in 0..<10 {
                let codes = (0..<network.input.features).map { _ in UInt8.random(in: 0...15, using: &random) }
                #expect(inference.infer(activations: codes) == network.infer(activations: codes))
            }
        }
        for network in try [zeroPoints(), tooLarge()] {
            for _ in 0..<10 {
                let largest = UInt8(network.input.largestCode)
                let codes = (0..<network.input.features).map { _ in UInt8.random(in: 0...largest, using: &random) }
                #expect(BatchInference(network).infer(activations: codes) == network.infer(activations: codes))
            }
        }
    }

    /// Zero points, a depthwise layer and a residual sum.
    private func zeroPoints() throws -> QuantizedNetwork {
        let input = ActivationFormat(height: 4, width: 4, channels: 2, bits: 8, zeroPoint: 128)
        let scale = Requantization.fixedPoint(scale: 0.01)
        func requantization(_ channels: Int) -> Requantization {
            Requantization(
                multipliers: Array(repeating: scale.multiplier, count: channels),
                shifts: Array(repeating: scale.shift, count: channels), bits: 8, zeroPoint: 9, rounding: .twice)
        }
        let window = SlidingWindow(
            size: .init(height: 3, width: 3), padding: .init(top: 1, left: 1, bottom: 1, right: 1))
        let dense = QuantizedNetwork.Convolution(
            inputChannels: 2, outputs: 2, window: window, weightBits: 8,
            weights: (0..<36).map { Int8($0 * 7 % 60 - 30) },
            bias: [100, -100], requantization: requantization(2))
        let depthwise = QuantizedNetwork.Convolution(
            inputChannels: 2, outputs: 2, window: window, isDepthwise: true, weightBits: 8,
            weights: (0..<18).map { Int8($0 * 11 % 60 - 30) }, bias: [1, 2], requantization: requantization(2))
        let branch = QuantizedNetwork.Addition.Branch(multiplier: 1 << 30, shift: 0)
        let sum = Requantization.fixedPoint(scale: 0x1p-19)
        let addition = QuantizedNetwork.Addition(
            first: branch, second: branch,
            requantization: Requantization(
                multipliers: [sum.multiplier], shifts: [sum.shift], bits: 8, zeroPoint: 3, rounding: .twice))
        return try QuantizedNetwork(
            name: "zero points", input: input,
            layers: [
                .convolution(dense), .convolution(depthwise), .addition(addition),
                .pooling(.init(.average, window: .init(size: .init(height: 2, width: 2)))),
            ], sources: [[-1], [-1], [0, 1], [2]])
    }

    /// Sums that single precision cannot hold.
    private func tooLarge() throws -> QuantizedNetwork {
        let count = 2000
        return try QuantizedNetwork(
            name: "large", input: .init(features: count, bits: 8),
            layers: [
                .fullyConnected(
                    .init(
                        inputs: count, outputs: 2, weightBits: 8,
                        weights: (0..<2 * count).map { Int8(127 - $0 % 3) }, bias: [1, -1]))
            ])
    }
}

extension TrainingGraph {
    /// What a code of the last layer's input is worth.
    fileprivate var quantizerStep: Float {
        ActivationQuantizer(bits: recipe.activationBits, clip: Float(recipe.clip)).step
    }
}

extension NormalizationLayer {
    /// A code before it is rounded, in double precision.
    fileprivate func real(_ sum: Float, channel: Int) -> Float {
        let deviation = (Double(runningVariance[channel]) + 1e-5).squareRoot()
        let normal = (Double(sum) - Double(runningMean[channel])) / deviation
        return Float((Double(scale.values[channel]) * normal + Double(shift.values[channel])) / Double(quantizer.step))
    }

    /// What a unit of a sum is of a code.
    fileprivate func unit(channel: Int) -> Float {
        abs(scale.values[channel]) / (runningVariance[channel] + 1e-5).squareRoot() / quantizer.step
    }
}
