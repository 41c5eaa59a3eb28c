import Engine
import Golden
import Network
import Randomness
import Testing
import Verification

/// Law: a network's result on the RTL, on the cycle-exact twin, on the functional level and by its definition are one;
/// cycles and senses are those that the mapper predicts.
@Suite struct NetworkRunTests {
    /// Engines of different shapes.
    private static let engines: [Engine.NetworkEngine] = [
        with { $0.rows = 2048 },
        with {
            $0.rows = 3000
            $0.columns = 20
            $0.banks = 3
            $0.activationBits = 5
            $0.planeLanes = 2
            $0.weightBits = 4
            $0.pixels = 8
            $0.pixelLanes = 2
            $0.wordCodes = 3
        },
        with {
            $0.rows = 2000
            $0.columns = 100
            $0.banks = 1
            $0.phases.evaluate = 3
            $0.activationBits = 4
            $0.planeLanes = 4
            $0.weightBits = 2
            $0.pixels = 1
            $0.pixelLanes = 1
            $0.wordCodes = 1
            $0.depth = 3000
        },
        with {
            $0.rows = 4000
            $0.columns = 7
            $0.banks = 5
            $0.planeLanes = 3
            $0.pixels = 16
            $0.pixelLanes = 4
            $0.wordCodes = 7
        },
    ]

    @Test(arguments: [0, 1, 2, 3], [0, 0.002]) func agreesWithItsDefinition(engine: Int, upsetRate: Double) throws {
        let hardware = Self.engines[engine]
        let parameters = Golden.NetworkEngine.Parameters(hardware)
        let seed: UInt64 = 40 + UInt64(engine)
        var networks = RandomNetwork(random: StimulusRandom(seed: seed), parameters)
        var random = KeyedStream(seed: seed, stream: 77)
        var upsetsSeen = 0
        for number in 0..<8 {
            let (network, mapping) = try networks.draw()
            var run = try NetworkRun(network, on: hardware, seed: seed, upsetRate: upsetRate)
            var functional = FunctionalEngine(network, mapping)
            var upsets = try ReadUpsets.sensing(mapping, seed: seed, rate: upsetRate)
            for image in 0..<3 {
                let codes = (0..<network.input.features).map { _ in
                    UInt8(random.nextIndex(below: UInt32(network.input.largestCode + 1)))
                }
                let place = "engine \(engine), seed \(seed), network \(number), image \(image)"
                let found = try run.run(codes)
                let outcome = functional.run(codes, image: image, upsets: &upsets)
                #expect(found.result == outcome.result, "\(place)")
                #expect(found.cycles == outcome.cycles, "\(place)")
                #expect(found.senses == outcome.senses, "\(place)")
                upsetsSeen += outcome.upsets
                guard upsetRate == 0 else { continue }
                #expect(found.result.map { Int($0) } == NetworkReference.result(network, codes), "\(place)")
                #expect(network.infer(activations: codes) == outcome.result, "\(place)")
            }
            #expect(!run.isSaturated)
        }
        #expect(upsetRate == 0 || upsetsSeen > 0)
    }
}
