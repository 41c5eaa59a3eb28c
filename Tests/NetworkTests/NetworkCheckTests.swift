import Network
import Testing

/// Law: a network that exists can be run on every input without leaving 32 bits; what cannot is refused with the key that
/// its file's header has.
@Suite("Checks of a network")
struct NetworkCheckTests {
    /// Every kind of layer: a convolution, a depthwise one beside it, their sum, a mean, and a classifier.
    static func parts() -> (input: ActivationFormat, layers: [QuantizedNetwork.Layer], sources: [[Int]]) {
        func scales(_ count: Int, shift: Int = -4, _ rounding: Requantization.Rounding = .once) -> Requantization {
            Requantization(
                multipliers: Array(repeating: 1 << 30 + 77, count: count),
                shifts: Array(repeating: shift, count: count),
                bits: 4, zeroPoint: 3, lowest: 3, highest: 14, rounding: rounding)
        }
        let three = SlidingWindow(
            size: .init(height: 3, width: 3), padding: .init(top: 1, left: 1, bottom: 1, right: 1))
        let branch = QuantizedNetwork.Addition.Branch(multiplier: 1 << 30, shift: -1)
        let weight: (Int) -> Int8 = { Int8($0 * 5 % 15 - 7) }
        return (
            ActivationFormat(height: 6, width: 5, channels: 2, bits: 8, zeroPoint: 128),
            [
                .convolution(
                    .init(
                        inputChannels: 2, outputs: 4, window: three, weightBits: 4, weights: (0..<72).map(weight),
                        bias: [1, -2, 3, -4], requantization: scales(4))),
                .convolution(
                    .init(
                        inputChannels: 4, outputs: 4, window: three, isDepthwise: true, weightBits: 4,
                        weights: (0..<36).map(weight), bias: [0, 0, 0, 9], requantization: scales(4))),
                .addition(.init(first: branch, second: branch, requantization: scales(1, shift: -19, .twice))),
                .pooling(.init(.average, window: .init(size: .init(height: 6, width: 5)), roundingOrigin: 3)),
                .fullyConnected(
                    .init(inputs: 4, outputs: 3, weightBits: 4, weights: (0..<12).map(weight), bias: [5, 6, 7])),
            ], [[-1], [0], [1, 0], [2], [3]]
        )
    }

    static func everyKind() throws -> QuantizedNetwork {
        let (input, layers, sources) = parts()
        return try QuantizedNetwork(name: "kinds", input: input, layers: layers, sources: sources)
    }

    private static func message(
        _ change: (inout ActivationFormat, inout [QuantizedNetwork.Layer], inout [[Int]]) -> Void
    ) -> String {
        var (input, layers, sources) = parts()
        change(&input, &layers, &sources)
        do throws(NetworkFileError) {
            _ = try QuantizedNetwork(name: "net", input: input, layers: layers, sources: sources)
            return ""
        } catch { return error.description }
    }

    private static func convolution(
        _ number: Int = 0, _ change: @escaping (inout QuantizedNetwork.Convolution) -> Void
    ) -> String {
        message { _, layers, _ in
            guard case .convolution(var layer) = layers[number] else { return }
            change(&layer)
            layers[number] = .convolution(layer)
        }
    }

    @Test("each layer's format follows from the one before")
    func formats() throws {
        let network = try Self.everyKind()
        #expect(network.formats[0] == ActivationFormat(height: 6, width: 5, channels: 4, bits: 4, zeroPoint: 3))
        #expect(network.formats[3] == ActivationFormat(height: 1, width: 1, channels: 4, bits: 4, zeroPoint: 3))
        #expect(network.formats[4] == nil)
        #expect(network.infer(activations: (0..<60).map { UInt8($0 * 4) }).count == 3)
    }

    @Test("what is wrong with the input or the order of layers is named")
    func order() {
        let message = Self.message
        #expect(message { _, _, _ in } == "")
        #expect(message { input, _, _ in input.height = 0 } == "net: input.height is 0; allowed is 1 to 4096")
        #expect(message { input, _, _ in input.width = 5000 } == "net: input.width is 5000; allowed is 1 to 4096")
        #expect(
            message { input, _, _ in (input.height, input.width, input.channels) = (4096, 4096, 1) }
                == "net: input.width is 4096; allowed is 1 to 256")
        #expect(message { input, _, _ in input.channels = 0 } == "net: input.channels is 0; allowed is 1 to 34952")
        #expect(message { input, _, _ in input.zeroPoint = 256 } == "net: input.zeroPoint is 256; allowed is 0 to 255")
        #expect(
            message { _, _, sources in sources.removeLast() }
                == "net: sources is 4 lists; allowed is a list for each of 5 layers")
        #expect(message { _, _, sources in sources[2] = [1] } == "net: layers[2].sources is 1 sources; allowed is 2")
        #expect(message { _, _, sources in sources[1] = [1] } == "net: layers[1].sources[0] is 1; allowed is -1 to 0")
        #expect(
            message { _, layers, sources in
                layers.append(layers[4])
                sources.append([4])
            } == "net: layers[4].requantization is absent; allowed is absent in the last layer alone")
        #expect(
            message { _, _, sources in sources[2] = [1, -1] }
                == "net: layers[2].sources is tensors of 6 x 5 x 4 and 6 x 5 x 2; allowed is two of one shape")
    }

    @Test("what is wrong with a convolution is named")
    func convolutions() {
        let convolution = Self.convolution
        #expect(convolution(0) { $0.inputChannels = 3 } == "net: layers[0].inputChannels is 3; allowed is 2")
        #expect(convolution(0) { $0.outputs = 0 } == "net: layers[0].outputs is 0; allowed is 1 to 1048576")
        #expect(
            convolution(1) { $0.outputs = 6 }
                == "net: layers[1].outputs is 6; allowed is a multiple of the 4 input channels")
        #expect(
            convolution(0) { $0.window.size.height = 0 } == "net: layers[0].window.height is 0; allowed is 1 to 64")
        #expect(
            convolution(0) { $0.window.stride.width = 65 } == "net: layers[0].stride.width is 65; allowed is 1 to 64")
        #expect(convolution(0) { $0.window.padding.left = 3 } == "net: layers[0].padding.left is 3; allowed is 0 to 2")
        #expect(
            convolution(0) { $0.window.size.height = 9 }
                == "net: layers[0].window is 9 x 3; allowed is one that fits the 6 x 5 pixels and their padding")
        #expect(
            convolution(0) {
                $0.weightBits = 1
                $0.encoding = .plusMinusOne
            } == "net: layers[0].weights[0][0] is -7; allowed is -1 or 1, as weights have 1 bit")
        #expect(
            convolution(0) { $0.weightBits = 1 } == "net: layers[0].weightBits is 1; allowed is 2 to 8")
        #expect(
            convolution(0) { $0.encoding = .zeroOne } == "net: layers[0].weightBits is 4; allowed is 1")
        #expect(
            convolution(0) { $0.bias[1] = .min }.hasPrefix(
                "net: layers[0].bias[1] is -2147483648; allowed is a bias with which no accumulator can leave 32 bits"))
    }

    @Test("what is wrong with a scale is named")
    func scales() {
        func scale(_ change: @escaping (inout Requantization) -> Void) -> String {
            Self.convolution {
                if var scales = $0.requantization {
                    change(&scales)
                    $0.requantization = scales
                }
            }
        }
        let key = "net: layers[0].requantization"
        #expect(scale { $0.bits = 9 } == "\(key).bits is 9; allowed is 1 to 8")
        #expect(scale { $0.zeroPoint = 16 } == "\(key).zeroPoint is 16; allowed is 0 to 15")
        #expect(scale { $0.lowest = -1 } == "\(key).lowest is -1; allowed is 0 to 15")
        #expect(scale { $0.highest = 2 } == "\(key).highest is 2; allowed is 3 to 15")
        #expect(scale { $0.multipliers.removeLast() } == "\(key).multipliers.bytes is 12; allowed is 16")
        #expect(scale { $0.shifts.append(0) } == "\(key).shifts.bytes is 5; allowed is 4")
        #expect(
            scale { $0.multipliers[2] = 5 } == "\(key).multipliers[2] is 5; allowed is 0, or 1073741824 to 2147483647")
        #expect(scale { $0.shifts[3] = -32 } == "\(key).shifts[3] is -32; allowed is -31 to 30")
        #expect(
            scale { $0.shifts[0] = 20 }.hasPrefix(
                "\(key).shifts[0] is 20; allowed is one with which no accumulator can leave 32 bits (they reach "))
    }

    @Test("what is wrong with a sum or a mean is named")
    func others() {
        #expect(
            Self.message { _, layers, _ in
                if case .addition(var layer) = layers[2] {
                    layer.second.shift = 1
                    layers[2] = .addition(layer)
                }
            } == "net: layers[2].branches[1].shift is 1; allowed is -31 to 0")
        #expect(
            Self.message { _, layers, _ in
                if case .addition(var layer) = layers[2] {
                    layer.first.multiplier = 1
                    layers[2] = .addition(layer)
                }
            } == "net: layers[2].branches[0].multiplier is 1; allowed is 0, or 1073741824 to 2147483647")
        #expect(
            Self.message { _, layers, _ in
                if case .addition(var layer) = layers[2] {
                    layer.requantization.rounding = .once
                    layers[2] = .addition(layer)
                }
            } == "net: layers[2].requantization.rounding is once; allowed is twice")
        #expect(
            Self.message { _, layers, _ in
                if case .pooling(var layer) = layers[3] {
                    layer.roundingOrigin = 16
                    layers[3] = .pooling(layer)
                }
            } == "net: layers[3].roundingOrigin is 16; allowed is 0 to 15")
    }

    @Test("a layer that would give more numbers than any may is refused")
    func sizes() {
        let input = ActivationFormat(height: 1, width: 1, channels: 1 << 20, bits: 8)
        let window = SlidingWindow(
            size: .init(height: 2, width: 2), padding: .init(top: 1, left: 1, bottom: 1, right: 1))
        #expect(
            throws: NetworkFileError.value(
                file: "net", key: "layers[0].outputs", found: "2 x 2 x 1048576", allowed: "1048576 numbers in all")
        ) {
            try QuantizedNetwork(name: "net", input: input, layers: [.pooling(.init(.maximum, window: window))])
        }
        let one = QuantizedNetwork.Convolution(
            inputChannels: 1, outputs: 1, window: window, weightBits: 2, weights: [1, 1, 1, 1], bias: [0])
        #expect(
            throws: NetworkFileError.value(
                file: "net", key: "layers[0].outputs", found: "1025 x 1025 x 1", allowed: "1048576 numbers in all")
        ) {
            try QuantizedNetwork(
                name: "net", input: .init(height: 1024, width: 1024, channels: 1, bits: 1),
                layers: [.convolution(one)])
        }
    }
}
