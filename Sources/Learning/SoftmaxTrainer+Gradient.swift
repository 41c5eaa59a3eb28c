private import Randomness

extension SoftmaxTrainer {
    /// The summed loss (cross entropy, nats) of some samples and its mean gradient, whose last vector is the bias'.
    ///
    /// Sums run in the order of `samples`, four at a time.
    static func gradient(
        weights: [SIMD16<Float>], bias: SIMD16<Float>, mean: [Float], outputs: Int,
        activations: TrainingActivations, samples: ArraySlice<Int>
    ) -> (loss: Double, gradient: [SIMD16<Float>]) {
        let inputs = activations.inputs
        var offset = bias
        for input in 0..<inputs { offset -= weights[input] * mean[input] }
        var gradient = [SIMD16<Float>](repeating: .zero, count: inputs + 1)
        var interleaved = [SIMD4<Float>](repeating: .zero, count: inputs)
        var total = SIMD16<Float>.zero
        var loss = 0.0
        for first in stride(from: samples.startIndex, to: samples.endIndex, by: 4) {
            let quad = samples[first..<min(first + 4, samples.endIndex)]
            interleave(activations, quad, into: &interleaved)
            let logits = weights.withUnsafeBufferPointer { weights in
                interleaved.withUnsafeBufferPointer { samples in
                    SoftmaxKernel.logits(weights: weights, samples: samples, inputs: inputs, offset: offset)
                }
            }
            let raw = [logits.0, logits.1, logits.2, logits.3]
            var errors = [SIMD16<Float>](repeating: .zero, count: 4)
            for (place, sample) in quad.enumerated() {
                let label = Int(activations.labels[sample])
                var error = SoftmaxKernel.softmax(raw[place], outputs: outputs)
                loss -= portableLog(Double(max(error[label], .leastNormalMagnitude)))
                error[label] -= 1
                errors[place] = error
                total += error
            }
            gradient.withUnsafeMutableBufferPointer { gradient in
                interleaved.withUnsafeBufferPointer { samples in
                    SoftmaxKernel.addOuterProducts(
                        errors: (errors[0], errors[1], errors[2], errors[3]), samples: samples, inputs: inputs,
                        to: gradient)
                }
            }
        }
        let share = 1 / Float(samples.count)
        for input in 0..<inputs { gradient[input] = (gradient[input] - total * mean[input]) * share }
        gradient[inputs] = total * share
        return (loss, gradient)
    }

    /// The scaled activations of up to four samples, input by input; absent samples are zero.
    private static func interleave(
        _ activations: TrainingActivations, _ samples: ArraySlice<Int>, into values: inout [SIMD4<Float>]
    ) {
        let inputs = activations.inputs
        let scale = activations.scale
        let offsets = samples.map { $0 * inputs }
        let whole = offsets.count == 4
        activations.codes.withUnsafeBufferPointer { codes in
            if whole {
                let (a, b, c, d) = (offsets[0], offsets[1], offsets[2], offsets[3])
                for input in 0..<inputs {
                    let quad = SIMD4(codes[a + input], codes[b + input], codes[c + input], codes[d + input])
                    values[input] = SIMD4<Float>(quad) * scale
                }
            } else {
                for input in 0..<inputs {
                    var quad = SIMD4<Float>.zero
                    for (place, offset) in offsets.enumerated() { quad[place] = Float(codes[offset + input]) }
                    values[input] = quad * scale
                }
            }
        }
    }
}
