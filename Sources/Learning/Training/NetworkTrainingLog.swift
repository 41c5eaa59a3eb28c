/// What happened in the training of a network.
public struct NetworkTrainingLog: Equatable, Sendable, Codable {
    /// A part of the run.
    public enum Phase: String, Sendable, Codable, CaseIterable {
        case real, quantized, pruning, pruned
    }

    /// One pass over the learned images.
    public struct Epoch: Equatable, Sendable, Codable {
        public var phase: Phase
        /// Mean cross entropy over the learned images, in nats.
        public var loss: Double
        /// The learning rate of the first step.
        public var learningRate: Float
        /// Share of the learned images that were classified right while they were learned from.
        public var learnedAccuracy: Double
        /// Share of the validation images that are classified right: by integer inference, but for real weights.
        public var validationAccuracy: Double
        /// Share of the (filter, chunk) groups that are pruned.
        public var sparsity: Double
    }

    public internal(set) var epochs: [Epoch] = []
    /// Accuracy on the test images with real weights and activations, of the same layers; nil without such a phase.
    public internal(set) var realTestAccuracy: Double?
    /// Accuracy on the test images of the quantised network before it was pruned.
    public internal(set) var quantizedTestAccuracy: Double?
    /// Accuracy on the test images of the network that was exported, by integer inference.
    public internal(set) var testAccuracy = 0.0
    /// Share of the (filter, chunk) groups of the exported network without a weight.
    public internal(set) var sparsity = 0.0

    public init() {}
}
