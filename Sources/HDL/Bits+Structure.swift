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
        Bits(circuit, circuit.append(Node(.dynamicBit, width: 1, a: id, b: index.id)), 1)
    }

    /// The same value in more bits, zeros above.
    public func zeroExtended(to width: Int) -> Bits {
        guard checkExtension(to: width), width > self.width else { return self }
        return concatenate([circuit.constant(0, width: width - self.width), self])
    }

    /// The same two's complement value in more bits, the sign above.
    public func signExtended(to width: Int) -> Bits {
        guard checkExtension(to: width), width > self.width else { return self }
        return concatenate([self[self.width - 1].replicated(width - self.width), self])
    }

    /// The lowest bits.
    public func truncated(to width: Int) -> Bits {
        width == self.width ? self : slice(0, width)
    }

    /// The signal repeated side by side.
    public func replicated(_ count: Int) -> Bits {
        concatenate(Array(repeating: self, count: max(count, 1)))
    }

    private func checkExtension(to width: Int) -> Bool {
        if width < self.width { circuit.report(node: id, "extension of \(self.width) bits to \(width)") }
        return width >= self.width
    }
}
