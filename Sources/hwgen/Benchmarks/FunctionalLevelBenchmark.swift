import CoSim
import Engine
import Golden
import Network
import Randomness
import Verification

/// Images a second of the functional level, beside RTL and twin in lockstep.
struct FunctionalLevelBenchmark {
    private let network: QuantizedNetwork
    private var functional: FunctionalEngine
    private var hardware: NetworkRun
    private var random: KeyedStream
    private var image = 0
    private var ours: [Double] = []
    private var lockstep: [Double] = []

    private static let imagesOfRound = 20

    init(seed: UInt64) throws {
        random = KeyedStream(seed: seed, stream: 2)
        network = try Self.lenet(&random)
        let engine = try Engine.NetworkEngine().fitting(network)
        hardware = try NetworkRun(network, on: engine, seed: seed)
        functional = FunctionalEngine(network, hardware.mapping)
    }

    /// LeNet-5's layers with random weights and activations of four bits: what is measured is time.
    private static func lenet(_ random: inout KeyedStream) throws -> QuantizedNetwork {
        func requantization(_ outputs: Int) -> Requantization {
            Requantization(
                multipliers: Array(repeating: 1 << 30, count: outputs), shifts: Array(repeating: -6, count: outputs),
                bits: 4)
        }
        func weights(_ count: Int) -> [Int8] { (0..<count).map { _ in Int8(random.nextIndex(below: 15)) - 7 } }
        func convolution(_ inputs: Int, _ outputs: Int, padding: Int) -> QuantizedNetwork.Layer {
            .convolution(
                .init(
                    inputChannels: inputs, outputs: outputs,
                    window: SlidingWindow(
                        size: .init(height: 5, width: 5),
                        padding: .init(top: padding, left: padding, bottom: padding, right: padding)),
                    weightBits: 4, weights: weights(outputs * 25 * inputs), bias: Array(repeating: 0, count: outputs),
                    requantization: requantization(outputs)))
        }
        func full(_ inputs: Int, _ outputs: Int, isLast: Bool = false) -> QuantizedNetwork.Layer {
            .fullyConnected(
                .init(
                    inputs: inputs, outputs: outputs, weightBits: 4, weights: weights(inputs * outputs),
                    bias: Array(repeating: 0, count: outputs), requantization: isLast ? nil : requantization(outputs)))
        }
        let pool = QuantizedNetwork.Layer.pooling(
            .init(
                .maximum,
                window: SlidingWindow(size: .init(height: 2, width: 2), stride: .init(height: 2, width: 2))))
        return try QuantizedNetwork(
            name: "LeNet-5", input: ActivationFormat(height: 28, width: 28, channels: 1, bits: 4),
            layers: [
                convolution(1, 6, padding: 2), pool, convolution(6, 16, padding: 0), pool, full(400, 120),
                full(120, 84),
                full(84, 10, isLast: true),
            ])
    }

    mutating func round() throws {
        let codes = (0..<Self.imagesOfRound).map { _ in
            (0..<network.input.features).map { _ in UInt8(random.nextIndex(below: 16)) }
        }
        var none = ReadUpsets.none
        var start = threadSeconds()
        var outcomes: [FunctionalEngine.Outcome] = []
        for codes in codes {
            outcomes.append(functional.run(codes, image: image, upsets: &none))
            image += 1
        }
        ours.append(Double(Self.imagesOfRound) / (threadSeconds() - start))
        start = threadSeconds()
        let found = try hardware.run(codes[0])
        lockstep.append(1 / (threadSeconds() - start))
        let outcome = outcomes[0]
        for (what, ours, theirs) in [
            ("cycles", found.cycles, outcome.cycles), ("senses", found.senses, outcome.senses),
            ("wrong results", zip(found.result, outcome.result).count { $0 != $1 }, 0),
        ] where ours != theirs {
            throw BenchmarkError.resultsDiffer("\(what) of both levels", Double(theirs), Double(ours))
        }
    }

    var bench: Bench {
        Bench(
            "functional level, LeNet-5", ours: ours, reference: lockstep, "RTL and twin in lockstep", unit: "images/s",
            bar: .atLeast(100)
        ) { $0 / $1 }
    }
}
