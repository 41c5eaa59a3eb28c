import HDL

extension PopcountArray.Style {
    /// The number of lanes in which both are one; the width depends on the style.
    func count(_ left: Bits, _ right: Bits) -> Bits {
        switch self {
        case .native: return popcount(left & right)
        case .word: return SignalVector(left & right, every: 1).reduce { $0 +^ $1 }
        case .gate:
            return concatenate(
                compress(zip(left.splitting(every: 1), right.splitting(every: 1)).map { $0 & $1 }).reversed())
        }
    }

    /// An accumulator's next value, modulo its range.
    func sum(_ accumulator: Bits, _ count: Bits) -> Bits {
        switch self {
        case .native, .word: return accumulator + count.zeroExtended(to: accumulator.width)
        case .gate: return concatenate(ripple(accumulator.splitting(every: 1), count.splitting(every: 1)).reversed())
        }
    }

    /// The number of ones among the bits, lowest bit first: while several bits have one weight, adders make of them one
    /// bit of that weight and carries of the next one.
    private func compress(_ bits: [Bits]) -> [Bits] {
        var count: [Bits] = []
        var weight = bits
        while !weight.isEmpty {
            var carries: [Bits] = []
            var first = 0
            while weight.count - first > 1 {
                let adder = weight.count - first > 2 ? fullAdder : halfAdder
                let (sum, carry) = adder(weight[first...])
                first += weight.count - first > 2 ? 3 : 2
                weight.append(sum)
                carries.append(carry)
            }
            count.append(weight[first])
            weight = carries
        }
        return count
    }

    /// The sum of two numbers, lowest bit first, as long as the first one; the second is not longer.
    private func ripple(_ augend: [Bits], _ addend: [Bits]) -> [Bits] {
        var sum: [Bits] = []
        var carry: [Bits] = []
        for (place, bit) in augend.enumerated() {
            let terms = [bit] + addend.dropFirst(place).prefix(1) + carry
            // Nobody reads the carry out of the highest place.
            if place == augend.count - 1 {
                sum.append(terms.dropFirst().reduce(terms[0], ^))
                continue
            }
            let adder = terms.count == 3 ? fullAdder : halfAdder
            let (low, high) = adder(terms[...])
            sum.append(low)
            carry = [high]
        }
        return sum
    }

    private func fullAdder(_ bits: ArraySlice<Bits>) -> (sum: Bits, carry: Bits) {
        let (a, b, c) = (bits[bits.startIndex], bits[bits.startIndex + 1], bits[bits.startIndex + 2])
        let partial = a ^ b
        return (partial ^ c, a & b | partial & c)
    }

    private func halfAdder(_ bits: ArraySlice<Bits>) -> (sum: Bits, carry: Bits) {
        let (a, b) = (bits[bits.startIndex], bits[bits.startIndex + 1])
        return (a ^ b, a & b)
    }
}
