private import Randomness

/// The cross entropy of the softmax of a network's outputs, in nats.
///
/// Law: loss = −ln softmax(z)[label] for each image; its gradient is (softmax(z) − one at the label) / images.
enum SoftmaxLoss {
    /// The most classes: the lanes of a vector.
    static let largestClasses = SoftmaxKernel.lanes

    /// The summed loss and the number of images whose first largest output is their label; sets the gradient of the mean loss.
    static func evaluate(
        _ logits: FloatBuffer, labels: [UInt8], classes: Int, gradient: FloatBuffer?
    ) -> (loss: Double, right: Int) {
        var (loss, right) = (0.0, 0)
        let share = 1 / Float(labels.count)
        for (image, label) in labels.enumerated() {
            let source = logits.start + image &* classes
            var vector = SIMD16<Float>.zero
            var best = 0
            for output in 0..<classes {
                vector[output] = source[output]
                if source[output] > source[best] { best = output }
            }
            if best == Int(label) { right += 1 }
            var probabilities = SoftmaxKernel.softmax(vector, outputs: classes)
            loss -= portableLog(Double(max(probabilities[Int(label)], .leastNormalMagnitude)))
            probabilities[Int(label)] -= 1
            guard let gradient else { continue }
            for output in 0..<classes { gradient.start[image &* classes &+ output] = probabilities[output] * share }
        }
        return (loss, right)
    }
}
