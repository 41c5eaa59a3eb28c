import CoSim
import Engine
import Golden
import Network
import Randomness
import Verification

/// Pairs of bits a second of the functional level's AND and population count, beside the same layer in C.
struct PopcountKernelBenchmark {
    private struct Peer: Decodable {
        let kernel: String
        let seconds: Double
        let pairs: Double
    }

    /// A 3 × 3 convolution of 128 channels: 256 windows of 1,152 codes, 128 filters, one bit each.
    private static let name = "AND and population count"
    private static let extent = 16
    private static let channels = 128
    private static let filters = 128
    private static let words = 9 * channels / 64
    private static let passes = 200
    /// Turns in a round: short ones, so that a disturbance hits one of many.
    private static let turns = 10

    private let process: PeerProcess
    private var engine: FunctionalEngine
    private let expected: Int
    private var ours: [Double] = []
    private var c: [Double] = []
    private var kernel = ""

    init(_ process: PeerProcess, seed: UInt64) throws {
        self.process = process
        var random = KeyedStream(seed: seed, stream: 1)
        let weights = (0..<Self.filters * 9 * Self.channels).map { _ in Int8(random.nextUInt32() & 1) }
        let window = SlidingWindow(
            size: .init(height: 3, width: 3), padding: .init(top: 1, left: 1, bottom: 1, right: 1))
        let layer = QuantizedNetwork.Convolution(
            inputChannels: Self.channels, outputs: Self.filters, window: window, weightBits: 2, weights: weights,
            bias: Array(repeating: 0, count: Self.filters),
            requantization: Requantization(
                multipliers: Array(repeating: 1 << 30, count: Self.filters),
                shifts: Array(repeating: -3, count: Self.filters), bits: 8))
        let network = try QuantizedNetwork(
            name: "one layer",
            input: ActivationFormat(height: Self.extent, width: Self.extent, channels: Self.channels, bits: 1),
            layers: [.convolution(layer)])
        let hardware = try Engine.NetworkEngine().fitting(network)
        engine = FunctionalEngine(network, try NetworkMapping(network, .init(hardware)))
        let codes = (0..<network.input.features).map { _ in UInt8(random.nextUInt32() & 1) }
        var none = ReadUpsets.none
        _ = engine.run(codes, image: 0, upsets: &none)
        expected = Self.sumOfSums(codes, weights)
    }

    /// The sum of all sums, tap by tap: what the kernel must come to.
    private static func sumOfSums(_ codes: [UInt8], _ weights: [Int8]) -> Int {
        var taps = [Int](repeating: 0, count: 9 * channels)
        for filter in 0..<filters { for tap in taps.indices { taps[tap] += Int(weights[filter * taps.count + tap]) } }
        var sum = 0
        for (y, x) in (0..<extent).flatMap({ y in (0..<extent).map { (y, $0) } }) {
            for tap in taps.indices {
                let (row, column) = (y + tap / channels / 3 - 1, x + tap / channels % 3 - 1)
                guard (0..<extent).contains(row), (0..<extent).contains(column) else { continue }
                sum += taps[tap] * Int(codes[(row * extent + column) * channels + tap % channels])
            }
        }
        return sum
    }

    mutating func round() throws {
        let pairs = Double(Self.extent * Self.extent * Self.filters * Self.words * 64 * Self.passes)
        for _ in 0..<Self.turns {
            let start = threadSeconds()
            var sum = 0
            for _ in 0..<Self.passes { sum += engine.accumulate(layer: 0) }
            ours.append(pairs / (threadSeconds() - start))
            guard sum == expected * Self.passes else {
                throw BenchmarkError.resultsDiffer(Self.name, Double(sum), Double(expected * Self.passes))
            }
            let peer: Peer = try process.run(
                [Self.extent * Self.extent, Self.filters, Self.words, Self.passes, 1].map(String.init))
            guard peer.pairs == pairs else { throw BenchmarkError.resultsDiffer(Self.name, pairs, peer.pairs) }
            c.append(pairs / peer.seconds)
            kernel = peer.kernel
        }
    }

    var bench: Bench {
        Bench(
            Self.name, ours: ours, reference: c, "C, \(kernel)", unit: "bit pairs/s", bar: .atLeast(0.85)
        ) { $0 / $1 }
    }
}
