import CoSim
import Engine
import Golden
import Network
import Randomness
import Verification

/// Cycles of a dense 3 × 3 convolution in the RTL, beside what the published design of another bit-serial engine takes.
///
/// The peer is PULP's RBE (github.com/pulp-platform/rbe, docs/architecture.md): 81 blocks of four units of 32 bit products a
/// cycle; a tile of 3 × 3 output pixels takes, for 32 channels, 32 filters and four activation bits, 32 cycles a weight bit and
/// two for the offset of the weights. Fetch and write-back of its tiles are left out. Our engine takes 144 columns, four planes
/// and eight pixels: 4,608 bit products a cycle beside 10,368; ratios are formed for equal ones.
struct EngineBenchmark {
    struct Row: Encodable {
        let name: String
        let weight_bits, activation_bits: Int
        /// Counted by the RTL, and bit products that it could have made in a cycle.
        let cycles, products_per_cycle: Int
        /// Share of the cycles in which the datapath had a step, and those in which rows waited.
        let utilisation: Double
        let window_stall_cycles, bank_stall_cycles, senses: Int
        let rbe_cycles: Int
        let rbe_products_per_cycle: Int
        /// Cycles of RBE over ours, each times its products a cycle: above 1 ours needs fewer.
        let ratio: Double
    }

    private static let channels = 64
    private static let extent = 12

    private let seed: UInt64
    private let engine: Engine.NetworkEngine

    /// One engine for all widths, as RBE is: large enough for eight bits.
    init(seed: UInt64) throws {
        self.seed = seed
        var base = Engine.NetworkEngine()
        base.columns = 144
        base.pixels = 8
        base.pixelLanes = 8
        engine = try base.fitting(Self.network(bits: 8, seed: seed), skipsRows: false)
    }

    private static func network(bits: Int, seed: UInt64) throws -> QuantizedNetwork {
        var random = KeyedStream(seed: seed, stream: UInt32(bits))
        let largest = 1 << (bits - 1) - 1
        let weights = (0..<channels * 9 * channels).map { _ in
            Int8(random.nextIndex(below: UInt32(2 * largest + 1)) - largest)
        }
        let layer = QuantizedNetwork.Convolution(
            inputChannels: channels, outputs: channels,
            window: SlidingWindow(
                size: .init(height: 3, width: 3), padding: .init(top: 1, left: 1, bottom: 1, right: 1)),
            weightBits: bits, weights: weights, bias: Array(repeating: 0, count: channels),
            requantization: Requantization(
                multipliers: Array(repeating: 1 << 30, count: channels),
                shifts: Array(repeating: -bits, count: channels), bits: bits))
        return try QuantizedNetwork(
            name: "3 x 3, 64 to 64",
            input: ActivationFormat(height: extent, width: extent, channels: channels, bits: bits),
            layers: [.convolution(layer)])
    }

    /// The figures at as many bits for weights and activations.
    func row(bits: Int) throws -> Row {
        var random = KeyedStream(seed: seed, stream: 100 + UInt32(bits))
        let network = try Self.network(bits: bits, seed: seed)
        var run = try NetworkRun(network, on: engine, skipsRows: false, seed: seed)
        let codes = (0..<network.input.features).map { _ in UInt8(random.nextIndex(below: 1 << UInt32(bits))) }
        let image = try run.run(codes)
        let mapped = run.mapping.layers[0]
        let products = engine.columns * engine.planeLanes * engine.pixelLanes
        let rbe = Self.rbeCycles(bits: bits)
        let steps = mapped.storedRows * mapped.groups * ((bits + engine.planeLanes - 1) / engine.planeLanes)
        return Row(
            name: "3 x 3, 64 to 64, \(Self.extent) x \(Self.extent)", weight_bits: bits, activation_bits: bits,
            cycles: image.cycles, products_per_cycle: products,
            utilisation: Double(steps) / Double(image.cycles), window_stall_cycles: mapped.windowStalls,
            bank_stall_cycles: mapped.bankStalls, senses: image.senses, rbe_cycles: rbe,
            rbe_products_per_cycle: 81 * 4 * 32,
            ratio: Double(rbe * 81 * 4 * 32) / Double(image.cycles * products))
    }

    private static func rbeCycles(bits: Int) -> Int {
        let tiles = (extent / 3) * (extent / 3)
        return tiles * ((bits + 3) / 4) * (channels / 32) * (channels / 32) * (32 * bits + 2)
    }
}
