private import Foundation
private import Hashing

extension QuantizedNetwork {
    /// The bytes of the network's file; the same network gives the same bytes on every machine.
    public func encoded() -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let (content, payload) = NetworkHeader.placing(self)
        // Strings and integers alone: there is no value in a header that JSON lacks.
        guard let header = try? encoder.encode(content) else {
            preconditionFailure("a header of strings and integers has no JSON")
        }
        var bytes = NetworkFormat.magic
        bytes += NetworkFormat.littleEndian(content.version)
        bytes += NetworkFormat.littleEndian(UInt32(header.count))
        bytes += header
        bytes += payload
        return bytes + sha256Digest(bytes)
    }
}

extension NetworkHeader {
    /// The oldest version of the file that holds all of it.
    var version: UInt32 {
        guard layers.count == 1, case .fullyConnected(let layer) = layers[0], input.isVector, layer.sources == nil,
            layer.requantization == nil, layer.weightEncoding == WeightEncoding.signMagnitude.rawValue
        else { return NetworkFormat.versions.upperBound }
        return NetworkFormat.versions.lowerBound
    }
}
