extension QuantizedNetwork {
    /// A fully connected layer: accumulator[o] = bias[o] + Σ weights[o][i] · activation[i], exact integers.
    public struct FullyConnected: Equatable, Sendable {
        public var inputs: Int
        public var outputs: Int
        /// Bits of a weight with its sign, 2…8: magnitudes are 0 … 2^(bits − 1) − 1.
        public var weightBits: Int
        /// Row-major [outputs][inputs], in the symmetric range of `weightBits`.
        public var weights: [Int8]
        /// One an output, in accumulator units (weight step × activation step).
        public var bias: [Int32]

        public init(inputs: Int, outputs: Int, weightBits: Int, weights: [Int8], bias: [Int32]) {
            self.inputs = inputs
            self.outputs = outputs
            self.weightBits = weightBits
            self.weights = weights
            self.bias = bias
        }

        /// The largest magnitude of a weight, 2^(weightBits − 1) − 1.
        public var largestMagnitude: Int { 1 << (weightBits - 1) - 1 }

        /// The weights of one output, `inputs` values.
        public func weights(ofOutput output: Int) -> ArraySlice<Int8> {
            weights[output * inputs..<(output + 1) * inputs]
        }

        /// The accumulators that `activations` (`inputs` unsigned codes) give, one an output.
        ///
        /// Complexity: inputs × outputs products.
        public func accumulators(activations: [UInt8]) -> [Int32] {
            precondition(activations.count == inputs, "\(activations.count) activations for \(inputs) inputs")
            return (0..<outputs).map { output in
                var sum = bias[output]
                for (weight, activation) in zip(weights(ofOutput: output), activations) {
                    sum += Int32(weight) * Int32(activation)
                }
                return sum
            }
        }
    }
}
