extension QuantizedNetwork {
    /// A convolution: accumulator[y][x][o] = bias[o] + Σ weights[o][r][c][i] · (activation − zero point) over the window.
    ///
    /// Padding counts as the zero point, so adds nothing. Depthwise, output channel o reads input channel
    /// o / (outputs / inputChannels) alone.
    public struct Convolution: Equatable, Sendable {
        public var inputChannels: Int
        public var outputs: Int
        public var window: SlidingWindow
        public var isDepthwise: Bool
        /// Bits of a weight, its sign included where it has one.
        public var weightBits: Int
        public var encoding: WeightEncoding
        /// Row-major [outputs][rows][columns][input channels]; one input channel where it is depthwise.
        public var weights: [Int8]
        /// One an output, in accumulator units.
        public var bias: [Int32]
        /// Nil where the accumulators are the network's result.
        public var requantization: Requantization?

        public init(
            inputChannels: Int, outputs: Int, window: SlidingWindow, isDepthwise: Bool = false, weightBits: Int,
            encoding: WeightEncoding = .signMagnitude, weights: [Int8], bias: [Int32],
            requantization: Requantization? = nil
        ) {
            self.inputChannels = inputChannels
            self.outputs = outputs
            self.window = window
            self.isDepthwise = isDepthwise
            self.weightBits = weightBits
            self.encoding = encoding
            self.weights = weights
            self.bias = bias
            self.requantization = requantization
        }

        /// Weights of one output channel.
        public var weightsPerOutput: Int {
            window.size.height * window.size.width * (isDepthwise ? 1 : inputChannels)
        }

        /// The accumulators of a tensor of codes, in the order of an output tensor.
        ///
        /// Complexity: one product a weight and place.
        public func accumulators(activations: [UInt8], _ format: ActivationFormat) -> [Int32] {
            let places = window.places(in: format)
            let share = weightsPerOutput
            let depth = isDepthwise ? 1 : inputChannels
            var sums: [Int32] = []
            sums.reserveCapacity(places.height * places.width * outputs)
            for row in 0..<places.height {
                for column in 0..<places.width {
                    for output in 0..<outputs {
                        let channel = isDepthwise ? output / (outputs / inputChannels) : 0
                        var sum = Int(bias[output])
                        window.forEachPixel(at: row, column, in: format) { pixel, number in
                            for input in 0..<depth {
                                let code = Int(activations[pixel * inputChannels + channel + input])
                                sum += Int(weights[output * share + number * depth + input]) * (code - format.zeroPoint)
                            }
                        }
                        sums.append(Int32(sum))
                    }
                }
            }
            return sums
        }
    }
}
