import BitVectors

/// Where the ones of a word are, and codes of one bit a thing.
extension Bits {
    /// The highest set bit alone (one-hot); zero when there is none.
    public var highestSet: Bits { reversedBits.lowestSet.reversedBits }

    /// Number of zeros above the highest set bit; the width when no bit is set.
    public var leadingZeroCount: Bits { reversedBits.trailingZeroCount }

    /// Number of zeros below the lowest set bit; the width when no bit is set.
    public var trailingZeroCount: Bits {
        let countWidth = BitVector.popcountWidth(of: width)
        return mux(anySet, findFirstSet(self).zeroExtended(to: countWidth), width)
    }

    /// One bit for each of `count` things, of which that is set whose number the value is; none beyond the last.
    public func oneHot(_ count: Int) -> Bits {
        if count < 1 { return flawed(width: 1, "'oneHot' of \(count) things; at least 1") }
        return circuit.constant(1, width: count) << self
    }

    /// Whether the value is one of some numbers; never, if there are none.
    public func isOne(of values: Int...) -> Bits { isOne(in: values) }

    /// Whether the value is one of some numbers; never, if there are none.
    ///
    ///     opcode.isOne(in: 4..<8)
    public func isOne(in values: some Sequence<Int>) -> Bits {
        let matches = values.map { self == $0 }
        return matches.isEmpty ? circuit.constant(0, width: 1) : reducedAsTree(matches) { $0 | $1 }
    }

    /// The Gray code of the number: successive numbers differ in one bit.
    public var grayEncoded: Bits { self ^ (self >> 1) }

    /// The number of which this is the Gray code.
    public var grayDecoded: Bits {
        var number = self
        var places = 1
        while places < width {
            number = number ^ (number >> places)
            places *= 2
        }
        return number
    }
}

/// The position of the highest set bit; zero when no bit is set.
public func findLastSet(_ value: Bits) -> Bits { value.highestSet.oneHotIndex }
