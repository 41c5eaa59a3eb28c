/// How a row-sparse classifier is trained: the same recipe, data and seed always give the same network file.
public struct Recipe: Equatable, Sendable {
    /// Seed of every random choice.
    public var seed: UInt64 = 1
    /// Weight bits of a row of cells.
    public var columns = 64
    /// Bits of an activation; code = pixel >> (8 − bits).
    public var activationBits = 4
    /// Bits of a weight with its sign.
    public var weightBits = 4
    /// Share of rows without a set bit, counted on the quantised weights; reached or exceeded by less than a bank.
    public var rowSparsity = 0.8446
    /// The number of rows left is a multiple of this, so that interleaved banks lose no cycle at the wrap.
    public var bankMultiple = 4
    /// Samples of a step.
    public var batch = 128
    /// Epochs on real weights before pruning.
    public var denseEpochs = 6
    /// Epochs of the dense network with quantisation in the loop, for the accuracy to compare with.
    public var quantizedEpochs = 2
    /// Times at which rows are given up, each followed by an epoch of retraining.
    public var pruningSteps = 12
    /// Epochs of retraining after the last pruning.
    public var sparseEpochs = 12
    /// Adam's first learning rate, for activations scaled to 0…1.
    public var learningRate = 0.004
    /// Share of the training images that selects the epoch and is not learned from.
    public var validationShare = 0.1

    /// The recipe of the demo: Fashion-MNIST at a row sparsity of 0.8446, a few seconds of one core.
    public init() {}

    /// Checks every value.
    ///
    /// Throws `RecipeError`, which names the key, the value and what is allowed.
    public func validate() throws(RecipeError) {
        try check("columns", columns, 1...4096)
        try check("activationBits", activationBits, 1...8)
        try check("weightBits", weightBits, 2...8)
        try check("rowSparsity", rowSparsity, 0...0.999)
        try check("bankMultiple", bankMultiple, 1...64)
        try check("batch", batch, 1...65536)
        try check("denseEpochs", denseEpochs, 1...1000)
        try check("quantizedEpochs", quantizedEpochs, 1...1000)
        try check("pruningSteps", pruningSteps, 1...1000)
        try check("sparseEpochs", sparseEpochs, 1...1000)
        try check("learningRate", learningRate, 1e-6...1)
        try check("validationShare", validationShare, 0.01...0.5)
    }

    private func check<Value: Comparable & CustomStringConvertible>(
        _ key: String, _ value: Value, _ allowed: ClosedRange<Value>
    ) throws(RecipeError) {
        guard allowed.contains(value) else {
            throw .value(
                key: key, found: value.description,
                allowed: "\(allowed.lowerBound.description) to \(allowed.upperBound.description)")
        }
    }

    /// The most rows that may be left of an array: the sparsity's number, rounded down to a multiple of the banks.
    func rowBudget(_ geometry: RowGeometry) -> Int {
        // A sparsity that is meant to be a whole number of rows must not be missed by its rounding to binary.
        let zero = (rowSparsity * Double(geometry.rows) - 1e-9).rounded(.up)
        return (geometry.rows - Int(zero)) / bankMultiple * bankMultiple
    }

    /// Checks that the sparsity leaves rows in an array.
    func checkRows(_ geometry: RowGeometry) throws(RecipeError) {
        guard rowBudget(geometry) == 0 else { return }
        let highest = Double(max(0, geometry.rows - bankMultiple)) / Double(geometry.rows)
        throw .value(
            key: "rowSparsity", found: "\(rowSparsity)",
            allowed: "at most \((highest * 1e6).rounded(.down) / 1e6), as fewer than bankMultiple = \(bankMultiple) of "
                + "\(geometry.rows) rows would be left")
    }

    /// The recipe as one line of text, for the network file.
    public var text: String {
        "columns=\(columns) activationBits=\(activationBits) weightBits=\(weightBits) rowSparsity=\(rowSparsity) "
            + "bankMultiple=\(bankMultiple) batch=\(batch) denseEpochs=\(denseEpochs) "
            + "quantizedEpochs=\(quantizedEpochs) pruningSteps=\(pruningSteps) sparseEpochs=\(sparseEpochs) "
            + "learningRate=\(learningRate) validationShare=\(validationShare)"
    }
}
