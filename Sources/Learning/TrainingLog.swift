/// What happened in a training run; every accuracy is that of integers, as the hardware computes them.
public struct TrainingLog: Equatable, Sendable {
    /// A part of the run.
    public enum Phase: String, Sendable {
        case dense, quantizing, pruning, retraining
    }

    /// One pass over the learned images.
    public struct Epoch: Equatable, Sendable {
        public var phase: Phase
        /// Mean cross entropy over the learned images, in nats.
        public var loss: Float
        /// Share of the validation images that are classified right; nil while weights are real.
        public var validationAccuracy: Double?
        /// Rows kept.
        public var rows: Int
    }

    public internal(set) var epochs: [Epoch] = []
    /// All rows of the layer.
    public internal(set) var rows = 0
    /// Rows with a set bit in the exported network.
    public internal(set) var survivors = 0
    /// Accuracies on the validation part, of the network with all rows and of the exported one.
    public internal(set) var denseValidationAccuracy = 0.0
    public internal(set) var validationAccuracy = 0.0
    /// Accuracies on the test images, of the network with all rows (same bits) and of the exported one.
    public internal(set) var denseTestAccuracy = 0.0
    public internal(set) var testAccuracy = 0.0

    /// Share of rows without a set bit.
    public var rowSparsity: Double { rows == 0 ? 0 : Double(rows - survivors) / Double(rows) }
}
