/// Sizes and marks of a network file.
enum NetworkFormat {
    static let magic = Array("HWGENNET".utf8)
    /// The first version holds one fully connected layer on a vector; a network that needs no more is written in it.
    static let versions: ClosedRange<UInt32> = 1...2
    /// Magic, version and header length.
    static let prefixBytes = 16
    static let checksumBytes = 32

    static func littleEndian(_ value: UInt32) -> [UInt8] {
        [UInt8(value & 255), UInt8(value >> 8 & 255), UInt8(value >> 16 & 255), UInt8(value >> 24)]
    }

    static func word(of bytes: [UInt8], at offset: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
    }
}
