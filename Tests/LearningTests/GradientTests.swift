import Foundation
import Network
import Testing

@testable import Learning

/// Law: the gradient of every parameter is the derivative of the mean loss, found by differences in double precision.
@Suite("Gradients")
struct GradientTests {
    private static let networks: [(String, [NetworkRecipe.Layer])] = [
        (
            "padding, overlapping maxima, a hidden fully connected layer",
            [
                .init("conv", .convolution, outputs: 3, window: 3, padding: 1),
                .init("pool", .maxPool, window: 3, stride: 2),
                .init("hidden", .fullyConnected, outputs: 5), .init("classes", .fullyConnected, outputs: 3),
            ]
        ),
        (
            "strides, means with padding, whole vectors of channels",
            [
                .init("first", .convolution, outputs: 17, window: 2, stride: 2),
                .init("pool", .averagePool, window: 2, stride: 1, padding: 1),
                .init("second", .convolution, outputs: 2, window: 3, stride: 1),
                .init("classes", .fullyConnected, outputs: 3),
            ]
        ),
    ]

    @Test("every parameter of a network", arguments: Self.networks.indices)
    func gradients(number: Int) {
        var random = SplitMix(state: UInt64(number + 1))
        var recipe = NetworkRecipe(name: "gradients")
        recipe.layers = Self.networks[number].1
        // More than one chunk, the last of them not full.
        recipe.batch = 19
        let shape = TensorShape(height: 6, width: 7, channels: 2)
        let graph = TrainingGraph(recipe: recipe, inputShape: shape)
        for parameter in graph.parameters where !parameter.decays {
            parameter.values.values = parameter.values.values.map { $0 + Float.random(in: -0.5...0.5, using: &random) }
        }
        let images = (0..<recipe.batch).map { _ in
            (0..<shape.count).map { _ in Float.random(in: 0...3, using: &random) }
        }
        let labels = (0..<recipe.batch).map { _ in UInt8.random(in: 0...2, using: &random) }
        graph.input.values = images.flatMap { $0 }
        let result = graph.learn(
            Batch(images: recipe.batch, runner: ChunkRunner(threads: 2)), labels: labels,
            mode: .init(isLearning: true, isQuantized: false))
        let reference = ReferenceNetwork(graph)
        let numbers = images.map { $0.map(Double.init) }
        #expect(abs(result.loss / Double(recipe.batch) - reference.loss(numbers, labels: labels)) < 1e-5)
        let derivatives = reference.derivatives(numbers, labels: labels)
        #expect(derivatives.count == graph.parameters.count)
        for (index, (parameter, expected)) in zip(graph.parameters, derivatives).enumerated() {
            let largest = expected.map(abs).max() ?? 0
            // A shift before another normalisation may have none.
            #expect(largest > 1e-4 || !parameter.decays, "parameter \(index) has an effect")
            for (found, expected) in zip(parameter.gradient.values, expected) {
                #expect(
                    abs(Double(found) - expected) < 2e-4 * largest + 1e-6,
                    "parameter \(index) of \(Self.networks[number].0)")
            }
        }
    }

    /// Law: with quantisation the forward run takes codes, and the gradient of a weight is that of its code over its step.
    @Test("the quantised run sums codes exactly and passes gradients straight through")
    func straightThrough() {
        var random = SplitMix(state: 9)
        var recipe = NetworkRecipe(name: "codes")
        recipe.batch = 16
        recipe.weightBits = 3
        recipe.layers = [.init("classes", .fullyConnected, outputs: 3)]
        let graph = TrainingGraph(recipe: recipe, inputShape: TensorShape(height: 1, width: 4, channels: 1))
        let codes = (0..<64).map { _ in Float(Int.random(in: 0...15, using: &random)) }
        graph.input.values = codes
        let labels = (0..<16).map { UInt8($0 % 3) }
        _ = graph.learn(
            Batch(images: 16, runner: ChunkRunner(threads: 1)), labels: labels,
            mode: .init(isLearning: true, isQuantized: true))
        let product = graph.products[0]
        let weights = product.integerWeights().map(Int.init)
        let step = product.steps[0]
        var errors = [[Float]](repeating: [0, 0, 0], count: 16)
        for image in 0..<16 {
            for output in 0..<3 {
                let sum = (0..<4).reduce(0) { $0 + weights[output * 4 + $1] * Int(codes[image * 4 + $1]) }
                #expect(graph.logits[image * 3 + output] == Float(sum) * step, "image \(image)")
            }
            let powers = (0..<3).map { exp(Double(graph.logits[image * 3 + $0])) }
            for output in 0..<3 {
                let share = powers[output] / powers.reduce(0, +)
                errors[image][output] = Float((share - (Int(labels[image]) == output ? 1 : 0)) / 16)
            }
        }
        for index in 0..<4 {
            for output in 0..<3 {
                let expected = (0..<16).reduce(Float(0)) { $0 + errors[$1][output] * codes[$1 * 4 + index] }
                #expect(abs(product.weights.gradient[index * 3 + output] - expected) < 1e-4)
            }
        }
    }
}
