/// Batch normalisation, the rectified linear unit and, with quantisation, the rounding to codes.
///
/// Law: y = scale · (x − mean) / √(variance + ε) + shift for each channel, with the mean and variance of the batch while it
/// learns (Ioffe and Szegedy, arXiv:1502.03167), and those remembered otherwise; then max(y, 0), or the code of y.
final class NormalizationLayer: TrainingLayer {
    /// Added to variances, which are those of real sums or of sums of codes.
    static let epsilon: Float = 1e-5
    /// Share of a batch's statistics in what is remembered.
    static let memory: Float = 0.1

    let inputShape: TensorShape
    let quantizer: ActivationQuantizer
    let scale: Parameter
    let shift: Parameter
    let runningMean: FloatBuffer
    let runningVariance: FloatBuffer
    /// Mean and reciprocal deviation of the batch.
    private let mean: FloatBuffer
    private let reciprocal: FloatBuffer
    private let sums: [ChunkSums]

    /// Two sums a channel over the images of a chunk, and those of one image.
    private final class ChunkSums: @unchecked Sendable {
        var first: [Double]
        var second: [Double]
        let image: FloatBuffer

        init(channels: Int) {
            first = Array(repeating: 0, count: channels)
            second = first
            image = FloatBuffer(count: 2 * channels)
        }
    }

    init(shape: TensorShape, quantizer: ActivationQuantizer, batch: Int) {
        inputShape = shape
        self.quantizer = quantizer
        let channels = shape.channels
        scale = Parameter(count: channels, decays: false, initial: 1)
        shift = Parameter(count: channels, decays: false)
        runningMean = FloatBuffer(count: channels)
        runningVariance = FloatBuffer(count: channels)
        runningVariance.values = [Float](repeating: 1, count: channels)
        mean = FloatBuffer(count: channels)
        reciprocal = FloatBuffer(count: channels)
        let chunks = (batch + Batch.chunkImages - 1) / Batch.chunkImages
        sums = (0..<chunks).map { _ in ChunkSums(channels: channels) }
    }

    var outputShape: TensorShape { inputShape }
    var parameters: [Parameter] { [scale, shift] }
    var statistics: [FloatBuffer] { [runningMean, runningVariance] }
    private var channels: Int { inputShape.channels }

    func forward(_ batch: Batch, input: FloatBuffer, output: FloatBuffer, mode: TrainingMode) {
        if mode.isLearning { findStatistics(batch, input) } else { recallStatistics() }
        let (channels, quantizer) = (channels, quantizer)
        let unit = mode.isQuantized ? 1 / quantizer.step : 1
        let factors = FloatBuffer(count: channels)
        let offsets = FloatBuffer(count: channels)
        for channel in 0..<channels {
            factors.start[channel] = scale.values.start[channel] * reciprocal.start[channel] * unit
            offsets.start[channel] = shift.values.start[channel] * unit
        }
        batch.forEachChunk { _, images in
            let pixels = images.lowerBound &* inputShape.pixels..<images.upperBound &* inputShape.pixels
            let (factor, offset, mean) = (factors.start, offsets.start, mean.start)
            for pixel in pixels {
                let (x, y) = (input.start + pixel &* channels, output.start + pixel &* channels)
                if mode.isQuantized {
                    for channel in 0..<channels {
                        y[channel] = quantizer.code(ofSteps: (x[channel] - mean[channel]) * factor[channel] + offset[channel])
                    }
                } else {
                    for channel in 0..<channels {
                        let value = (x[channel] - mean[channel]) * factor[channel] + offset[channel]
                        y[channel] = value < 0 ? 0 : value
                    }
                }
            }
        }
    }

    private func recallStatistics() {
        for channel in 0..<channels {
            mean.start[channel] = runningMean.start[channel]
            reciprocal.start[channel] = 1 / (runningVariance.start[channel] + Self.epsilon).squareRoot()
        }
    }

    /// The batch's mean and variance: sums of differences from the remembered mean, so that nothing cancels.
    private func findStatistics(_ batch: Batch, _ input: FloatBuffer) {
        addUp(batch) { pixel, first, second in
            let (x, origin) = (input.start + pixel &* channels, runningMean.start)
            for channel in 0..<channels {
                let difference = x[channel] - origin[channel]
                first[channel] += difference
                second[channel] += difference * difference
            }
        }
        let count = Double(batch.images * inputShape.pixels)
        let (first, second) = totals(batch)
        for channel in 0..<channels {
            let difference = first[channel] / count
            let variance = max(0, second[channel] / count - difference * difference)
            let origin = runningMean.start[channel]
            mean.start[channel] = Float(Double(origin) + difference)
            reciprocal.start[channel] = 1 / (Float(variance) + Self.epsilon).squareRoot()
            let old = runningVariance.start[channel]
            runningMean.start[channel] = origin + Self.memory * (mean.start[channel] - origin)
            runningVariance.start[channel] = old + Self.memory * (Float(variance) - old)
        }
    }

    /// Sums of two numbers a channel over all pixels: in single precision over an image, in double over images, chunk by chunk.
    private func addUp(
        _ batch: Batch,
        _ body: @Sendable (_ pixel: Int, _ first: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>) -> Void
    ) {
        let (channels, area) = (channels, inputShape.pixels)
        batch.forEachChunk { chunk, images in
            let sums = sums[chunk]
            let (first, second) = (sums.image.start, sums.image.start + channels)
            for channel in 0..<channels { (sums.first[channel], sums.second[channel]) = (0, 0) }
            for image in images {
                sums.image.clear()
                for pixel in image &* area..<(image &+ 1) &* area { body(pixel, first, second) }
                for channel in 0..<channels {
                    sums.first[channel] += Double(first[channel])
                    sums.second[channel] += Double(second[channel])
                }
            }
        }
    }

    private func totals(_ batch: Batch) -> (first: [Double], second: [Double]) {
        var (first, second) = (sums[0].first, sums[0].second)
        for chunk in 1..<max(1, batch.chunks) {
            for channel in 0..<channels {
                first[channel] += sums[chunk].first[channel]
                second[channel] += sums[chunk].second[channel]
            }
        }
        return (first, second)
    }

    /// Straight through the rounding: the gradient passes where 0 < y < clip, with quantisation, or 0 < y.
    func backward(
        _ batch: Batch, input: FloatBuffer, outputGradient: FloatBuffer, inputGradient: FloatBuffer?,
        mode: TrainingMode
    ) {
        let (channels, largest) = (channels, quantizer.largest)
        let unit = mode.isQuantized ? 1 / quantizer.step : 1
        let limit = mode.isQuantized ? largest * quantizer.step : Float.infinity
        let (factor, offset, mean, reciprocal) = (
            scale.values.start, shift.values.start, Memory(mean.start), Memory(reciprocal.start)
        )
        let (gain, bias) = (Memory(factor), Memory(offset))
        addUp(batch) { pixel, first, second in
            let (x, slope) = (input.start + pixel &* channels, outputGradient.start + pixel &* channels)
            for channel in 0..<channels {
                let normal = (x[channel] - mean.start[channel]) * reciprocal.start[channel]
                let y = normal * gain.start[channel] + bias.start[channel]
                let passed = y > 0 && y < limit ? slope[channel] * unit : 0
                slope[channel] = passed
                first[channel] += passed
                second[channel] += passed * normal
            }
        }
        let (first, second) = totals(batch)
        let share = 1 / Float(batch.images * inputShape.pixels)
        let means = FloatBuffer(count: 2 * channels)
        for channel in 0..<channels {
            shift.gradient.start[channel] = Float(first[channel])
            scale.gradient.start[channel] = Float(second[channel])
            means.start[channel] = Float(first[channel]) * share
            means.start[channels + channel] = Float(second[channel]) * share
        }
        guard let inputGradient else { return }
        batch.forEachChunk { _, images in
            let (meanSlope, meanProduct) = (means.start, means.start + channels)
            for pixel in images.lowerBound &* inputShape.pixels..<images.upperBound &* inputShape.pixels {
                let (x, slope) = (input.start + pixel &* channels, outputGradient.start + pixel &* channels)
                let target = inputGradient.start + pixel &* channels
                for channel in 0..<channels {
                    let normal = (x[channel] - mean.start[channel]) * reciprocal.start[channel]
                    let rest = slope[channel] - meanSlope[channel] - normal * meanProduct[channel]
                    target[channel] = rest * gain.start[channel] * reciprocal.start[channel]
                }
            }
        }
    }
}

/// A place in memory that threads read together.
private struct Memory: @unchecked Sendable {
    let start: UnsafeMutablePointer<Float>

    init(_ start: UnsafeMutablePointer<Float>) { self.start = start }
}
