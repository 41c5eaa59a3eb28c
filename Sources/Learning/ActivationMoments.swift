/// First and second moments of the activations: what a change of weights does to an accumulator, on average.
///
/// For a change d of one output's weights in a chunk, the accumulator changes by dᵀ(x − mean) after the bias has taken
/// up the mean, whose variance is dᵀ C d with C the chunk's covariance matrix. Neighbouring pixels are strongly
/// correlated, so this tells far more than the energy dᵀd.
struct ActivationMoments: Sendable {
    /// One an input, in the units of the training (largest code = 1).
    let mean: [Float]
    /// For each chunk, its covariance matrix, one row of `columns` (rounded up to whole vectors) values an input.
    private let covariance: [[SIMD16<Float>]]
    private let vectorsPerRow: Int

    /// The moments of the first samples of a set, at most `limit` for the covariance.
    init(activations: TrainingActivations, samples: Int, geometry: RowGeometry, limit: Int = 4000) {
        let inputs = geometry.inputs
        var sums = [Int](repeating: 0, count: inputs)
        for sample in 0..<samples {
            for input in 0..<inputs { sums[input] += Int(activations.codes[sample * inputs + input]) }
        }
        let scale = activations.scale
        let means = sums.map { Float($0) * scale / Float(samples) }
        let vectors = (geometry.columns + 15) / 16
        let used = min(samples, limit)
        var matrices: [[SIMD16<Float>]] = []
        for chunk in 0..<geometry.chunks {
            let range = geometry.inputs(ofChunk: chunk)
            var matrix = [SIMD16<Float>](repeating: .zero, count: range.count * vectors)
            var values = [SIMD16<Float>](repeating: .zero, count: vectors)
            for sample in 0..<used {
                for (index, input) in range.enumerated() {
                    let code = activations.codes[sample * inputs + input]
                    values[index / 16][index % 16] = Float(code) * scale - means[input]
                }
                for row in 0..<range.count {
                    let value = values[row / 16][row % 16]
                    for vector in 0..<vectors { matrix[row * vectors + vector] += values[vector] * value }
                }
            }
            let share = 1 / Float(used)
            matrices.append(matrix.map { $0 * share })
        }
        mean = means
        covariance = matrices
        vectorsPerRow = vectors
    }

    /// dᵀ C d of a chunk: the variance that the change `change` of its weights brings into an accumulator.
    func variance(ofChange change: [SIMD16<Float>], chunk: Int) -> Float {
        let matrix = covariance[chunk]
        var total = SIMD16<Float>.zero
        for row in 0..<matrix.count / vectorsPerRow {
            let value = change[row / 16][row % 16]
            if value == 0 { continue }
            for vector in 0..<vectorsPerRow {
                total += matrix[row * vectorsPerRow + vector] * change[vector] * value
            }
        }
        return total.sum()
    }
}
