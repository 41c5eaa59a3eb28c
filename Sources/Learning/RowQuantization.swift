/// The rounding of real weights to the integers that a row mask allows: sign-magnitude codes times one step.
struct RowQuantization: Sendable {
    var mask: RowMask
    /// The value of one unit of magnitude.
    var step: Float
    let quantizer: PlaneQuantizer

    /// Rounds the real weights of a model; unused lanes give zero.
    func round(_ weights: [SIMD16<Float>], into rounded: inout [SIMD16<Float>]) {
        let geometry = mask.geometry
        let scale = 1 / step
        for chunk in 0..<geometry.chunks {
            for input in geometry.inputs(ofChunk: chunk) {
                let scaled = weights[input] * scale
                var codes = SIMD16<Float>.zero
                for output in 0..<geometry.outputs {
                    codes[output] = Float(quantizer.code(of: scaled[output], chunk: chunk, output: output, mask: mask))
                }
                rounded[input] = codes * step
            }
        }
    }

    /// The integer weights, row-major [outputs][inputs].
    func codes(of weights: [SIMD16<Float>]) -> [Int8] {
        let geometry = mask.geometry
        let scale = 1 / step
        var codes: [Int8] = []
        codes.reserveCapacity(geometry.inputs * geometry.outputs)
        for output in 0..<geometry.outputs {
            for input in 0..<geometry.inputs {
                let scaled = weights[input][output] * scale
                let chunk = input / geometry.columns
                codes.append(Int8(quantizer.code(of: scaled, chunk: chunk, output: output, mask: mask)))
            }
        }
        return codes
    }

    /// Projects one input's weights to the signs that the mask allows, and to the range of the codes.
    func confine(_ weights: SIMD16<Float>, input: Int) -> SIMD16<Float> {
        let geometry = mask.geometry
        let limit = Float(quantizer.largest) * step
        var low = SIMD16<Float>.zero
        var high = SIMD16<Float>.zero
        let base = geometry.group(chunk: input / geometry.columns, output: 0, sign: 0)
        for output in 0..<geometry.outputs {
            high[output] = mask.planes[base + 2 * output] == 0 ? 0 : limit
            low[output] = mask.planes[base + 2 * output + 1] == 0 ? 0 : -limit
        }
        return weights.clamped(lowerBound: low, upperBound: high)
    }
}
