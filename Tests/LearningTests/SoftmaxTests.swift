import Foundation
import Testing

@testable import Learning

@Suite("Softmax regression")
struct SoftmaxTests {
    /// The loss by scalar double arithmetic.
    private func loss(
        _ weights: [[Double]], _ bias: [Double], _ mean: [Float], _ activations: TrainingActivations, _ samples: [Int]
    ) -> Double {
        samples.reduce(0) { total, sample in
            let logits = bias.indices.map { output in
                (0..<activations.inputs).reduce(bias[output]) { sum, input in
                    let code = Double(activations.codes[sample * activations.inputs + input])
                    return sum + weights[input][output] * (code * Double(activations.scale) - Double(mean[input]))
                }
            }
            let partition = logits.reduce(0) { $0 + exp($1) }
            return total + log(partition) - logits[Int(activations.labels[sample])]
        }
    }

    @Test("the gradient is the slope of the loss, for whole and partial groups of samples")
    func gradient() {
        let images = separable(classes: 3, rows: 2, columns: 3, count: 40, seed: 6)
        let activations = TrainingActivations(images: images, bits: 4, seed: 1)
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(state: seed)
        let weights = (0..<6).map { _ in (0..<3).map { _ in Double(Float.random(in: -2...2, using: &random)) } }
        let bias = (0..<3).map { _ in Double(Float.random(in: -1...1, using: &random)) }
        let mean = (0..<6).map { _ in Float.random(in: 0...1, using: &random) }
        func vector(_ values: [Double]) -> SIMD16<Float> {
            var vector = SIMD16<Float>.zero
            for (lane, value) in values.enumerated() { vector[lane] = Float(value) }
            return vector
        }
        for count in [1, 4, 7] {
            let samples = Array(3..<3 + count)
            let found = SoftmaxTrainer.gradient(
                weights: weights.map(vector), bias: vector(bias), mean: mean, outputs: 3, activations: activations,
                samples: samples[...])
            #expect(abs(found.loss - loss(weights, bias, mean, activations, samples)) < 1e-4, "seed \(seed)")
            let h = 1e-5
            for index in 0...6 {
                for output in 0..<3 {
                    func shifted(by h: Double) -> Double {
                        var (weights, bias) = (weights, bias)
                        if index < 6 { weights[index][output] += h } else { bias[output] += h }
                        return loss(weights, bias, mean, activations, samples)
                    }
                    let slope = (shifted(by: h) - shifted(by: -h)) / (2 * h) / Double(count)
                    #expect(abs(Double(found.gradient[index][output]) - slope) < 1e-4, "seed \(seed)")
                }
            }
            #expect((3..<16).allSatisfy { lane in found.gradient.allSatisfy { $0[lane] == 0 } })
        }
    }

    @Test("the exponential is within 4 units in the last place of the C library")
    func exponential() {
        var x: Float = -86
        while x <= 0 {
            let ours = SoftmaxKernel.exponential(SIMD16(repeating: x))[3]
            let reference = Float(exp(Double(x)))
            #expect(abs(ours - reference) <= 4 * reference.ulp, "at \(x)")
            x += 0.0137
        }
    }

    @Test("the moments are those of scalar arithmetic")
    func moments() {
        let images = separable(classes: 2, rows: 3, columns: 7, count: 50, seed: 3)
        let activations = TrainingActivations(images: images, bits: 4, seed: 1)
        let geometry = RowGeometry(inputs: 21, outputs: 2, columns: 18, planes: 3)
        let moments = ActivationMoments(activations: activations, samples: 50, geometry: geometry)
        for chunk in 0..<2 {
            let range = geometry.inputs(ofChunk: chunk)
            var change = [SIMD16<Float>](repeating: .zero, count: 2)
            for index in 0..<range.count { change[index / 16][index % 16] = Float(index % 5) - 2 }
            let sums = (0..<50).map { sample in
                range.enumerated().reduce(0.0) { sum, pair in
                    sum + (Double(pair.offset % 5) - 2) * Double(activations.codes[sample * 21 + pair.element]) / 15
                }
            }
            let mean = sums.reduce(0, +) / 50
            let variance = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 50
            #expect(abs(Double(moments.variance(ofChange: change, chunk: chunk)) - variance) < 1e-3 * (1 + variance))
        }
    }
}
