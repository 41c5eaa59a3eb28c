/// Moves of bits inside a word; none gets lost.
extension Bits {
    /// The bits in the opposite order.
    public var reversedBits: Bits { width == 1 ? self : concatenate((0..<width).map { self[$0] }) }

    /// Moves the bits towards the most significant one; what leaves there comes in below. Any amount goes round.
    public func rotatedLeft(by amount: Int) -> Bits {
        if amount < 0 { return flawed(width: width, "'rotatedLeft' by \(amount); at least 0") }
        let places = amount % width
        if places == 0 { return self }
        return concatenate([slice(0, width - places), slice(width - places, places)])
    }

    /// Moves the bits towards the least significant one; what leaves there comes in above. Any amount goes round.
    public func rotatedRight(by amount: Int) -> Bits {
        if amount < 0 { return flawed(width: width, "'rotatedRight' by \(amount); at least 0") }
        return rotatedLeft(by: (width - amount % width) % width)
    }

    /// Moves the bits towards the most significant one by the value of a signal; any amount goes round.
    ///
    /// One `mux` for each bit of the amount that makes a difference.
    public func rotatedLeft(by amount: Bits) -> Bits {
        rotated(by: amount) { $0.rotatedLeft(by: $1) }
    }

    /// Moves the bits towards the least significant one by the value of a signal; any amount goes round.
    ///
    /// One `mux` for each bit of the amount that makes a difference.
    public func rotatedRight(by amount: Bits) -> Bits {
        rotated(by: amount) { $0.rotatedRight(by: $1) }
    }

    private func rotated(by amount: Bits, _ rotate: (Bits, Int) -> Bits) -> Bits {
        var result = self
        // Rotations add up modulo the width, so each bit of the amount is a rotation by its weight modulo the width.
        var weight = 1 % width
        for bit in 0..<amount.width where weight != 0 {
            result = mux(amount[bit], rotate(result, weight), result)
            weight = weight * 2 % width
        }
        return result
    }
}
