/// What is wrong with a network or its file; `file` is the file's name, or the network's where there is no file yet.
public enum NetworkFileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file cannot be opened or read; `reason` is the operating system's.
    case notReadable(file: String, reason: String)
    /// The file does not begin with the eight letters of a network file.
    case notANetwork(file: String)
    /// The file's format version is none of those that this program reads.
    case version(file: String, found: UInt32, supported: ClosedRange<UInt32>)
    /// The file is shorter or longer, in bytes, than its header promises.
    case size(file: String, found: Int, expected: Int)
    /// The SHA-256 at the file's end is not that of the bytes before it.
    case checksum(file: String)
    /// The header is not a JSON object.
    case headerNotJSON(file: String)
    /// The header lacks a key.
    case missingKey(file: String, key: String)
    /// The value of a key is of the wrong type or out of range.
    case value(file: String, key: String, found: String, allowed: String)
    /// A weight does not fit its bits.
    case weight(file: String, key: String, found: Int, allowed: String, bits: Int)
    /// The file cannot be written; `reason` is the operating system's.
    case notWritable(file: String, reason: String)

    public var description: String {
        switch self {
        case .notReadable(let file, let reason):
            "\(file): cannot be read: \(reason)"
        case .notANetwork(let file):
            "\(file): is not a network file: it does not begin with HWGENNET"
        case .version(let file, let found, let supported):
            "\(file): is of format version \(found); versions \(supported.lowerBound) to \(supported.upperBound) are supported"
        case .size(let file, let found, let expected):
            "\(file): is \(found < expected ? "cut short" : "too long"): \(found) bytes found, \(expected) expected"
        case .checksum(let file):
            "\(file): is damaged: the SHA-256 at its end is not that of its content"
        case .headerNotJSON(let file):
            "\(file): the header is not a JSON object"
        case .missingKey(let file, let key):
            "\(file): the header lacks the key \(key)"
        case .value(let file, let key, let found, let allowed):
            "\(file): \(key) is \(found); allowed is \(allowed)"
        case .weight(let file, let key, let found, let allowed, let bits):
            "\(file): \(key) is \(found); allowed is \(allowed), as weights have \(bits) bit\(bits == 1 ? "" : "s")"
        case .notWritable(let file, let reason):
            "\(file): cannot be written: \(reason)"
        }
    }
}
