import Network
import Testing

@Suite("Exact inference")
struct InferenceTests {
    @Test("accumulators are the exact integer sums, and the class the first of the largest")
    func sums() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(state: seed)
        for _ in 0..<200 {
            let inputs = Int.random(in: 1...90, using: &random), outputs = Int.random(in: 1...12, using: &random)
            let bits = Int.random(in: 2...8, using: &random), limit = 1 << (bits - 1) - 1
            let weights = (0..<inputs * outputs).map { _ in Int8.random(in: Int8(-limit)...Int8(limit), using: &random)
            }
            let bias = (0..<outputs).map { _ in Int32.random(in: -100_000...100_000, using: &random) }
            let network = try QuantizedNetwork(
                name: "random", input: .init(features: inputs, bits: 8),
                layers: [
                    .fullyConnected(
                        .init(inputs: inputs, outputs: outputs, weightBits: bits, weights: weights, bias: bias))
                ])
            let activations = (0..<inputs).map { _ in UInt8.random(in: 0...255, using: &random) }
            // The reference sums bit-planes, as the hardware does.
            var expected: [Int] = bias.map { Int($0) }
            for place in 0..<8 {
                for plane in 0..<7 {
                    for (index, weight) in weights.enumerated() {
                        let and = Int(activations[index % inputs]) >> place & abs(Int(weight)) >> plane & 1
                        expected[index / inputs] += (weight < 0 ? -and : and) << (place + plane)
                    }
                }
            }
            #expect(network.infer(activations: activations).map { Int($0) } == expected, "seed \(seed)")
            #expect(network.classify(activations: activations) == expected.firstIndex(of: expected.max() ?? 0))
        }
    }

    @Test("the first of equal accumulators is the class")
    func ties() {
        #expect(QuantizedNetwork.largest(of: [1, 5, 5, 2]) == 1)
        #expect(QuantizedNetwork.largest(of: [-3]) == 0)
    }
}
