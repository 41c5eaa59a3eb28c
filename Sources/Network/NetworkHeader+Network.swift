extension NetworkHeader {
    /// The header of a network whose tensors lie one after the other, and their bytes.
    static func placing(_ network: QuantizedNetwork) -> (header: NetworkHeader, payload: [UInt8]) {
        var payload = Payload()
        let layers = network.layers.enumerated().map { index, layer in
            let sources = network.sources[index] == [index - 1] ? nil : network.sources[index]
            return payload.place(layer, sources: sources)
        }
        let header = NetworkHeader(
            name: network.name, input: Input(network.input), layers: layers, training: network.training)
        return (header, payload.bytes)
    }

    /// Puts tensors one after the other.
    private struct Payload {
        var bytes: [UInt8] = []

        mutating func place(_ values: [Int8]) -> Tensor {
            place(values.map { UInt8(bitPattern: $0) }, type: "int8")
        }

        mutating func place(_ values: [Int32]) -> Tensor {
            place(values.flatMap { NetworkFormat.littleEndian(UInt32(bitPattern: $0)) }, type: "int32")
        }

        private mutating func place(_ added: [UInt8], type: String) -> Tensor {
            defer { bytes += added }
            return Tensor(offset: bytes.count, bytes: added.count, type: type)
        }

        mutating func place(_ value: Network.Requantization) -> Requantization {
            Requantization(
                multipliers: place(value.multipliers), shifts: place(value.shifts.map { Int8($0) }), bits: value.bits,
                zeroPoint: value.zeroPoint, lowest: value.lowest, highest: value.highest,
                rounding: value.rounding.rawValue)
        }

        mutating func place(_ layer: QuantizedNetwork.Layer, sources: [Int]?) -> Layer {
            let kind = layer.kind
            return switch layer {
            case .fullyConnected(let layer):
                .fullyConnected(
                    FullyConnected(
                        kind: kind, sources: sources, inputs: layer.inputs, outputs: layer.outputs,
                        weightBits: layer.weightBits, weightEncoding: layer.encoding.rawValue,
                        weights: place(layer.weights), bias: place(layer.bias),
                        requantization: layer.requantization.map { place($0) }))
            case .convolution(let layer):
                .convolution(
                    Convolution(
                        kind: kind, sources: sources,
                        inputChannels: layer.inputChannels, outputs: layer.outputs, window: Extent(layer.window.size),
                        stride: Extent(layer.window.stride), padding: Padding(layer.window.padding),
                        weightBits: layer.weightBits, weightEncoding: layer.encoding.rawValue,
                        weights: place(layer.weights), bias: place(layer.bias),
                        requantization: layer.requantization.map { place($0) }))
            case .pooling(let layer):
                .pooling(
                    Pooling(
                        kind: kind, sources: sources, window: Extent(layer.window.size),
                        stride: Extent(layer.window.stride), padding: Padding(layer.window.padding),
                        roundingOrigin: layer.roundingOrigin))
            case .addition(let layer):
                .addition(
                    Addition(
                        kind: kind, sources: sources,
                        branches: [layer.first, layer.second].map {
                            Branch(multiplier: Int($0.multiplier), shift: $0.shift)
                        },
                        requantization: place(layer.requantization)))
            }
        }
    }
}

extension NetworkHeader.Input {
    init(_ input: ActivationFormat) {
        self.init(features: input.features, bits: input.bits)
        if input.height != 1 || input.width != 1 {
            (height, width, channels) = (input.height, input.width, input.channels)
        }
        if input.zeroPoint != 0 { zeroPoint = input.zeroPoint }
    }

    /// Whether version 1 of the file can say it.
    var isVector: Bool { height == nil && zeroPoint == nil }
}

extension NetworkHeader.Extent {
    init(_ extent: SlidingWindow.Extent) { self.init(height: extent.height, width: extent.width) }
}

extension NetworkHeader.Padding {
    init(_ padding: SlidingWindow.Padding) {
        self.init(top: padding.top, left: padding.left, bottom: padding.bottom, right: padding.right)
    }
}
