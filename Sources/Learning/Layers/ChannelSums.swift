/// Two sums a channel over all pixels of a batch: in single precision over an image, in double over images, chunk by chunk.
final class ChannelSums: @unchecked Sendable {
    typealias Vector = ChannelBlock.Vector
    /// The two numbers that a pixel adds.
    typealias Terms = (_ pixel: Int) -> (Vector, Vector)

    private let shape: TensorShape
    private let blocks: [ChannelBlock]
    /// Of each chunk; a thread writes those of its own chunk alone.
    private let partial: UnsafeMutablePointer<Double>
    private let chunks: Int

    init(shape: TensorShape, batch: Int) {
        self.shape = shape
        blocks = ChannelBlock.all(shape.channels)
        chunks = (batch + Batch.chunkImages - 1) / Batch.chunkImages
        partial = .allocate(capacity: 2 * chunks * shape.channels)
    }

    deinit { partial.deallocate() }

    /// The sums over all pixels; `terms` is asked once for each block of channels of a chunk.
    @inline(__always)
    func addUp(
        _ batch: Batch, _ terms: @Sendable (_ block: ChannelBlock) -> Terms
    ) -> (first: [Double], second: [Double]) {
        let channels = shape.channels
        batch.forEachChunk { chunk, images in
            let first = partial + 2 * chunk * channels
            let second = first + channels
            first.initialize(repeating: 0, count: 2 * channels)
            for block in blocks {
                let terms = terms(block)
                for image in images {
                    var (sum0, sum1) = (Vector.zero, Vector.zero)
                    for pixel in image &* shape.pixels..<(image &+ 1) &* shape.pixels {
                        let (term0, term1) = terms(pixel)
                        sum0 += term0
                        sum1 += term1
                    }
                    for lane in 0..<block.lanes {
                        first[block.first + lane] += Double(sum0[lane])
                        second[block.first + lane] += Double(sum1[lane])
                    }
                }
            }
        }
        var first = [Double](repeating: 0, count: channels)
        var second = first
        for chunk in 0..<batch.chunks {
            for channel in 0..<channels {
                first[channel] += partial[2 * chunk * channels + channel]
                second[channel] += partial[(2 * chunk + 1) * channels + channel]
            }
        }
        return (first, second)
    }
}
