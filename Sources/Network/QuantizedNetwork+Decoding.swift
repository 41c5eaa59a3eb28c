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
            layers.append(try payload.layer(layer, key: "layers[\(index)]"))
        }
        let version = NetworkFormat.word(of: bytes, at: 8)
        guard header.version <= version else {
            throw .value(
                file: fileName, key: "version", found: "\(version)",
                allowed: "\(header.version) or more for what the header holds")
        }
        let sources = header.layers.enumerated().map { $0.element.sources ?? [$0.offset - 1] }
        try self.init(
            name: header.name, input: try payload.input(header.input), layers: layers, sources: sources,
            training: header.training, fileName: fileName)
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
        guard NetworkFormat.versions.contains(version) else {
            throw .version(file: fileName, found: version, supported: NetworkFormat.versions)
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
