public import Network

extension GoldenVectors {
    /// Files of the engine's vectors: a network's layer loaded and images run, upsets included.
    public static func engineFiles(
        _ network: QuantizedNetwork, _ images: ActivationSet, seed: UInt64, upsetRate: Double, stimulus: String
    ) throws -> [(name: String, bytes: [UInt8])] {
        let demo = try Demo(network, seed: seed, errors: ArrayErrors(rate: upsetRate))
        var stream = try demo.vectors(images)
        let (inputs, expected, cycles) = stream.prepare()
        return try files(
            demo.engine, inputs: inputs, expected: expected, cycles: cycles, seed: seed, upsetRate: upsetRate,
            stimulus: stimulus)
    }

    /// The plain test bench that replays a network's engine vectors in any Verilog simulator.
    public static func engineTestbench(_ network: QuantizedNetwork) throws -> (name: String, text: String) {
        let bench = ReplayTestbench(try Demo(network, seed: 1, errors: .none).engine.source)
        return ("\(bench.name).v", bench.text)
    }

    /// Files of any design's vectors by its random stimulus.
    public static func randomFiles<Pair: BlockPair>(
        _ design: CheckedDesign<Pair>, cycles: Int, seed: UInt64, upsetRate: Double
    ) throws -> [(name: String, bytes: [UInt8])] {
        var stream = try design.vectors(seed: seed, upsetRate: upsetRate)
        let (inputs, expected, _) = stream.prepare(cycles: cycles)
        return try files(
            design, inputs: inputs, expected: expected, cycles: cycles, seed: seed, upsetRate: upsetRate,
            stimulus: "random")
    }
}
