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

    /// A value with the corners of its range, few ones or few zeros more often than chance would have them.
    ///
    /// In a wide word of evenly drawn bits the lowest word, say, is never zero, and no carry passes through one.
    public mutating func value(_ width: Int) -> BitVector {
        let one = BitVector(1, width: width)
        switch below(20) {
        case 0: return .zeros(width)
        case 1: return .ones(width)
        case 2: return one << (width - 1)
        case 3: return ~(one << (width - 1))
        case 4: return BitVector(below(8), width: width)
        case 5: return BitVector(-1 - below(8), width: width)
        case 6: return one << below(width)
        case 7: return ~(one << below(width))
        // The neighbours of a power of two: ones below a place, and the power with one more.
        case 8: return (one << below(width)) - one
        case 9: return (one << below(width)) + one
        case 10: return sparse(width)
        case 11: return ~sparse(width)
        case 12: return (BitVector.ones(width) << below(width)) >> below(width)
        case 13, 14: return patched(width, words: 64)
        case 15, 16: return patched(width, words: 32)
        default: return BitVector(words: (0..<(width + 63) / 64).map { _ in next() }, width: width)
        }
    }

    /// Two to four ones.
    private mutating func sparse(_ width: Int) -> BitVector {
        (0..<2 + below(3)).reduce(.zeros(width)) { sum, _ in sum | BitVector(1, width: width) << below(width) }
    }

    /// A value of machine words that are zero, all ones, one bit or anything, each for itself: whatever goes from one word
    /// to the next meets words that let it pass and words that stop it.
    private mutating func patched(_ width: Int, words size: Int) -> BitVector {
        BitVector(
            words: (0..<(width + 63) / 64).map { _ in
                (0..<64 / size).reduce(0) { word, _ in size == 64 ? patch() : word << 32 | patch() >> 32 }
            }, width: width)
    }

    private mutating func patch() -> UInt64 {
        switch below(8) {
        case 0, 1, 2: 0
        case 3: .max
        // In both halves, as one may be dropped.
        case 4: 0x1_0000_0001 << UInt64(below(32))
        default: next()
        }
    }
}
