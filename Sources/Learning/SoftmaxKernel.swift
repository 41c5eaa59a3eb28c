/// The inner loops of softmax regression: one SIMD lane an output, four samples at a time, sums in a fixed order.
///
/// No fused products and no library functions: a run gives the same bits on every CPU.
enum SoftmaxKernel {
    /// The most outputs: the lanes of a vector.
    static let lanes = 16

    /// Logits of four samples: `offset` + Σ weights[i] · samples[i], with `samples` interleaved, four values an input.
    @inline(__always)
    static func logits(
        weights: UnsafeBufferPointer<SIMD16<Float>>, samples: UnsafeBufferPointer<SIMD4<Float>>, inputs: Int,
        offset: SIMD16<Float>
    ) -> (SIMD16<Float>, SIMD16<Float>, SIMD16<Float>, SIMD16<Float>) {
        var (sum0, sum1, sum2, sum3) = (offset, offset, offset, offset)
        for input in 0..<inputs {
            let weight = weights[input]
            let sample = samples[input]
            sum0 += weight * sample[0]
            sum1 += weight * sample[1]
            sum2 += weight * sample[2]
            sum3 += weight * sample[3]
        }
        return (sum0, sum1, sum2, sum3)
    }

    /// Adds the outer products of four samples with their errors to a gradient.
    @inline(__always)
    static func addOuterProducts(
        errors: (SIMD16<Float>, SIMD16<Float>, SIMD16<Float>, SIMD16<Float>),
        samples: UnsafeBufferPointer<SIMD4<Float>>, inputs: Int, to gradient: UnsafeMutableBufferPointer<SIMD16<Float>>
    ) {
        for input in 0..<inputs {
            let sample = samples[input]
            let first = errors.0 * sample[0] + errors.1 * sample[1]
            let second = errors.2 * sample[2] + errors.3 * sample[3]
            gradient[input] += first + second
        }
    }

    /// The softmax of the first `outputs` lanes; the other lanes are zero.
    @inline(__always)
    static func softmax(_ logits: SIMD16<Float>, outputs: Int) -> SIMD16<Float> {
        let active = laneNumbers .< SIMD16(repeating: Int32(outputs))
        let bounded = SIMD16<Float>(repeating: -.greatestFiniteMagnitude).replacing(with: logits, where: active)
        let powers = exponential(bounded - bounded.max()).replacing(with: 0, where: .!active)
        return powers / powers.sum()
    }

    /// eˣ for x ≤ 0, to about 2 units in the last place; below −87 it is held at e⁻⁸⁷.
    ///
    /// x = k ln 2 + r with |r| ≤ ½ ln 2, and the Taylor series of eʳ to r⁶.
    @inline(__always)
    static func exponential(_ x: SIMD16<Float>) -> SIMD16<Float> {
        let bounded = x.clamped(lowerBound: SIMD16(repeating: -87), upperBound: SIMD16(repeating: 0))
        let power = (bounded * 1.442_695).rounded(.toNearestOrEven)
        let rest = bounded - power * 0.693_145_75 - power * 1.428_606_8e-6
        var sum = rest * (1 / 720) + (1 / 120)
        sum = sum * rest + (1 / 24)
        sum = sum * rest + (1 / 6)
        sum = sum * rest + 0.5
        sum = sum * rest + 1
        sum = sum * rest + 1
        let scale = (SIMD16<Int32>(truncatingIfNeeded: SIMD16<Int32>(power)) &+ 127) &<< 23
        return sum * unsafeBitCast(scale, to: SIMD16<Float>.self)
    }

    static let laneNumbers = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
}
