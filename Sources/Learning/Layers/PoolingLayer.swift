internal import Network

/// The largest or the mean of each channel under a window; padding takes no part.
///
/// Law: as the network file says. The gradient goes to the first of the largest, or in equal shares to all; with quantisation
/// means are rounded, halves upwards, and the gradient goes straight through.
final class PoolingLayer: TrainingLayer {
    let inputShape: TensorShape
    let outputShape: TensorShape
    let pooling: QuantizedNetwork.Pooling
    /// For each place of the window, the pixels of the tensor under it.
    private let pixels: [[Int]]

    init(input: TensorShape, pooling: QuantizedNetwork.Pooling) {
        inputShape = input
        self.pooling = pooling
        let window = pooling.window
        let places = window.places(in: input.format)
        outputShape = TensorShape(height: places.height, width: places.width, channels: input.channels)
        pixels = (0..<places.height * places.width).map { place in
            var found: [Int] = []
            window.forEachPixel(at: place / places.width, place % places.width, in: input.format) { pixel, _ in
                found.append(pixel)
            }
            return found
        }
    }

    func forward(_ batch: Batch, input: FloatBuffer, output: FloatBuffer, mode: TrainingMode) {
        let channels = inputShape.channels
        batch.forEachChunk { _, images in
            for image in images {
                let source = input.start + image &* inputShape.count
                let target = output.start + image &* outputShape.count
                for (place, under) in pixels.enumerated() {
                    let result = target + place &* channels
                    for channel in 0..<channels { result[channel] = source[under[0] &* channels &+ channel] }
                    for pixel in under.dropFirst() {
                        let values = source + pixel &* channels
                        if pooling.kind == .maximum {
                            for channel in 0..<channels where values[channel] > result[channel] {
                                result[channel] = values[channel]
                            }
                        } else {
                            for channel in 0..<channels { result[channel] += values[channel] }
                        }
                    }
                    if pooling.kind == .average {
                        for channel in 0..<channels {
                            let mean = result[channel] / Float(under.count)
                            result[channel] = mode.isQuantized ? (mean + 0.5).rounded(.down) : mean
                        }
                    }
                }
            }
        }
    }

    func backward(
        _ batch: Batch, input: FloatBuffer, outputGradient: FloatBuffer, inputGradient: FloatBuffer?,
        mode: TrainingMode
    ) {
        guard let inputGradient else { return }
        let channels = inputShape.channels
        batch.forEachChunk { _, images in
            for image in images {
                let source = input.start + image &* inputShape.count
                let target = inputGradient.start + image &* inputShape.count
                target.update(repeating: 0, count: inputShape.count)
                let slopes = outputGradient.start + image &* outputShape.count
                for (place, under) in pixels.enumerated() {
                    for channel in 0..<channels {
                        let slope = slopes[place &* channels &+ channel]
                        if pooling.kind == .average {
                            for pixel in under { target[pixel &* channels &+ channel] += slope / Float(under.count) }
                            continue
                        }
                        var best = under[0] &* channels &+ channel
                        for pixel in under.dropFirst() {
                            let index = pixel &* channels &+ channel
                            if source[index] > source[best] { best = index }
                        }
                        target[best] += slope
                    }
                }
            }
        }
    }
}
