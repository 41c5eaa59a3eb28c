import BitVectors

/// Slices, extension and truncation: never silent, always spelled out.
extension Bits {
    /// One bit.
    public subscript(index: Int) -> Bits { slice(index, 1) }

    /// The bits of a range, `x[4..<8]`.
    public subscript(range: Range<Int>) -> Bits { slice(range.lowerBound, range.count) }

    /// The bits of a range, `x[4...7]`.
    public subscript(range: ClosedRange<Int>) -> Bits { slice(range.lowerBound, range.count) }

    /// The bit whose number the index gives; zero beyond the last.
    public subscript(index: Bits) -> Bits {
        if index.circuit === circuit, let value = circuit.value(ofConstant: index.id) {
            guard let number = value.intValue, number < width else { return circuit.constant(0, width: 1) }
            return slice(number, 1)
        }
        let node = circuit.append(Node(.dynamicBit, width: 1, a: id, b: index.id))
        circuit.check([index], "a bit's number", at: node)
        return Bits(circuit, node, 1)
    }

    /// The same value in more bits, zeros above.
    public func zeroExtended(to width: Int) -> Bits {
        guard width > self.width else { return unextended(to: width) }
        return concatenate([circuit.constant(0, width: width - self.width), self])
    }

    /// The same two's complement value in more bits, the sign above.
    public func signExtended(to width: Int) -> Bits {
        guard width > self.width else { return unextended(to: width) }
        return concatenate([self[self.width - 1].replicated(width - self.width), self])
    }

    /// The lowest bits.
    public func truncated(to width: Int) -> Bits {
        if width == self.width { return self }
        if width >= 1, width < self.width { return slice(0, width) }
        return flawed(width: width, "truncation of \(circuit.bits(self.width)) to \(width)")
    }

    /// The signal repeated side by side.
    public func replicated(_ count: Int) -> Bits {
        if count < 1 { return flawed(width: self.width, "a signal replicated \(count) times; at least once") }
        return concatenate(Array(repeating: self, count: count))
    }

    /// Parts of `count` bits, the least significant first; the width is a multiple of it.
    public func splitting(every count: Int) -> [Bits] {
        guard count >= 1, width % count == 0 else {
            return [
                flawed(
                    width: Swift.max(count, 1), "\(circuit.bits(width)) in parts of \(count); a divisor of the width")
            ]
        }
        return stride(from: 0, to: width, by: count).map { slice($0, count) }
    }

    /// `count` bits from the one whose number the signal gives; zeros beyond the last.
    public func bits(at low: Bits, count: Int) -> Bits {
        if count < 1 || count > width {
            return flawed(
                width: count, "\(circuit.bits(count)) at a signal's place of \(width); allowed are 1 to \(width)")
        }
        return (self >> low).truncated(to: count)
    }

    /// The value with the bit changed whose number the signal gives; unchanged beyond the last.
    public func with(bit index: Bits, _ value: Bits) -> Bits {
        if value.width != 1 { return flawed(width: width, "a bit that takes \(value.width) bits") }
        let place = (literal(1) << index)
        return mux(value, self | place, self & ~place)
    }

    /// The value with one bit changed.
    public func with(bit index: Int, _ value: Bits) -> Bits {
        if value.width != 1 { return flawed(width: width, "a bit that takes \(value.width) bits") }
        if index < 0 || index >= width {
            return flawed(width: width, "bit \(index) of \(width); allowed are 0 to \(width - 1)")
        }
        let above = index < width - 1 ? [slice(index + 1, width - 1 - index)] : []
        return concatenate(above + [value] + (index > 0 ? [slice(0, index)] : []))
    }

    private func unextended(to width: Int) -> Bits {
        width == self.width ? self : flawed(width: width, "extension of \(circuit.bits(self.width)) to \(width)")
    }
}
