import Engine
import Golden
import Network
import Verification

/// A small engine and a network of two layers on it, a convolution and a classifier, or the convolution alone.
struct HostNetwork {
    let engine: Engine.NetworkEngine
    let network: QuantizedNetwork
    let mapping: NetworkMapping
    private var random: StimulusRandom

    /// - Parameters:
    ///   - givesSums: whether the classifier is there.
    ///   - bias: of the classifier.
    init(givesSums: Bool = true, accumulatorWidth: Int = 32, bias: Int32 = -3, seed: UInt64 = 17) throws {
        engine = with {
            ($0.rows, $0.columns, $0.banks) = (256, 20, 3)
            ($0.wordCodes, $0.activationBits, $0.planeLanes) = (4, 3, 2)
            ($0.pixels, $0.pixelLanes, $0.weightBits) = (4, 2, 4)
            ($0.depth, $0.entries, $0.channels, $0.layers) = (40, 80, 16, 3)
            $0.accumulatorWidth = accumulatorWidth
        }
        var random = StimulusRandom(seed: seed)
        let convolution = QuantizedNetwork.Convolution(
            inputChannels: 3, outputs: 6, window: SlidingWindow(size: .init(height: 2, width: 2)), weightBits: 2,
            weights: (0..<6 * 12).map { _ in Int8(random.below(3)) - 1 },
            bias: (0..<6).map { _ in Int32(random.below(9)) },
            requantization: Requantization(
                multipliers: Array(repeating: 1 << 30, count: 6), shifts: Array(repeating: -1, count: 6), bits: 3))
        let classifier = QuantizedNetwork.FullyConnected(
            inputs: 9 * 6, outputs: 5, weightBits: 4,
            weights: (0..<5 * 54).map { _ in random.bit() ? 3 : 0 }, bias: Array(repeating: bias, count: 5))
        network = try QuantizedNetwork(
            name: "host", input: ActivationFormat(height: 4, width: 4, channels: 3, bits: 3),
            layers: givesSums ? [.convolution(convolution), .fullyConnected(classifier)] : [.convolution(convolution)])
        mapping = try NetworkMapping(network, Golden.NetworkEngine.Parameters(engine))
        self.random = random
    }

    mutating func image() -> [UInt8] { (0..<network.input.features).map { _ in UInt8(random.below(8)) } }

    /// The packets of an image.
    func packets(_ image: [UInt8]) -> [HostPacket] { mapping.packets(of: mapping.inputWords(image, network.input)) }

    /// Loads an image, runs it, and gives the result.
    func run(_ image: [UInt8], on bench: HostBench) throws -> [Int32] {
        for packet in packets(image) { try bench.send(packet.words) }
        return mapping.result(of: try bench.run())
    }

    /// An accelerator that holds the network and knows what its results are.
    func loadedBench() throws -> HostBench {
        let bench = try HostBench(engine)
        try bench.load(mapping)
        try bench.configure(mapping.resultRequest)
        return bench
    }
}
