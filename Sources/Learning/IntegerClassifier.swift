internal import Network

/// Counts right classifications by the exported integers: Int32 arithmetic, a lane an output.
struct IntegerClassifier: Sendable {
    let inputs: Int
    let outputs: Int
    private let weights: [SIMD16<Int32>]
    private let bias: SIMD16<Int32>

    init(_ layer: QuantizedNetwork.FullyConnected) {
        inputs = layer.inputs
        outputs = layer.outputs
        weights = (0..<layer.inputs).map { input in
            var vector = SIMD16<Int32>.zero
            for output in 0..<layer.outputs { vector[output] = Int32(layer.weights[output * layer.inputs + input]) }
            return vector
        }
        // Lanes without an output must never win.
        var bias = SIMD16<Int32>(repeating: .min / 2)
        for output in 0..<layer.outputs { bias[output] = layer.bias[output] }
        self.bias = bias
    }

    /// The number of samples in a range of `codes` ([samples][inputs]) whose class is their label's.
    func correct(codes: [UInt8], labels: [UInt8], samples: Range<Int>) -> Int {
        var right = 0
        codes.withUnsafeBufferPointer { codes in
            for sample in samples {
                var even = bias
                var odd = SIMD16<Int32>.zero
                let base = sample * inputs
                for input in stride(from: 0, to: inputs - 1, by: 2) {
                    even &+= weights[input] &* Int32(codes[base + input])
                    odd &+= weights[input + 1] &* Int32(codes[base + input + 1])
                }
                if inputs % 2 == 1 { even &+= weights[inputs - 1] &* Int32(codes[base + inputs - 1]) }
                let sums = even &+ odd
                let best = sums.max()
                var winner = 0
                while sums[winner] != best { winner += 1 }
                if winner == Int(labels[sample]) { right += 1 }
            }
        }
        return right
    }
}
