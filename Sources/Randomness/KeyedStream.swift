/// A stream of random numbers that belongs to a seed, a stream number and two block coordinates.
///
/// How the coordinates fill Philox4x32-10, exactly:
///
/// | word | holds |
/// |---|---|
/// | key 0 | low 32 bits of the seed |
/// | key 1 | high 32 bits of the seed |
/// | counter 0 | number of the Philox block inside the stream: draw number / 4 (32-bit draws) or / 2 (64-bit draws) |
/// | counter 1 | block coordinate 0, of the caller's meaning (an array's row, say) |
/// | counter 2 | block coordinate 1 (a block of 4,096 images, say) |
/// | counter 3 | stream number: separates uses that share a seed |
///
/// A 32-bit draw n is word n mod 4 of its Philox block. A 64-bit draw n is words 0 and 1 (n even) or 2 and 3 (n odd),
/// the lower-numbered word being the low half. Two streams with any coordinate different share no Philox block. A
/// stream gives 2³⁴ 32-bit words, then starts again from its first. Mixing 32-bit and 64-bit draws is allowed: a 64-bit
/// draw first moves on to the next even word.
public struct KeyedStream: Sendable, Equatable {
    @usableFromInline let key: SIMD2<UInt32>
    @usableFromInline let stream: UInt32
    @usableFromInline let block0: UInt32
    @usableFromInline let block1: UInt32
    @usableFromInline var buffer: SIMD4<UInt32> = .zero
    /// Number of 32-bit words drawn so far.
    @usableFromInline var position: UInt64 = 0

    /// The stream at its first draw.
    @inlinable
    public init(seed: UInt64, stream: UInt32, block0: UInt32 = 0, block1: UInt32 = 0) {
        key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        self.stream = stream
        self.block0 = block0
        self.block1 = block1
    }

    /// The next 32 random bits.
    @inlinable
    public mutating func nextUInt32() -> UInt32 {
        let word = Int(position & 3)
        if word == 0 { refill() }
        position &+= 1
        return buffer[word]
    }

    /// The next 64 random bits.
    @inlinable
    public mutating func nextUInt64() -> UInt64 {
        position = (position &+ 1) & ~1
        let word = Int(position & 3)
        if word == 0 { refill() }
        position &+= 2
        return UInt64(buffer[word + 1]) << 32 | UInt64(buffer[word])
    }

    /// A uniform number in the open interval (0, 1): (k + ½) / 2⁵² with k the top 52 bits of a 64-bit draw.
    ///
    /// 52 bits, since k + ½ is then exact in a `Double`; with 53 the largest k would round to 1.
    @inlinable
    public mutating func nextDouble() -> Double {
        (Double(nextUInt64() >> 12) + 0.5) * 0x1p-52
    }

    /// A standard exponential number, −ln U with U = (k + ½) / 2⁶⁴ and k a 64-bit draw; always positive.
    ///
    /// Both tails keep the full relative precision of a `Double`: U near 0 and 1 − U near 0 are resolved to 2⁻⁶⁵.
    public mutating func nextExponential() -> Double {
        let k = nextUInt64()
        // Above one half, k + ½ would be rounded: the complement is exact to the last place instead.
        if k >> 63 == 0 { return -portableLog((Double(k) + 0.5) * 0x1p-64) }
        return -portableLog1p(-(Double(~k) + 0.5) * 0x1p-64)
    }

    /// A uniform number in 0 ..< `bound`, for a positive `bound`: the high half of a 32 × 32-bit product.
    ///
    /// The bias is at most bound / 2³², which no shuffle of a data set can show.
    @inlinable
    public mutating func nextIndex(below bound: UInt32) -> Int {
        Int((UInt64(nextUInt32()) &* UInt64(bound)) >> 32)
    }

    @usableFromInline
    mutating func refill() {
        let counter = SIMD4(UInt32(truncatingIfNeeded: position >> 2), block0, block1, stream)
        buffer = Philox4x32.block(counter: counter, key: key)
    }
}
