internal import Network

/// The state of a training run, phase after phase.
struct TrainingRun {
    let recipe: Recipe
    let geometry: RowGeometry
    let progress: (TrainingLog.Epoch) -> Void
    let activations: TrainingActivations
    let moments: ActivationMoments
    let learned: Int
    var trainer: SoftmaxTrainer
    var quantization: RowQuantization
    var log = TrainingLog()
    /// The best networks so far by the validation part: with all rows, and with the final rows.
    var dense: Candidate?
    var sparse: Candidate?

    /// Integers that were evaluated.
    struct Candidate: Sendable {
        var layer: QuantizedNetwork.FullyConnected
        var right: Int
    }

    init(data: DataSplit, recipe: Recipe, progress: @escaping (TrainingLog.Epoch) -> Void) {
        self.recipe = recipe
        self.progress = progress
        let images = data.training
        geometry = RowGeometry(
            inputs: images.features, outputs: images.classes, columns: recipe.columns, planes: recipe.weightBits - 1)
        activations = TrainingActivations(images: images, bits: recipe.activationBits, seed: recipe.seed)
        learned = images.count - max(1, Int(Double(images.count) * recipe.validationShare))
        moments = ActivationMoments(activations: activations, samples: learned, geometry: geometry)
        trainer = SoftmaxTrainer(
            activations: activations, learned: learned, outputs: images.classes, mean: moments.mean,
            seed: recipe.seed, batch: recipe.batch)
        quantization = RowQuantization(
            mask: RowMask(all: geometry), step: 1, quantizer: PlaneQuantizer(planes: geometry.planes))
        log.rows = geometry.rows
    }

    /// The most rows that may be left.
    var rowBudget: Int { recipe.rowBudget(geometry) }

    /// Real weights, at the full learning rate and then falling.
    mutating func trainDense() {
        for epoch in 0..<recipe.denseEpochs {
            let loss = trainer.epoch(learningRate: rates(epoch: epoch, of: recipe.denseEpochs, from: 1, to: 0.1))
            record(.dense, loss: loss, right: nil)
        }
        quantization.step = bestStep()
    }

    /// All rows, quantised weights.
    mutating func trainQuantized() {
        trainer.restartOptimiser()
        for epoch in 0..<recipe.quantizedEpochs {
            let loss = trainer.epoch(
                learningRate: rates(epoch: epoch, of: recipe.quantizedEpochs, from: 0.25, to: 0.02),
                quantization: quantization)
            let candidate = evaluate()
            if candidate.right > dense?.right ?? -1 { dense = candidate }
            record(.quantizing, loss: loss, right: candidate.right)
        }
    }

    /// Fewer rows in each step, by a cubic law: fast where rows are cheap, slow at the end (Zhu and Gupta, 2017).
    mutating func prune() {
        for step in 1...recipe.pruningSteps {
            let rest = 1 - Double(step) / Double(recipe.pruningSteps)
            let rows =
                rowBudget + Int(Double(geometry.rows - rowBudget) * rest * rest * rest)
            RowPruner(moments: moments).prune(&quantization, weights: trainer.weights, survivors: rows)
            trainer.restartOptimiser()
            let rate = Float(recipe.learningRate) * 0.25
            let loss = trainer.epoch(learningRate: (rate, rate), quantization: quantization)
            record(.pruning, loss: loss, right: evaluate().right)
        }
    }

    /// The final rows, the learning rate falling.
    mutating func retrain() {
        for epoch in 0..<recipe.sparseEpochs {
            let loss = trainer.epoch(
                learningRate: rates(epoch: epoch, of: recipe.sparseEpochs, from: 0.5, to: 0.005),
                quantization: quantization)
            let candidate = evaluateAligned()
            if candidate.right > sparse?.right ?? -1 { sparse = candidate }
            record(.retraining, loss: loss, right: candidate.right)
        }
    }

    /// The learning rates at an epoch's begin and end, falling linearly over a phase as multiples of the recipe's.
    private func rates(epoch: Int, of epochs: Int, from: Float, to: Float) -> (from: Float, to: Float) {
        func rate(_ time: Int) -> Float {
            Float(recipe.learningRate) * (from + (to - from) * Float(time) / Float(epochs))
        }
        return (rate(epoch), rate(epoch + 1))
    }

    private mutating func record(_ phase: TrainingLog.Phase, loss: Float, right: Int?) {
        let validated = activations.count - learned
        let epoch = TrainingLog.Epoch(
            phase: phase, loss: loss, validationAccuracy: right.map { Double($0) / Double(validated) },
            rows: quantization.mask.survivors)
        log.epochs.append(epoch)
        progress(epoch)
    }
}
