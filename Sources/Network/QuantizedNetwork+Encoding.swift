private import Foundation
private import Hashing

extension QuantizedNetwork {
    /// The bytes of the network's file; the same network gives the same bytes on every machine.
    public func encoded() -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings and integers alone: there is no value in a header that JSON lacks.
        guard let header = try? encoder.encode(NetworkHeader(of: self)) else {
            preconditionFailure("a header of strings and integers has no JSON")
        }
        var bytes = NetworkFormat.magic
        bytes += NetworkFormat.littleEndian(NetworkFormat.version)
        bytes += NetworkFormat.littleEndian(UInt32(header.count))
        bytes += header
        for layer in layers {
            switch layer {
            case .fullyConnected(let layer):
                bytes += layer.weights.lazy.map { UInt8(bitPattern: $0) }
                for value in layer.bias { bytes += NetworkFormat.littleEndian(UInt32(bitPattern: value)) }
            }
        }
        return bytes + sha256Digest(bytes)
    }
}
