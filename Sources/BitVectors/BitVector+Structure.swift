/// Slices, concatenation, extension and shifts.
extension BitVector {
    /// The bits of a range, bit 0 least significant.
    public subscript(range: Range<Int>) -> BitVector {
        precondition(range.lowerBound >= 0 && range.upperBound <= width && !range.isEmpty, "bits \(range) of \(width)")
        var result = self >> range.lowerBound
        result = BitVector(words: result.words, width: range.count)
        return result
    }

    /// The values side by side, the first one most significant.
    public static func concatenating(_ mostSignificantFirst: [BitVector]) -> BitVector {
        let width = mostSignificantFirst.reduce(0) { $0 + $1.width }
        var result = BitVector.zeros(width)
        for part in mostSignificantFirst {
            result = (width > part.width ? result << part.width : result) | BitVector(words: part.words, width: width)
        }
        return result
    }

    /// The value with zeros above; the same value when the width is unchanged.
    public func zeroExtended(to width: Int) -> BitVector {
        precondition(width >= self.width, "extension of \(self.width) bits to \(width)")
        return BitVector(words: words, width: width)
    }

    /// The value with copies of its top bit above.
    public func signExtended(to width: Int) -> BitVector {
        let extended = zeroExtended(to: width)
        guard width > self.width, self[self.width - 1] else { return extended }
        return extended | (BitVector.ones(width) << self.width)
    }

    /// The lowest `width` bits.
    public func truncated(to width: Int) -> BitVector {
        precondition(width <= self.width, "truncation of \(self.width) bits to \(width)")
        return BitVector(words: words, width: width)
    }

    /// Shifts towards the most significant bit; a shift by the width or more gives zero.
    public static func << (value: BitVector, amount: Int) -> BitVector {
        precondition(amount >= 0)
        let words = amount / 64
        let bits = UInt64(amount % 64)
        var shifted = [UInt64](repeating: 0, count: value.words.count)
        for index in stride(from: words, to: shifted.count, by: 1) {
            shifted[index] = value.words[index - words] << bits
            if bits > 0, index > words { shifted[index] |= value.words[index - words - 1] >> (64 - bits) }
        }
        return BitVector(words: shifted, width: value.width)
    }

    /// Shifts towards the least significant bit; a shift by the width or more gives zero.
    public static func >> (value: BitVector, amount: Int) -> BitVector {
        precondition(amount >= 0)
        let words = amount / 64
        let bits = UInt64(amount % 64)
        var shifted = [UInt64](repeating: 0, count: value.words.count)
        for index in stride(from: 0, to: shifted.count - words, by: 1) {
            shifted[index] = value.words[index + words] >> bits
            if bits > 0, index + words + 1 < value.words.count {
                shifted[index] |= value.words[index + words + 1] << (64 - bits)
            }
        }
        return BitVector(words: shifted, width: value.width)
    }
}
