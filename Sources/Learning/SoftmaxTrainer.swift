private import Randomness

/// Softmax regression trained by Adam, on real weights or with row-masked quantised weights in the loop.
///
/// The model is logits = W (x − mean) + bias with x the activations scaled to 0…1; centring makes the problem well
/// conditioned, and is folded into the bias on export. With quantisation, the forward and backward passes see the
/// quantised weights and the gradient goes straight through to the real ones (Bengio, Léonard and Courville,
/// arXiv:1308.3432). Adam: Kingma and Ba, arXiv:1412.6980, algorithm 1, with its constants.
struct SoftmaxTrainer: Sendable {
    let outputs: Int
    let activations: TrainingActivations
    /// Samples 0 ..< this are learned from; the rest is the validation part.
    let learned: Int
    let mean: [Float]
    let seed: UInt64
    let batch: Int
    /// Real weights, one vector (a lane an output) an input.
    var weights: [SIMD16<Float>]
    var bias = SIMD16<Float>.zero
    private var moment1: [SIMD16<Float>]
    private var moment2: [SIMD16<Float>]
    private var steps = 0
    private var decay1: Float = 1
    private var decay2: Float = 1
    private var epochs: UInt32 = 0

    /// A model of zero weights.
    init(activations: TrainingActivations, learned: Int, outputs: Int, mean: [Float], seed: UInt64, batch: Int) {
        self.activations = activations
        self.learned = learned
        self.outputs = outputs
        self.mean = mean
        self.seed = seed
        self.batch = batch
        let zero = [SIMD16<Float>](repeating: .zero, count: activations.inputs + 1)
        weights = Array(zero.dropLast())
        moment1 = zero
        moment2 = zero
    }

    /// Forgets the optimiser's moments, as after a change of the mask.
    mutating func restartOptimiser() {
        moment1 = moment1.map { _ in .zero }
        moment2 = moment2.map { _ in .zero }
        (steps, decay1, decay2) = (0, 1, 1)
    }

    /// One pass over the learned samples in a new random order; returns the mean loss (cross entropy, nats).
    ///
    /// `learningRate` runs linearly from the first to the second value. With a quantisation the loss is that of the
    /// quantised weights, and the real weights are kept inside its range and its mask's signs.
    @discardableResult
    mutating func epoch(learningRate: (from: Float, to: Float), quantization: RowQuantization? = nil) -> Float {
        var stream = KeyedStream(seed: seed, stream: RandomStreams.order, block0: epochs)
        epochs += 1
        let order = stream.permutation(of: learned)
        let batches = (learned + batch - 1) / batch
        var loss = 0.0
        var effective = weights
        for number in 0..<batches {
            let share = Float(number) / Float(batches)
            if let quantization { quantization.round(weights, into: &effective) } else { effective = weights }
            let samples = order[number * batch..<min(learned, (number + 1) * batch)]
            let result = Self.gradient(
                weights: effective, bias: bias, mean: mean, outputs: outputs, activations: activations, samples: samples
            )
            loss += result.loss
            update(
                gradient: result.gradient,
                learningRate: learningRate.from + (learningRate.to - learningRate.from) * share,
                quantization: quantization)
        }
        return Float(loss / Double(learned))
    }

    /// One step of Adam; the gradient's last vector is the bias'.
    private mutating func update(
        gradient: [SIMD16<Float>], learningRate: Float, quantization: RowQuantization?
    ) {
        steps += 1
        decay1 *= 0.9
        decay2 *= 0.999
        let rate = learningRate / (1 - decay1)
        let unbias = 1 / (1 - decay2)
        let inputs = activations.inputs
        for index in 0...inputs {
            let slope = gradient[index]
            let first = moment1[index] * 0.9 + slope * 0.1
            let second = moment2[index] * 0.999 + slope * slope * 0.001
            moment1[index] = first
            moment2[index] = second
            let change = first * rate / ((second * unbias).squareRoot() + 1e-8)
            if index == inputs {
                bias -= change
            } else if let quantization {
                weights[index] = quantization.confine(weights[index] - change, input: index)
            } else {
                weights[index] -= change
            }
        }
    }
}
