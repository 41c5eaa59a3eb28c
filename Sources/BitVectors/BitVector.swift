/// A value of a fixed number of bits: the software twin of a hardware signal.
///
/// Arithmetic is unsigned and modulo `2^width`; operands of a binary operator have equal widths, as in the
/// hardware language. Words are stored least significant first and bits above `width` are always zero.
public struct BitVector: Hashable, Sendable {
    /// Number of bits, at least one.
    public let width: Int
    /// 64-bit words, least significant first; `(width + 63) / 64` of them.
    public internal(set) var words: [UInt64]

    /// Makes a value from words, least significant first; missing words are zero and surplus bits are dropped.
    public init(words: [UInt64], width: Int) {
        precondition(width > 0, "a bit vector has at least one bit")
        let count = (width + 63) / 64
        self.width = width
        self.words = Array(words.prefix(count)) + Array(repeating: 0, count: max(0, count - words.count))
        clearUnusedBits()
    }

    /// Makes a value from an integer; a negative one is taken in two's complement.
    public init(_ value: Int, width: Int) {
        let fill: UInt64 = value < 0 ? .max : 0
        self.init(words: [UInt64(bitPattern: Int64(value))] + Array(repeating: fill, count: width / 64), width: width)
    }

    /// Makes a value from bits, least significant first.
    public init(bits: [Bool]) {
        self.init(words: [], width: bits.count)
        for (index, bit) in bits.enumerated() where bit { words[index / 64] |= 1 << UInt64(index % 64) }
    }

    /// All bits zero.
    public static func zeros(_ width: Int) -> BitVector { BitVector(words: [], width: width) }

    /// All bits one.
    public static func ones(_ width: Int) -> BitVector { BitVector(-1, width: width) }

    /// One bit of the value.
    public subscript(index: Int) -> Bool {
        precondition(index >= 0 && index < width, "bit \(index) of a \(width)-bit value")
        return words[index / 64] >> UInt64(index % 64) & 1 == 1
    }

    /// The value as an integer when it fits in 63 bits.
    public var intValue: Int? {
        guard words.dropFirst().allSatisfy({ $0 == 0 }) else { return nil }
        return Int(exactly: words[0])
    }

    /// Whether every bit is zero.
    public var isZero: Bool { words.allSatisfy { $0 == 0 } }

    mutating func clearUnusedBits() {
        let used = width % 64
        if used != 0 { words[words.count - 1] &= (1 << UInt64(used)) - 1 }
    }
}

extension BitVector: CustomStringConvertible {
    /// Lower-case hexadecimal digits of the whole width, most significant first.
    public var hexDigits: String {
        let count = (width + 3) / 4
        var digits: [UInt8] = []
        digits.reserveCapacity(count)
        for index in (0..<count).reversed() {
            let nibble = UInt8(words[index / 16] >> UInt64(index % 16 * 4) & 15)
            digits.append(nibble < 10 ? 48 + nibble : 87 + nibble)
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// The value as a sized Verilog literal, `12'h0f3`.
    public var description: String { "\(width)'h\(hexDigits)" }
}
