import CoSim
import Spintronics

/// A curve of switching probabilities: ours beside numpy's, at the same accuracy.
struct FokkerPlanckBenchmark {
    private struct Peer: Decodable {
        let version: String
        let seconds: Double
        let probabilities: [Double]
    }

    private static let overdrive = 2.0
    private static let pulsesSeconds = [2e-9, 3e-9, 5e-9, 10e-9]
    /// The numpy solution's own error at these pulses.
    private static let tolerance = 5e-5

    private let process: PeerProcess
    private let layer: FreeLayer
    private var ours: [Double] = []
    private var peers: [Double] = []
    private var version = ""

    init(_ process: PeerProcess, layer: FreeLayer) {
        self.process = process
        self.layer = layer
    }

    /// - Throws: `BenchmarkError.resultsDiffer` when the two do not agree.
    mutating func round() throws {
        let start = threadSeconds()
        let found = FokkerPlanck(thermalStability: layer.thermalStability).outcomes(
            drives: [.constant(overdrive: Self.overdrive)],
            plateaus: Self.pulsesSeconds.map { $0 * layer.relaxationPerSecond })[0]
        ours.append(threadSeconds() - start)
        let peer = try process.run(["numpy", "\(Self.overdrive)"] + Self.pulsesSeconds.map { "\($0)" }, as: Peer.self)
        peers.append(peer.seconds)
        version = peer.version
        for (outcome, expected) in zip(found, peer.probabilities)
        where abs(outcome.switched - expected) > Self.tolerance {
            throw BenchmarkError.resultsDiffer("Fokker-Planck curve", outcome.switched, expected)
        }
    }

    var bench: Bench {
        Bench(
            "Fokker-Planck curve", ours: ours, reference: peers, "numpy \(version)", unit: "s", bar: .atLeast(5)
        ) { $1 / $0 }
    }
}
