/// How a convolutional network is built and trained: the same recipe and data always give the same network file.
public struct NetworkRecipe: Equatable, Sendable {
    /// One layer of the recipe.
    public struct Layer: Equatable, Sendable {
        public enum Kind: String, Equatable, Sendable, CaseIterable {
            case convolution
            case fullyConnected = "fully-connected"
            case maxPool = "max-pool"
            case averagePool = "average-pool"
        }

        public var name: String
        public var kind: Kind
        /// Output channels; of the last layer as many as there are classes. Pools have none of their own.
        public var outputs: Int
        /// Rows and columns of the window, its stride, and the padding on all sides.
        public var window: Int
        public var stride: Int
        public var padding: Int
        /// Nil for the recipe's.
        public var weightBits: Int?
        /// Share of the (filter, chunk) groups that are pruned; nil for the recipe's.
        public var sparsity: Double?

        public init(
            _ name: String, _ kind: Kind, outputs: Int = 0, window: Int = 1, stride: Int = 1, padding: Int = 0,
            weightBits: Int? = nil, sparsity: Double? = nil
        ) {
            self.name = name
            self.kind = kind
            self.outputs = outputs
            self.window = window
            self.stride = stride
            self.padding = padding
            self.weightBits = weightBits
            self.sparsity = sparsity
        }

        /// Whether the layer has weights.
        public var hasWeights: Bool { kind == .convolution || kind == .fullyConnected }
    }

    public var name: String
    /// The data set, as `hwgen train` names it.
    public var data = "fashion-mnist"
    /// Seed of every random choice.
    public var seed: UInt64 = 1
    /// Bits of a pixel; code = pixel >> (8 − bits).
    public var inputBits = 4
    /// Bits of a weight with its sign; 1 for ±1.
    public var weightBits = 4
    public var activationBits = 4
    /// The largest activation, in deviations of the normalised sums before their scale is learned.
    public var clip = 3.0
    /// Images of a step.
    public var batch = 128
    /// The last images of the training set, which are never learned from.
    public var validationImages = 5000
    /// Images are mirrored left to right with probability ½.
    public var flips = true
    /// Images are moved by at most so many pixels in each direction, black coming in.
    public var shift = 0
    /// Epochs with real weights and activations, with quantisation, of pruning step by step, and with the final groups.
    public var realEpochs = 10
    public var quantizedEpochs = 10
    public var pruningEpochs = 0
    public var prunedEpochs = 0
    /// Learning rates at the begin of each phase; they fall to zero along half a cosine.
    public var realRate = 0.05
    public var quantizedRate = 0.02
    public var prunedRate = 0.02
    public var momentum = 0.9
    public var weightDecay = 0.0005
    /// Share of the (filter, chunk) groups of a layer that are pruned, of layers that say nothing else.
    public var sparsity = 0.0
    /// Weights of a row of cells, and codes of a word of the activation memory: what decides which weights are one chunk.
    public var columns = 64
    public var wordCodes = 16
    public var layers: [Layer] = []

    public init(name: String) { self.name = name }

    /// Bits of a layer's weights.
    func weightBits(of layer: Layer) -> Int { layer.weightBits ?? weightBits }

    /// Share of a layer's groups that are pruned.
    func sparsity(of layer: Layer) -> Double { layer.sparsity ?? sparsity }

    /// All epochs of all phases.
    public var epochs: Int { realEpochs + quantizedEpochs + pruningEpochs + prunedEpochs }

    /// The recipe as one line of text, for the network file; equal texts mean equal recipes.
    public var text: String {
        let head =
            "data=\(data) input-bits=\(inputBits) weight-bits=\(weightBits) activation-bits=\(activationBits) "
            + "clip=\(clip) batch=\(batch) validation-images=\(validationImages) flips=\(flips) shift=\(shift) "
            + "real-epochs=\(realEpochs) quantized-epochs=\(quantizedEpochs) pruning-epochs=\(pruningEpochs) "
            + "pruned-epochs=\(prunedEpochs) real-rate=\(realRate) quantized-rate=\(quantizedRate) "
            + "pruned-rate=\(prunedRate) momentum=\(momentum) weight-decay=\(weightDecay) sparsity=\(sparsity) "
            + "columns=\(columns) word-codes=\(wordCodes)"
        let layers = layers.map { layer in
            var text =
                "\(layer.name): \(layer.kind.rawValue) outputs=\(layer.outputs) window=\(layer.window) "
                + "stride=\(layer.stride) padding=\(layer.padding)"
            if let bits = layer.weightBits { text += " weight-bits=\(bits)" }
            if let sparsity = layer.sparsity { text += " sparsity=\(sparsity)" }
            return text
        }
        return ([head] + layers).joined(separator: "; ")
    }
}
