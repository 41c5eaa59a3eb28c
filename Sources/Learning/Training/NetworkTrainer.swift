private import Network
private import Randomness

/// The training of one network, epoch by epoch; its whole state can be saved between epochs.
final class NetworkTrainer {
    let recipe: NetworkRecipe
    let data: DataSplit
    let runner: ChunkRunner
    let graph: TrainingGraph
    let pruner: GroupPruner
    /// Epochs that are done, of all phases.
    var epoch = 0
    var log = NetworkTrainingLog()

    private let learned: Int
    private let loader: ImageLoader
    private let descent: MomentumDescent

    init(data: DataSplit, recipe: NetworkRecipe, threads: Int) {
        self.recipe = recipe
        self.data = data
        runner = ChunkRunner(threads: threads)
        let images = data.training
        learned = images.count - recipe.validationImages
        graph = TrainingGraph(
            recipe: recipe,
            inputShape: TensorShape(height: images.rows, width: images.columns, channels: images.channels))
        pruner = GroupPruner(graph)
        loader = ImageLoader(
            images: images, seed: recipe.seed, bits: recipe.inputBits, flips: recipe.flips, shift: recipe.shift)
        descent = MomentumDescent(momentum: Float(recipe.momentum), decay: Float(recipe.weightDecay))
    }

    /// Steps of an epoch; the images that do not fill a batch wait for another epoch's order.
    var steps: Int { learned / recipe.batch }

    /// The phase of an epoch, its number there, and the epochs of the phase.
    func phase(of epoch: Int) -> (phase: NetworkTrainingLog.Phase, number: Int, epochs: Int) {
        var number = epoch
        let phases: [(NetworkTrainingLog.Phase, Int)] = [
            (.real, recipe.realEpochs), (.quantized, recipe.quantizedEpochs), (.pruning, recipe.pruningEpochs),
            (.pruned, recipe.prunedEpochs),
        ]
        for (phase, epochs) in phases {
            if number < epochs { return (phase, number, epochs) }
            number -= epochs
        }
        preconditionFailure("epoch \(epoch) of \(recipe.epochs)")
    }

    /// One epoch; `step` is called after each step and may stop the epoch, which then leaves the trainer in no use.
    func runEpoch(_ step: (_ loss: Double) -> Bool) throws -> NetworkTrainingLog.Epoch? {
        let (phase, number, epochs) = phase(of: epoch)
        if number == 0 { for parameter in graph.parameters { parameter.velocity.clear() } }
        if phase == .pruning {
            // Fast where groups are cheap, slow at the end (Zhu and Gupta, arXiv:1710.01878).
            let rest = 1 - Double(number + 1) / Double(epochs)
            pruner.prune(progress: 1 - rest * rest * rest)
            graph.invalidate()
        }
        let mode = TrainingMode(isLearning: true, isQuantized: phase != .real)
        var stream = KeyedStream(seed: recipe.seed, stream: RandomStreams.order, block0: UInt32(epoch))
        let order = stream.permutation(of: learned)
        var (loss, right) = (0.0, 0)
        for number in 0..<steps {
            let images = Array(order[number * recipe.batch..<(number + 1) * recipe.batch])
            loader.load(images, epoch: epoch, into: graph.input, isQuantized: mode.isQuantized, runner: runner)
            let result = graph.learn(
                Batch(images: images.count, runner: runner), labels: images.map { data.training.labels[$0] },
                mode: mode)
            descent.step(graph.parameters, rate: rate(step: number))
            graph.invalidate()
            loss += result.loss
            right += result.right
            if !step(result.loss / Double(images.count)) { return nil }
        }
        let images = Double(max(1, steps * recipe.batch))
        let entry = NetworkTrainingLog.Epoch(
            phase: phase, loss: loss / images, learningRate: rate(step: 0), learnedAccuracy: Double(right) / images,
            validationAccuracy: try accuracy(
                data.training, learned..<data.training.count, isQuantized: mode.isQuantized),
            sparsity: pruner.sparsity)
        log.epochs.append(entry)
        let all = 0..<data.test.count
        if number == epochs - 1, phase == .real {
            log.realTestAccuracy = try accuracy(data.test, all, isQuantized: false)
        } else if number == epochs - 1, phase == .quantized {
            log.quantizedTestAccuracy = try accuracy(data.test, all, isQuantized: true)
        }
        epoch += 1
        return entry
    }

    /// The learning rate of a step of the present epoch.
    func rate(step: Int) -> Float {
        let (phase, number, epochs) = phase(of: epoch)
        let peak =
            switch phase {
            case .real: recipe.realRate
            case .quantized: recipe.quantizedRate
            case .pruning, .pruned: recipe.prunedRate
            }
        // Weights that have lost their neighbours must be able to move.
        if phase == .pruning { return Float(peak) }
        return CosineSchedule(peak: peak, steps: epochs * steps).rate(step: number * steps + step)
    }

    /// Share of some images that are classified right, by integer inference or with real numbers.
    func accuracy(_ images: ImageSet, _ numbers: Range<Int>, isQuantized: Bool) throws -> Double {
        if isQuantized {
            let inference = BatchInference(try graph.exported())
            return Double(inference.correct(images, numbers: numbers, threads: runner.threads)) / Double(numbers.count)
        }
        let loader = ImageLoader(
            images: images, seed: recipe.seed, bits: recipe.inputBits, flips: false, shift: 0)
        var right = 0
        for first in stride(from: numbers.lowerBound, to: numbers.upperBound, by: recipe.batch) {
            let batch = Array(first..<min(first + recipe.batch, numbers.upperBound))
            loader.load(batch, epoch: nil, into: graph.input, isQuantized: false, runner: runner)
            graph.forward(
                Batch(images: batch.count, runner: runner), mode: .init(isLearning: false, isQuantized: false))
            right +=
                SoftmaxLoss.evaluate(
                    graph.logits, labels: batch.map { images.labels[$0] }, classes: images.classes, gradient: nil
                ).right
        }
        return Double(right) / Double(numbers.count)
    }
}
