/// The header of a network file, as its JSON holds it. What version 1 has not is absent where it says nothing new.
struct NetworkHeader: Codable, Equatable {
    struct Input: Codable, Equatable {
        var features: Int
        var bits: Int
        var height: Int?
        var width: Int?
        var channels: Int?
        var zeroPoint: Int?
    }

    struct Tensor: Codable, Equatable {
        var offset: Int
        var bytes: Int
        var type: String
    }

    struct Requantization: Codable, Equatable {
        var multipliers: Tensor
        var shifts: Tensor
        var bits: Int
        var zeroPoint: Int
        var lowest: Int
        var highest: Int
        var rounding: String
    }

    struct Extent: Codable, Equatable {
        var height: Int
        var width: Int
    }

    struct Padding: Codable, Equatable {
        var top: Int
        var left: Int
        var bottom: Int
        var right: Int
    }

    struct FullyConnected: Codable, Equatable {
        var kind: String
        var sources: [Int]?
        var inputs: Int
        var outputs: Int
        var weightBits: Int
        var weightEncoding: String
        var weights: Tensor
        var bias: Tensor
        var requantization: Requantization?
    }

    struct Convolution: Codable, Equatable {
        var kind: String
        var sources: [Int]?
        var inputChannels: Int
        var outputs: Int
        var window: Extent
        var stride: Extent
        var padding: Padding
        var weightBits: Int
        var weightEncoding: String
        var weights: Tensor
        var bias: Tensor
        var requantization: Requantization?
    }

    struct Pooling: Codable, Equatable {
        var kind: String
        var sources: [Int]?
        var window: Extent
        var stride: Extent
        var padding: Padding
        var roundingOrigin: Int
    }

    struct Branch: Codable, Equatable {
        var multiplier: Int
        var shift: Int
    }

    struct Addition: Codable, Equatable {
        var kind: String
        var sources: [Int]?
        var branches: [Branch]
        var requantization: Requantization
    }

    enum Layer: Equatable {
        case fullyConnected(FullyConnected)
        case convolution(Convolution)
        case pooling(Pooling)
        case addition(Addition)
        case unknown(kind: String)

        static let fullKind = "convolution"
        static let depthwiseKind = "depthwise-convolution"
        static let kinds = ["fully-connected", fullKind, depthwiseKind, "max-pool", "average-pool", "add"]

        var sources: [Int]? {
            switch self {
            case .fullyConnected(let layer): layer.sources
            case .convolution(let layer): layer.sources
            case .pooling(let layer): layer.sources
            case .addition(let layer): layer.sources
            case .unknown: nil
            }
        }

        /// The tensors in the order in which they lie in the payload.
        var tensors: [Tensor] {
            func scales(_ requantization: Requantization?) -> [Tensor] {
                requantization.map { [$0.multipliers, $0.shifts] } ?? []
            }
            return switch self {
            case .fullyConnected(let layer): [layer.weights, layer.bias] + scales(layer.requantization)
            case .convolution(let layer): [layer.weights, layer.bias] + scales(layer.requantization)
            case .addition(let layer): scales(layer.requantization)
            case .pooling, .unknown: []
            }
        }
    }

    var name: String
    var input: Input
    var layers: [Layer]
    var training: [String: String]

    /// Bytes of the payload that the tensors promise, or nil where they are no sizes at all, or unknown.
    var payloadBytes: Int? {
        var total = 0
        for layer in layers {
            if case .unknown = layer { return nil }
        }
        for tensor in layers.flatMap(\.tensors) {
            guard tensor.bytes >= 0, tensor.bytes <= 1 << 42 else { return nil }
            total += tensor.bytes
        }
        return total
    }
}

extension NetworkHeader.Layer: Codable {
    private enum Key: CodingKey { case kind }

    init(from decoder: any Decoder) throws {
        let kind = try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .kind)
        switch kind {
        case "fully-connected": self = .fullyConnected(try .init(from: decoder))
        case Self.fullKind, Self.depthwiseKind: self = .convolution(try .init(from: decoder))
        case "max-pool", "average-pool": self = .pooling(try .init(from: decoder))
        case "add": self = .addition(try .init(from: decoder))
        default: self = .unknown(kind: kind)
        }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .fullyConnected(let layer): try layer.encode(to: encoder)
        case .convolution(let layer): try layer.encode(to: encoder)
        case .pooling(let layer): try layer.encode(to: encoder)
        case .addition(let layer): try layer.encode(to: encoder)
        case .unknown: break
        }
    }
}
