import HDL

extension PopcountArray.Style {
    /// The number of ones; the width depends on the style.
    func count(_ ones: Bits) -> Bits {
        let bits = (0..<ones.width).map { ones[$0] }
        switch self {
        case .native: return popcount(ones)
        case .word: return sumTree(bits)
        case .gate: return concatenate(compress(bits).reversed())
        }
    }

    /// The sum of all items, in a tree of additions of two.
    private func sumTree(_ items: [Bits]) -> Bits {
        var items = items
        while items.count > 1 {
            let pairs = stride(from: 0, to: items.count - 1, by: 2).map { items[$0] +^ items[$0 + 1] }
            items = items.count.isMultiple(of: 2) ? pairs : pairs + [items[items.count - 1]]
        }
        return items[0]
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
