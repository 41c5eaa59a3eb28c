extension QuantizedNetwork {
    /// A fully connected layer: accumulator[o] = bias[o] + Σ weights[o][i] · (activation[i] − zero point), exact integers.
    public struct FullyConnected: Equatable, Sendable {
        public var inputs: Int
        public var outputs: Int
        /// Bits of a weight, its sign included where it has one.
        public var weightBits: Int
        public var encoding: WeightEncoding
        /// Row-major [outputs][inputs].
        public var weights: [Int8]
        /// One an output, in accumulator units (weight step × activation step).
        public var bias: [Int32]
        /// Nil where the accumulators are the network's result.
        public var requantization: Requantization?

        public init(
            inputs: Int, outputs: Int, weightBits: Int, encoding: WeightEncoding = .signMagnitude, weights: [Int8],
            bias: [Int32], requantization: Requantization? = nil
        ) {
            self.inputs = inputs
            self.outputs = outputs
            self.weightBits = weightBits
            self.encoding = encoding
            self.weights = weights
            self.bias = bias
            self.requantization = requantization
        }

        /// The weights of one output, `inputs` values.
        public func weights(ofOutput output: Int) -> ArraySlice<Int8> {
            weights[output * inputs..<(output + 1) * inputs]
        }

        /// The accumulators that `activations` (`inputs` unsigned codes) give, one an output.
        ///
        /// Complexity: inputs × outputs products.
        public func accumulators(activations: [UInt8], zeroPoint: Int) -> [Int32] {
            precondition(activations.count == inputs, "\(activations.count) activations for \(inputs) inputs")
            let zeroPoint = Int32(zeroPoint)
            return (0..<outputs).map { output in
                var sum = bias[output]
                for (weight, activation) in zip(weights(ofOutput: output), activations) {
                    sum += Int32(weight) * (Int32(activation) - zeroPoint)
                }
                return sum
            }
        }
    }
}
