/// The header of a network file, as its JSON holds it.
struct NetworkHeader: Codable, Equatable {
    struct Input: Codable, Equatable {
        var features: Int
        var bits: Int
    }

    struct Tensor: Codable, Equatable {
        var offset: Int
        var bytes: Int
        var type: String
    }

    struct Layer: Codable, Equatable {
        var kind: String
        var inputs: Int
        var outputs: Int
        var weightBits: Int
        var weightEncoding: String
        var weights: Tensor
        var bias: Tensor
    }

    var name: String
    var input: Input
    var layers: [Layer]
    var training: [String: String]
}

extension NetworkHeader {
    /// The header of a network whose tensors lie one after the other.
    init(of network: QuantizedNetwork) {
        name = network.name
        input = Input(features: network.input.features, bits: network.input.bits)
        training = network.training
        layers = []
        var offset = 0
        func place(bytes: Int, type: String) -> Tensor {
            defer { offset += bytes }
            return Tensor(offset: offset, bytes: bytes, type: type)
        }
        for layer in network.layers {
            switch layer {
            case .fullyConnected(let layer):
                layers.append(
                    Layer(
                        kind: "fully-connected", inputs: layer.inputs, outputs: layer.outputs,
                        weightBits: layer.weightBits, weightEncoding: "sign-magnitude",
                        weights: place(bytes: layer.weights.count, type: "int8"),
                        bias: place(bytes: layer.bias.count * 4, type: "int32")))
            }
        }
    }

    /// Bytes of the payload that the tensors promise, or nil where they are no sizes at all.
    var payloadBytes: Int? {
        var total = 0
        for tensor in layers.flatMap({ [$0.weights, $0.bias] }) {
            guard tensor.bytes >= 0, tensor.bytes <= 1 << 42 else { return nil }
            total += tensor.bytes
        }
        return total
    }
}
