/// Batch normalisation, the rectified linear unit and, with quantisation, the rounding to codes.
///
/// Law: y = scale · (x − mean) / √(variance + ε) + shift for each channel, with the mean and variance of the batch while it
/// learns (Ioffe and Szegedy, arXiv:1502.03167), and those remembered otherwise; then max(y, 0), or the code of y.
final class NormalizationLayer: TrainingLayer {
    typealias Vector = ChannelBlock.Vector

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
    private let sums: ChannelSums
    private let blocks: [ChannelBlock]

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
        sums = ChannelSums(shape: shape, batch: batch)
        blocks = ChannelBlock.all(channels)
    }

    var outputShape: TensorShape { inputShape }
    var parameters: [Parameter] { [scale, shift] }
    var statistics: [FloatBuffer] { [runningMean, runningVariance] }
    private var channels: Int { inputShape.channels }

    /// The places of some images' pixels.
    private func pixels(_ images: Range<Int>) -> Range<Int> {
        images.lowerBound &* inputShape.pixels..<images.upperBound &* inputShape.pixels
    }

    func forward(_ batch: Batch, input: FloatBuffer, output: FloatBuffer, mode: TrainingMode) {
        if mode.isLearning { findStatistics(batch, input) } else { recallStatistics() }
        let (channels, quantizer) = (channels, quantizer)
        let unit = mode.isQuantized ? 1 / quantizer.step : 1
        batch.forEachChunk { _, images in
            for block in blocks {
                let mean = block.load(mean.start)
                let factor = block.load(scale.values.start) * block.load(reciprocal.start) * unit
                let offset = block.load(shift.values.start) * unit
                for pixel in pixels(images) {
                    let value = (block.load(input.start + pixel &* channels) - mean) * factor + offset
                    let result =
                        mode.isQuantized ? quantizer.codes(ofSteps: value) : value.replacing(with: 0, where: value .< 0)
                    block.store(result, output.start + pixel &* channels)
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
        let channels = channels
        let (first, second) = sums.addUp(batch) { block in
            let origin = block.load(runningMean.start)
            return { pixel in
                let difference = block.load(input.start + pixel &* channels) - origin
                return (difference, difference * difference)
            }
        }
        let count = Double(batch.images * inputShape.pixels)
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

    /// Straight through the rounding: the gradient passes where 0 < y, and with quantisation y < clip.
    func backward(
        _ batch: Batch, input: FloatBuffer, outputGradient: FloatBuffer, inputGradient: FloatBuffer?,
        mode: TrainingMode
    ) {
        let channels = channels
        let unit = mode.isQuantized ? 1 / quantizer.step : 1
        let limit = mode.isQuantized ? quantizer.largest * quantizer.step : Float.infinity
        let (first, second) = sums.addUp(batch) { block in
            let (mean, reciprocal) = (block.load(mean.start), block.load(reciprocal.start))
            let (gain, bias) = (block.load(scale.values.start), block.load(shift.values.start))
            return { pixel in
                let normal = (block.load(input.start + pixel &* channels) - mean) * reciprocal
                let y = normal * gain + bias
                let place = outputGradient.start + pixel &* channels
                let slope = block.load(place) * unit
                let passed = slope.replacing(with: 0, where: (y .<= 0) .| (y .>= limit))
                block.store(passed, place)
                return (passed, passed * normal)
            }
        }
        for channel in 0..<channels {
            shift.gradient.start[channel] = Float(first[channel])
            scale.gradient.start[channel] = Float(second[channel])
        }
        guard let inputGradient else { return }
        let share = 1 / Float(batch.images * inputShape.pixels)
        batch.forEachChunk { _, images in
            for block in blocks {
                let (mean, reciprocal) = (block.load(mean.start), block.load(reciprocal.start))
                let gain = block.load(scale.values.start)
                let meanSlope = block.load(shift.gradient.start) * share
                let meanProduct = block.load(scale.gradient.start) * share
                for pixel in pixels(images) {
                    let normal = (block.load(input.start + pixel &* channels) - mean) * reciprocal
                    let rest = block.load(outputGradient.start + pixel &* channels) - meanSlope - normal * meanProduct
                    block.store(rest * gain * reciprocal, inputGradient.start + pixel &* channels)
                }
            }
        }
    }
}
