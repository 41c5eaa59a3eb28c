import Engine
import Golden
import Network
import Randomness
import Testing
import Verification

/// Law: whenever the supply fails, a network's result is that of a run that nothing interrupted, and model and twin agree in every
/// cycle with power though each failure fills registers and volatile memories of the model with noise.
@Suite struct PowerFailureTests {
    private static let small: Engine.NetworkEngine = with {
        $0.rows = 512
        $0.columns = 16
        $0.wordCodes = 4
        $0.chunks = 4
        $0.entries = 128
        $0.channels = 32
        $0.depth = 128
        $0.layers = 4
        $0.weightBits = 3
        $0.activationBits = 4
        $0.planeLanes = 2
        $0.pixels = 4
        $0.pixelLanes = 2
        $0.poolArea = 9
    }

    /// A small layer of every kind, an image, and what it gives.
    private static func network(seed: UInt64, on engine: Engine.NetworkEngine) throws -> (
        network: QuantizedNetwork, image: [UInt8], result: [Int32]
    ) {
        var networks = RandomNetwork(
            random: StimulusRandom(seed: seed), Golden.NetworkEngine.Parameters(engine))
        let (network, _) = try networks.draw()
        var random = KeyedStream(seed: seed, stream: 5)
        let image = (0..<network.input.features).map { _ in
            UInt8(random.nextIndex(below: UInt32(network.input.largestCode + 1)))
        }
        return (network, image, network.infer(activations: image))
    }

    @Test func aPeriodicTraceChangesNothing() throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            let (network, image, result) = try Self.network(seed: seed, on: Self.small)
            var run = try PowerRun(
                network, on: Self.small, seed: seed, policy: PowerPolicy(interval: 60),
                supply: PowerTrace(periods: [400, 297, 513], holdUpCycles: 80))
            for _ in 0..<2 { #expect(try run.run(image) == result, "seed \(seed)") }
            print(run.statistics)
        }
    }
}
