/// How a network is run during training.
struct TrainingMode: Equatable, Sendable {
    /// Statistics are those of the batch, and remembered; otherwise the remembered ones.
    var isLearning: Bool
    /// Weights and activations are the whole numbers that the hardware has; gradients go straight through the rounding
    /// (Bengio, Léonard and Courville, arXiv:1308.3432).
    var isQuantized: Bool
}

/// A layer that can be run forwards and backwards over a batch of images.
///
/// With quantisation what passes between layers are codes: whole numbers in units of the layer's step, so that the sums of
/// the next layer are exact, and the very ones of the exported network.
protocol TrainingLayer: AnyObject, Sendable {
    var inputShape: TensorShape { get }
    var outputShape: TensorShape { get }
    /// What is learned, in a fixed order.
    var parameters: [Parameter] { get }
    /// What is remembered but not learned, in a fixed order.
    var statistics: [FloatBuffer] { get }

    /// Makes what depends on the parameters alone; to be called after each change of them.
    func prepare(_ mode: TrainingMode)

    func forward(_ batch: Batch, input: FloatBuffer, output: FloatBuffer, mode: TrainingMode)

    /// Sets the gradients of the parameters and, where it is wanted, of the input.
    ///
    /// `outputGradient` may be overwritten.
    func backward(
        _ batch: Batch, input: FloatBuffer, outputGradient: FloatBuffer, inputGradient: FloatBuffer?,
        mode: TrainingMode)
}

extension TrainingLayer {
    var parameters: [Parameter] { [] }
    var statistics: [FloatBuffer] { [] }
    func prepare(_ mode: TrainingMode) {}
}

/// The images of one step, in chunks that threads take.
struct Batch: Sendable {
    /// Images of a chunk; a constant, so that sums do not depend on the threads.
    static let chunkImages = 16

    let images: Int
    let runner: ChunkRunner

    var chunks: Int { (images + Self.chunkImages - 1) / Self.chunkImages }

    /// The images of a chunk.
    func images(of chunk: Int) -> Range<Int> {
        chunk * Self.chunkImages..<min(images, (chunk + 1) * Self.chunkImages)
    }

    /// Calls `body` for each chunk with its number and its images.
    func forEachChunk(_ body: @Sendable (_ chunk: Int, _ images: Range<Int>) -> Void) {
        runner.forEach(chunks) { body($0, images(of: $0)) }
    }
}
