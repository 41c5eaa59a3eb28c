private import Network
private import Randomness

/// The layers of a network one after the other, with what passes between them for one batch.
///
/// A layer of weights is followed by a normalisation, but for the last one, which has a bias and gives the logits.
final class TrainingGraph {
    let recipe: NetworkRecipe
    let inputShape: TensorShape
    let layers: [any TrainingLayer]
    /// What goes into each layer, and at the end what comes out of the last one.
    let values: [FloatBuffer]
    /// The gradient of what comes out of each layer.
    private let gradients: [FloatBuffer]
    private var preparedMode: TrainingMode?

    /// A graph whose weights are drawn from the normal law of variance 2 / inputs (He et al., arXiv:1502.01852).
    init(recipe: NetworkRecipe, inputShape: TensorShape) {
        self.recipe = recipe
        self.inputShape = inputShape
        let quantizer = ActivationQuantizer(bits: recipe.activationBits, clip: Float(recipe.clip))
        var layers: [any TrainingLayer] = []
        var shape = inputShape
        var step: Float = 1
        for (number, layer) in recipe.layers.enumerated() {
            let window = layer.slidingWindow(on: shape)
            if layer.hasWeights {
                let isLast = number == recipe.layers.count - 1
                let product = ProductLayer(
                    input: shape, inputStep: step, window: window, outputs: layer.outputs,
                    weightBits: recipe.weightBits(of: layer), hasBias: isLast, batch: recipe.batch)
                Self.draw(product, layer: number, seed: recipe.seed)
                layers.append(product)
                if !isLast {
                    layers.append(
                        NormalizationLayer(shape: product.outputShape, quantizer: quantizer, batch: recipe.batch))
                    step = quantizer.step
                }
            } else {
                layers.append(
                    PoolingLayer(
                        input: shape, pooling: .init(layer.kind == .maxPool ? .maximum : .average, window: window)))
            }
            shape = layer.outputShape(on: shape)
        }
        self.layers = layers
        let shapes = [inputShape] + layers.map(\.outputShape)
        values = shapes.map { FloatBuffer(count: $0.count * recipe.batch) }
        gradients = layers.map { FloatBuffer(count: $0.outputShape.count * recipe.batch) }
    }

    private static func draw(_ layer: ProductLayer, layer number: Int, seed: UInt64) {
        var stream = KeyedStream(seed: seed, stream: RandomStreams.weights, block0: UInt32(number))
        let deviation = (2 / Double(layer.columns.columns)).squareRoot()
        layer.weights.values.values = (0..<layer.weights.count).map { _ in Float(stream.nextNormal() * deviation) }
    }

    var parameters: [Parameter] { layers.flatMap(\.parameters) }
    /// Everything that changes during training, in a fixed order.
    var state: [FloatBuffer] { parameters.flatMap(\.state) + layers.flatMap(\.statistics) }
    var products: [ProductLayer] { layers.compactMap { $0 as? ProductLayer } }
    var input: FloatBuffer { values[0] }
    var logits: FloatBuffer { values[layers.count] }

    /// Says that parameters have changed.
    func invalidate() { preparedMode = nil }

    /// Runs the images that lie in `input`.
    func forward(_ batch: Batch, mode: TrainingMode) {
        if preparedMode?.isQuantized != mode.isQuantized {
            for layer in layers { layer.prepare(mode) }
            preparedMode = mode
        }
        for (index, layer) in layers.enumerated() {
            layer.forward(batch, input: values[index], output: values[index + 1], mode: mode)
        }
    }

    /// Runs, finds the loss and sets the gradients of all parameters; returns the summed loss.
    func learn(_ batch: Batch, labels: [UInt8], mode: TrainingMode) -> (loss: Double, right: Int) {
        forward(batch, mode: mode)
        let result = SoftmaxLoss.evaluate(
            logits, labels: labels, classes: layers[layers.count - 1].outputShape.channels,
            gradient: gradients[layers.count - 1])
        for index in layers.indices.reversed() {
            layers[index].backward(
                batch, input: values[index], outputGradient: gradients[index],
                inputGradient: index == 0 ? nil : gradients[index - 1], mode: mode)
        }
        return result
    }
}
