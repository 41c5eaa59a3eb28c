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
        with { $0.rows = 4096 },
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

    /// In all combinations of skipping rows, skipping zeros and upsets.
    @Test(
        arguments: [0, 1, 2, 3],
        [
            (true, false, 0), (true, false, 0.002), (false, false, 0), (false, false, 0.002), (true, true, 0),
            (true, true, 0.002), (false, true, 0), (false, true, 0.002),
        ])
    func agreesWithItsDefinition(
        engine: Int, settings: (skipsRows: Bool, skipsZeros: Bool, upsetRate: Double)
    ) throws {
        let (skipsRows, skipsZeros, upsetRate) = settings
        let hardware = Self.engines[engine]
        let parameters = Golden.NetworkEngine.Parameters(hardware)
        let seed: UInt64 = 40 + UInt64(engine)
        var networks = RandomNetwork(random: StimulusRandom(seed: seed), parameters)
        var random = KeyedStream(seed: seed, stream: 77)
        var upsetsSeen = 0
        var runs = 0
        var (saved, least) = (0, 0)
        for number in 0..<6 {
            let (network, _) = try networks.draw()
            // Without skipping a network may be too large for the engine.
            guard
                let mapping = try? NetworkMapping(
                    network, parameters, skipsRows: skipsRows, skipsZeros: skipsZeros)
            else { continue }
            runs += 1
            var run = try NetworkRun(
                network, on: hardware, skipsRows: skipsRows, skipsZeros: skipsZeros, seed: seed, upsetRate: upsetRate)
            var functional = FunctionalEngine(network, mapping)
            var upsets = try ReadUpsets.sensing(mapping, seed: seed, rate: upsetRate)
            for image in 0..<3 {
                // The first image is all zero, the second mostly, the third not at all.
                let codes = (0..<network.input.features).map { _ in
                    random.nextIndex(below: 5) < [5, 4, 0][image]
                        ? 0 : UInt8(random.nextIndex(below: UInt32(network.input.largestCode + 1)))
                }
                let place = "engine \(engine), seed \(seed), network \(number), image \(image)"
                let found = try run.run(codes)
                let outcome = functional.run(codes, image: image, upsets: &upsets)
                #expect(found.result == outcome.result, "\(place)")
                #expect(found.cycles == outcome.cycles, "\(place)")
                #expect(found.senses == outcome.senses, "\(place)")
                #expect(found.upsets == outcome.upsets, "\(place)")
                upsetsSeen += outcome.upsets
                #expect(mapping.leastCycles...mapping.cycles ~= found.cycles, "\(place)")
                saved += mapping.cycles - found.cycles
                if skipsZeros { least += mapping.senses - found.senses }
                guard upsetRate == 0 else { continue }
                #expect(found.result.map { Int($0) } == NetworkReference.result(network, codes), "\(place)")
                #expect(network.infer(activations: codes) == outcome.result, "\(place)")
            }
            #expect(!run.isSaturated)
        }
        #expect(runs >= 3)
        #expect((saved > 0) == skipsZeros && (least > 0) == skipsZeros, "\(saved) cycles, \(least) senses")
        #expect(upsetRate == 0 || upsetsSeen > 0)
    }

    /// A narrow accumulator saturates in the same places on the RTL and on the functional level.
    @Test func saturatesAlike() throws {
        let hardware: Engine.NetworkEngine = with {
            $0.rows = 2048
            $0.columns = 4
            $0.wordCodes = 4
            $0.chunks = 64
            $0.activationBits = 3
            $0.planeLanes = 2
            $0.weightBits = 3
            $0.accumulatorWidth = 9
        }
        let parameters = Golden.NetworkEngine.Parameters(hardware)
        var random = KeyedStream(seed: 9, stream: 78)
        var saturated = 0
        for number in 0..<10 {
            let network = try Self.leaningNetwork(&random)
            let skipsZeros = number % 2 == 1
            let mapping = try NetworkMapping(network, parameters, skipsZeros: skipsZeros)
            var run = try NetworkRun(network, on: hardware, skipsZeros: skipsZeros, seed: 9, upsetRate: 0.01)
            var functional = FunctionalEngine(network, mapping)
            var upsets = try ReadUpsets.sensing(mapping, seed: 9, rate: 0.01)
            let codes = (0..<network.input.features).map { _ in UInt8(random.nextIndex(below: 8)) }
            let outcome = functional.run(codes, image: 0, upsets: &upsets)
            #expect(try run.run(codes).result == outcome.result, "seed 9, network \(number)")
            #expect(run.upsets == outcome.upsets, "seed 9, network \(number)")
            #expect(run.isSaturated == outcome.isSaturated, "seed 9, network \(number)")
            if outcome.isSaturated { saturated += 1 }
        }
        #expect(saturated >= 5)
    }

    /// A convolution and a classifier whose filters lean to one side or the other, so that sums leave nine bits and come back.
    private static func leaningNetwork(_ random: inout KeyedStream) throws -> QuantizedNetwork {
        func weights(outputs: Int, inputs: Int) -> [Int8] {
            (0..<outputs * inputs).map { index in
                let lean = index / inputs % 2 == 0 ? 1 : -1
                return Int8(min(max(random.nextIndex(below: 7) - 3 + lean, -3), 3))
            }
        }
        func biases(_ count: Int) -> [Int32] { (0..<count).map { _ in Int32(random.nextIndex(below: 401)) - 200 } }
        let outputs = 6
        let convolution = QuantizedNetwork.Convolution(
            inputChannels: 5, outputs: outputs,
            window: SlidingWindow(
                size: .init(height: 3, width: 3), padding: .init(top: 1, left: 1, bottom: 1, right: 1)),
            weightBits: 3, weights: weights(outputs: outputs, inputs: 45), bias: biases(outputs),
            requantization: Requantization(
                multipliers: Array(repeating: 1 << 30, count: outputs), shifts: Array(repeating: -4, count: outputs),
                bits: 3))
        let classifier = QuantizedNetwork.FullyConnected(
            inputs: 3 * 3 * outputs, outputs: 4, weightBits: 3, weights: weights(outputs: 4, inputs: 54),
            bias: biases(4))
        return try QuantizedNetwork(
            name: "leaning", input: ActivationFormat(height: 3, width: 3, channels: 5, bits: 3),
            layers: [.convolution(convolution), .fullyConnected(classifier)])
    }

    /// The stimulus has every kind of layer, and hardly ever falls back to the smallest network.
    @Test func everyKindOfLayerIsDrawn() throws {
        for (number, hardware) in Self.engines.enumerated() {
            let parameters = Golden.NetworkEngine.Parameters(hardware)
            var networks = RandomNetwork(random: StimulusRandom(seed: 3), parameters)
            var kinds: [String: Int] = [:]
            var (chunks, partialGroups, fallbacks) = (0, 0, 0)
            for _ in 0..<200 {
                let (network, mapping) = try networks.draw()
                if network.name == "smallest" { fallbacks += 1 }
                for layer in network.layers { kinds[layer.kind, default: 0] += 1 }
                for (layer, descriptor) in zip(mapping.layers, mapping.descriptors) where layer.storedRows > 0 {
                    if layer.chunks > 1 { chunks += 1 }
                    if descriptor[.outputPixels] % parameters.pixels != 0 { partialGroups += 1 }
                }
            }
            for kind in ["convolution", "depthwise-convolution", "fully-connected", "max-pool", "average-pool", "add"] {
                #expect(kinds[kind, default: 0] >= 10, "engine \(number), \(kind)")
            }
            #expect(chunks >= 5, "engine \(number)")
            #expect(partialGroups >= 20 || parameters.pixels == 1, "engine \(number)")
            #expect(fallbacks == 0, "engine \(number)")
        }
    }
}
