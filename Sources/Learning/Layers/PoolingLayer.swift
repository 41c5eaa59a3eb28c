internal import Network

/// The largest or the mean of each channel under a window; padding takes no part.
///
/// Law: as the network file says. The gradient goes to the first of the largest, or in equal shares to all; with quantisation
/// means are rounded, halves upwards, and the gradient goes straight through.
final class PoolingLayer: TrainingLayer {
    let inputShape: TensorShape
    let outputShape: TensorShape
    let pooling: QuantizedNetwork.Pooling
    /// The pixels of the tensor under each place of the window, place after place, and where those of a place begin.
    private let pixels: [Int]
    private let starts: [Int]
    private let blocks: [ChannelBlock]

    init(input: TensorShape, pooling: QuantizedNetwork.Pooling) {
        inputShape = input
        self.pooling = pooling
        let window = pooling.window
        let places = window.places(in: input.format)
        outputShape = TensorShape(height: places.height, width: places.width, channels: input.channels)
        var (pixels, starts) = ([Int](), [0])
        for place in 0..<places.height * places.width {
            window.forEachPixel(at: place / places.width, place % places.width, in: input.format) { pixel, _ in
                pixels.append(pixel)
            }
            starts.append(pixels.count)
        }
        (self.pixels, self.starts) = (pixels, starts)
        blocks = ChannelBlock.all(input.channels)
    }

    func forward(_ batch: Batch, input: FloatBuffer, output: FloatBuffer, mode: TrainingMode) {
        let (channels, isMaximum) = (inputShape.channels, pooling.kind == .maximum)
        batch.forEachChunk { _, images in
            for image in images {
                let source = input.start + image &* inputShape.count
                let target = output.start + image &* outputShape.count
                for place in 0..<outputShape.pixels {
                    for block in blocks {
                        var result = block.load(source + pixels[starts[place]] &* channels)
                        for index in starts[place] &+ 1..<starts[place &+ 1] {
                            let values = block.load(source + pixels[index] &* channels)
                            result =
                                isMaximum ? result.replacing(with: values, where: values .> result) : result + values
                        }
                        if !isMaximum {
                            result /= Float(starts[place &+ 1] &- starts[place])
                            if mode.isQuantized { result = (result + 0.5).rounded(.down) }
                        }
                        block.store(result, target + place &* channels)
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
        let (channels, isMaximum) = (inputShape.channels, pooling.kind == .maximum)
        batch.forEachChunk { _, images in
            for image in images {
                let source = input.start + image &* inputShape.count
                let target = inputGradient.start + image &* inputShape.count
                target.update(repeating: 0, count: inputShape.count)
                let slopes = outputGradient.start + image &* outputShape.count
                for place in 0..<outputShape.pixels {
                    let under = starts[place]..<starts[place &+ 1]
                    for block in blocks {
                        let slope = block.load(slopes + place &* channels)
                        let largest = isMaximum ? block.load(input: source, pixels, under, channels) : .zero
                        var isOpen = SIMDMask<SIMD16<Int32>>(repeating: true)
                        for index in under {
                            let offset = pixels[index] &* channels
                            var share = slope / Float(under.count)
                            if isMaximum {
                                // The first of the largest takes all.
                                let isTaken = isOpen .& (block.load(source + offset) .== largest)
                                share = SIMD16.zero.replacing(with: slope, where: isTaken)
                                isOpen = isOpen .& .!isTaken
                            }
                            block.store(block.load(target + offset) + share, target + offset)
                        }
                    }
                }
            }
        }
    }
}

extension ChannelBlock {
    /// The largest of each channel under a window.
    @inline(__always)
    fileprivate func load(
        input: UnsafePointer<Float>, _ pixels: [Int], _ under: Range<Int>, _ channels: Int
    ) -> Vector {
        var result = load(input + pixels[under.lowerBound] &* channels)
        for index in under.dropFirst() {
            let values = load(input + pixels[index] &* channels)
            result = result.replacing(with: values, where: values .> result)
        }
        return result
    }
}
