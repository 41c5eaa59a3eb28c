import Engine
import Golden
import Network
import Testing
import Verification

/// What a mapping promises by itself, and what it refuses.
@Suite struct NetworkMappingTests {
    private static let parameters = Golden.NetworkEngine.Parameters(with { $0.rows = 4096 } as Engine.NetworkEngine)

    private static func message(
        _ input: ActivationFormat, _ layers: [QuantizedNetwork.Layer],
        _ change: (inout Golden.NetworkEngine.Parameters) -> Void = { _ in }
    ) throws -> String {
        var parameters = Self.parameters
        change(&parameters)
        let network = try QuantizedNetwork(name: "net", input: input, layers: layers)
        do {
            _ = try NetworkMapping(network, parameters)
            return "mapped"
        } catch {
            return "\(error)"
        }
    }

    private static func convolution(outputs: Int, channels: Int, isRaw: Bool = false) -> QuantizedNetwork.Layer {
        .convolution(
            QuantizedNetwork.Convolution(
                inputChannels: channels, outputs: outputs, window: SlidingWindow(size: .init(height: 1, width: 1)),
                weightBits: 2, weights: Array(repeating: 1, count: outputs * channels),
                bias: Array(repeating: 0, count: outputs),
                requantization: isRaw
                    ? nil
                    : Requantization(
                        multipliers: Array(repeating: 1 << 30, count: outputs),
                        shifts: Array(repeating: 0, count: outputs), bits: 8)))
    }

    @Test func refusesWhatTheEngineHasNotWithTheParameterToRaise() throws {
        let image = ActivationFormat(height: 9, width: 9, channels: 2, bits: 8)
        let pool = QuantizedNetwork.Layer.pooling(
            .init(.maximum, window: SlidingWindow(size: .init(height: 9, width: 8))))
        let layer = Self.convolution(outputs: 2, channels: 2)
        #expect(try Self.message(image, [layer]) == "mapped")
        #expect(
            try Self.message(image, [pool])
                == "the network needs 72 pixels under the window of layer 0, the engine has 64; raise 'pool-area'")
        #expect(
            try Self.message(image, [layer, layer], { $0.layers = 1 })
                == "the network needs 2 layers, the engine has 1; raise 'layers'")
        #expect(
            try Self.message(image, [layer], { $0.depth = 10 })
                == "the network needs 42 words a bank of activations, the engine has 10; raise 'depth'")
        #expect(
            try Self.message(image, [layer], { $0.entries = 1 })
                == "the network needs 2 row groups, the engine has 1; raise 'entries'")
        #expect(
            try Self.message(image, [layer], { $0.channels = 1 })
                == "the network needs 2 output channels, the engine has 1; raise 'channels'")
        #expect(
            try Self.message(image, [Self.convolution(outputs: 2, channels: 2, isRaw: true)])
                == "layer 0 (convolution): sums without requantisation of 81 pixels; allowed 1")
        #expect(
            try Self.message(
                ActivationFormat(features: 70_000, bits: 1),
                [.pooling(.init(.maximum, window: SlidingWindow(size: .init(height: 1, width: 1))))],
                { $0.wordCodes = 1 })
                == "layer 0 (max-pool), words of a pixel: found 70000, allowed 1 to 65535")
    }

    /// Tensors in use at once do not overlap, and a place that is free again is used again.
    @Test func tensorsInUseDoNotOverlap() throws {
        let image = ActivationFormat(height: 8, width: 8, channels: 16, bits: 8)
        let add = QuantizedNetwork.Layer.addition(
            .init(
                first: .init(multiplier: 1 << 30, shift: 0), second: .init(multiplier: 1 << 30, shift: 0),
                requantization: Requantization(multipliers: [1 << 30], shifts: [-19], bits: 8, rounding: .twice)))
        let layer = Self.convolution(outputs: 16, channels: 16)
        let network = try QuantizedNetwork(
            name: "net", input: image, layers: [layer, layer, layer, add, layer],
            sources: [[-1], [0], [1], [2, 0], [3]])
        let mapping = try NetworkMapping(network, Self.parameters)
        let bases = mapping.descriptors.prefix(5).map { $0[.outputBase] }
        // 16 words a bank each: the input, then layers 0 to 4; layer 0 lives until the sum.
        #expect(bases == [16, 0, 32, 0, 16])
        #expect(mapping.activationDepth == 48)
    }

    @Test func bottlenecksAreNamed() throws {
        func bottleneck(_ engine: Engine.NetworkEngine, _ layer: QuantizedNetwork.Layer) throws -> String? {
            let image = ActivationFormat(height: 16, width: 16, channels: 16, bits: 8)
            let network = try QuantizedNetwork(name: "net", input: image, layers: [layer])
            let mapping = try NetworkMapping(network, Golden.NetworkEngine.Parameters(try engine.fitting(network)))
            return mapping.layers[0].bottleneck?.rawValue
        }
        let (few, many) = (Self.convolution(outputs: 1, channels: 16), Self.convolution(outputs: 60, channels: 16))
        #expect(try bottleneck(with { $0.wordCodes = 2 }, few) == "gathering")
        #expect(
            try bottleneck(
                with {
                    $0.phases.evaluate = 15; $0.banks = 1
                }, many) == "sensing")
        #expect(try bottleneck(Engine.NetworkEngine(), many) == "datapath")
        #expect(
            try bottleneck(
                Engine.NetworkEngine(),
                .pooling(.init(.average, window: SlidingWindow(size: .init(height: 2, width: 2)))))
                == nil)
    }
}
