/// Rounds real weights to whole numbers: sign-magnitude codes of 2 to 8 bits, zero exact, or ±1 of one bit.
///
/// Law: code = w / step rounded to the nearest whole number, halves to the even one, and bounded by ±(2^(bits − 1) − 1). The
/// step is the one that rounds normal weights of the root mean square found with the least mean square error; of one bit it
/// is the mean magnitude (Rastegari et al., arXiv:1603.05279). It follows the weights and is not learned: where a
/// normalisation comes after the sums, only a weight's ratio to its step has any effect.
struct WeightQuantizer: Equatable, Sendable {
    let bits: Int
    /// Whether each output has a step of its own; otherwise all have the same one, so that their sums can be compared.
    let isPerOutput: Bool
    /// The largest magnitude.
    let largest: Float

    /// The step of least mean square error for the standard normal law, by bits from 2: minima of
    /// ∫ (x − step × code(x))² φ(x) dx, found numerically.
    static let normalSteps: [Float] = [
        1.224_006, 0.650_769_7, 0.353_411_3, 0.193_248_5, 0.105_487_6, 0.057_261_28, 0.030_870_08,
    ]

    init(bits: Int, isPerOutput: Bool) {
        precondition((1...8).contains(bits), "\(bits) weight bits")
        self.bits = bits
        self.isPerOutput = isPerOutput
        largest = bits == 1 ? 1 : Float(1 << (bits - 1) - 1)
    }

    /// The code of a weight.
    @inline(__always)
    func code(of weight: Float, step: Float) -> Float {
        if bits == 1 { return weight < 0 ? -1 : 1 }
        let code = (weight / step).rounded(.toNearestOrEven)
        return code > largest ? largest : code < -largest ? -largest : code
    }

    /// Sets the step of each output for weights [depth][outputs]; masked weights do not count.
    func setSteps(_ steps: FloatBuffer, weights: Parameter, depth: Int, outputs: Int) {
        var sums = [Double](repeating: 0, count: outputs)
        var counts = [Double](repeating: 0, count: outputs)
        let (values, mask) = (weights.values.start, weights.mask.start)
        for index in 0..<depth {
            for output in 0..<outputs {
                let kept = mask[index &* outputs &+ output]
                let value = values[index &* outputs &+ output] * kept
                sums[output] += Double(bits == 1 ? abs(value) : value * value)
                counts[output] += Double(kept)
            }
        }
        if !isPerOutput {
            sums = [Double](repeating: sums.reduce(0, +), count: outputs)
            counts = [Double](repeating: counts.reduce(0, +), count: outputs)
        }
        for output in 0..<outputs {
            let mean = sums[output] / max(1, counts[output])
            let step = bits == 1 ? Float(mean) : Float(mean.squareRoot()) * Self.normalSteps[bits - 2]
            // A filter of zeros has codes of zero with any step.
            steps.start[output] = max(step, 1e-12)
        }
    }
}
