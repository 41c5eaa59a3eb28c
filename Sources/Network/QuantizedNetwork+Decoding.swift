private import Foundation
private import Hashing

extension QuantizedNetwork {
    /// The network in the bytes of a file; `fileName` is for messages.
    ///
    /// Throws `NetworkFileError`; bytes of whatever content give an error or a network that passed every check.
    public init(bytes: [UInt8], fileName: String) throws(NetworkFileError) {
        let header = try Self.header(of: bytes, fileName: fileName)
        var payload = PayloadReader(bytes: bytes, fileName: fileName)
        var layers: [Layer] = []
        for (index, layer) in header.layers.enumerated() {
            let key = "layers[\(index)]"
            try payload.expect("\(key).kind", layer.kind, "fully-connected")
            try payload.expect("\(key).weightEncoding", layer.weightEncoding, "sign-magnitude")
            let weights = try payload.tensor(layer.weights, type: "int8", key: "\(key).weights")
            let bias = try payload.tensor(layer.bias, type: "int32", key: "\(key).bias")
            layers.append(
                .fullyConnected(
                    FullyConnected(
                        inputs: layer.inputs, outputs: layer.outputs, weightBits: layer.weightBits,
                        weights: weights.map { Int8(bitPattern: $0) },
                        bias: stride(from: 0, to: bias.count & ~3, by: 4).map {
                            Int32(bitPattern: NetworkFormat.word(of: bias, at: $0))
                        })))
        }
        try self.init(header: header, layers: layers, fileName: fileName)
    }

    /// The header of a file whose frame (magic, version, size, checksum) is sound.
    private static func header(of bytes: [UInt8], fileName: String) throws(NetworkFileError) -> NetworkHeader {
        let frame = NetworkFormat.prefixBytes + NetworkFormat.checksumBytes
        guard bytes.prefix(8).elementsEqual(NetworkFormat.magic.prefix(bytes.count)), !bytes.isEmpty else {
            throw .notANetwork(file: fileName)
        }
        guard bytes.count >= NetworkFormat.prefixBytes else {
            throw .size(file: fileName, found: bytes.count, expected: frame)
        }
        let version = NetworkFormat.word(of: bytes, at: 8)
        guard version == NetworkFormat.version else {
            throw .version(file: fileName, found: version, supported: NetworkFormat.version)
        }
        let headerBytes = Int(NetworkFormat.word(of: bytes, at: 12))
        guard bytes.count >= frame + headerBytes else {
            throw .size(file: fileName, found: bytes.count, expected: frame + headerBytes)
        }
        let json = Data(bytes[NetworkFormat.prefixBytes..<NetworkFormat.prefixBytes + headerBytes])
        let content = bytes.count - NetworkFormat.checksumBytes
        let sound = sha256Digest(bytes[..<content]) == Array(bytes[content...])
        do {
            let header = try JSONDecoder().decode(NetworkHeader.self, from: json)
            // A size that the header contradicts says more than the checksum, which must then be wrong as well.
            if let payload = header.payloadBytes, bytes.count != frame + headerBytes + payload {
                throw NetworkFileError.size(
                    file: fileName, found: bytes.count, expected: frame + headerBytes + payload)
            }
            guard sound else { throw NetworkFileError.checksum(file: fileName) }
            return header
        } catch let error as NetworkFileError {
            throw error
        } catch {
            guard sound else { throw .checksum(file: fileName) }
            throw NetworkFileError(decoding: error, fileName: fileName)
        }
    }
}

/// Reads the tensors of a payload in the order in which they lie.
private struct PayloadReader {
    let bytes: [UInt8]
    let fileName: String
    var offset = 0
    let start: Int

    init(bytes: [UInt8], fileName: String) {
        self.bytes = bytes
        self.fileName = fileName
        start = NetworkFormat.prefixBytes + Int(NetworkFormat.word(of: bytes, at: 12))
    }

    func expect(_ key: String, _ found: String, _ allowed: String) throws(NetworkFileError) {
        guard found == allowed else { throw .value(file: fileName, key: key, found: found, allowed: allowed) }
    }

    mutating func tensor(
        _ tensor: NetworkHeader.Tensor, type: String, key: String
    ) throws(NetworkFileError) -> [UInt8] {
        try expect("\(key).type", tensor.type, type)
        try expect("\(key).offset", "\(tensor.offset)", "\(offset)")
        let room = bytes.count - NetworkFormat.checksumBytes - start - offset
        guard tensor.bytes >= 0, tensor.bytes <= room else {
            throw .value(file: fileName, key: "\(key).bytes", found: "\(tensor.bytes)", allowed: "0 to \(room)")
        }
        defer { offset += tensor.bytes }
        return Array(bytes[start + offset..<start + offset + tensor.bytes])
    }
}

extension NetworkFileError {
    /// The message of a header that `JSONDecoder` refuses.
    fileprivate init(decoding error: any Error, fileName: String) {
        func key(_ path: [any CodingKey]) -> String {
            path.reduce("") { text, part in
                if let index = part.intValue { return text + "[\(index)]" }
                return text.isEmpty ? part.stringValue : text + "." + part.stringValue
            }
        }
        switch error as? DecodingError {
        case .keyNotFound(let missing, let context):
            self = .missingKey(file: fileName, key: key(context.codingPath + [missing]))
        case .typeMismatch(let type, let context) where !context.codingPath.isEmpty,
            .valueNotFound(let type, let context) where !context.codingPath.isEmpty:
            self = .value(
                file: fileName, key: key(context.codingPath), found: "of another type",
                allowed: "\(Self.words(for: type))")
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            self = .value(
                file: fileName, key: key(context.codingPath), found: "not representable", allowed: "a 64-bit integer")
        default:
            self = .headerNotJSON(file: fileName)
        }
    }

    private static func words(for type: any Any.Type) -> String {
        if type == String.self { return "a string" }
        if type == Int.self { return "a 64-bit integer" }
        return type is any ExpressibleByArrayLiteral.Type ? "an array" : "an object"
    }
}
