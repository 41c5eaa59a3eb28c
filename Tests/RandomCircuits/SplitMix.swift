public import BitVectors

/// A small generator (Steele, Lea and Flood, 2014), for circuits and stimulus.
public struct SplitMix: RandomNumberGenerator {
    public var state: UInt64

    public init(state: UInt64) { self.state = state }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// One of so many.
    public mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

    public mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }

    public mutating func chance(_ part: Int, of whole: Int) -> Bool { below(whole) < part }

    /// A value with the corners of its range more often than chance would have them.
    public mutating func value(_ width: Int) -> BitVector {
        switch below(8) {
        case 0: return .zeros(width)
        case 1: return .ones(width)
        case 2: return BitVector(1, width: width) << (width - 1)
        case 3: return BitVector(below(8), width: width)
        case 4: return BitVector(1, width: width) << below(width)
        default: return BitVector(words: (0..<(width + 63) / 64).map { _ in next() }, width: width)
        }
    }
}
