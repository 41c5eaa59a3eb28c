import HDL

extension PopcountArray.Style {
    /// The number of ones; the width depends on the style.
    func count(_ ones: Bits) -> Bits {
        switch self {
        case .native: return popcount(ones)
        case .word: return SignalVector(ones, every: 1).reduce { $0 +^ $1 }
        case .gate: return concatenate(compress(ones.splitting(every: 1)).reversed())
        }
    }

    /// The number of ones among the bits, lowest bit first: while several bits have one weight, adders make of them one
    /// bit of that weight and carries of the next one.
    private func compress(_ bits: [Bits]) -> [Bits] {
        var count: [Bits] = []
        var weight = bits[...]
        while !weight.isEmpty {
            var carries: ArraySlice<Bits> = []
            while weight.count > 1 {
                let (sum, carry) =
                    weight.count > 2
                    ? fullAdder(weight.removeFirst(), weight.removeFirst(), weight.removeFirst())
                    : halfAdder(weight.removeFirst(), weight.removeFirst())
                weight.append(sum)
                carries.append(carry)
            }
            count += weight
            weight = carries
        }
        return count
    }

    private func fullAdder(_ a: Bits, _ b: Bits, _ c: Bits) -> (sum: Bits, carry: Bits) {
        let partial = a ^ b
        return (partial ^ c, a & b | partial & c)
    }

    private func halfAdder(_ a: Bits, _ b: Bits) -> (sum: Bits, carry: Bits) { (a ^ b, a & b) }
}
