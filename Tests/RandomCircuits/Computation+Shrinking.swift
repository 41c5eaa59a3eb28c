import BitVectors
import HDL

/// Widths to try instead of one, the narrowest first.
func narrower(_ width: Int) -> [Int] {
    Set([1, 2, width / 2, width - 1]).filter { $0 >= 1 && $0 < width }.sorted()
}

extension Computation {
    var simplifications: [Computation] {
        var found: [Computation] = []
        for index in operands.indices {
            for simpler in operands[index].simpler {
                var one = self
                one.operands[index] = simpler
                found.append(one)
            }
        }
        switch operation {
        case .mux, .select:
            for width in narrower(widths[1]) {
                var one = self
                one.widths = [widths[0]] + Array(repeating: width, count: widths.count - 1)
                found.append(one)
            }
            if operation == .select, operands.count > 2 {
                found.append(Computation(.select, widths.dropLast(), operands.dropLast()))
            }
        case .concatenate:
            for index in widths.indices {
                for width in narrower(widths[index]) {
                    var one = self
                    one.widths[index] = width
                    found.append(one)
                }
                if widths.count > 1 {
                    var one = self
                    one.widths.remove(at: index)
                    one.operands.remove(at: index)
                    found.append(one)
                }
            }
        case .shiftLeft, .shiftRight, .shiftRightSigned, .dynamicBit:
            for index in widths.indices {
                for width in narrower(widths[index]) {
                    var one = self
                    one.widths[index] = width
                    found.append(one)
                }
            }
        case .slice:
            for width in narrower(widths[0]) {
                let count = min(count, width)
                found.append(Computation(.slice, [width], operands, low: min(low, width - count), count: count))
            }
        default:
            for width in narrower(widths[0]) {
                var one = self
                one.widths = widths.map { _ in width }
                found.append(one)
            }
        }
        return found
    }
}

extension WordCall {
    var simplifications: [WordCall] {
        let simpler = operands.indices.flatMap { index in
            operands[index].simpler.map { one in
                var call = self
                call.operands[index] = one
                return call
            }
        }
        return simpler + narrowerWidths.map { WordCall(function, $0, operands, number: number) }
            + (number > 1 ? [1, number / 2].map { WordCall(function, widths, operands, number: $0) } : [])
    }

    private var narrowerWidths: [[Int]] {
        func replacing(_ index: Int, _ width: Int) -> [Int] {
            var one = widths
            one[index] = width
            return one
        }
        switch function {
        case .allOf, .anyOf: return []
        case .selectOneHot, .prioritySelect:
            return narrower(widths[1]).map { [widths[0]] + Array(repeating: $0, count: widths.count - 1) }
        case .withBit: return [0, 1].flatMap { index in narrower(widths[index]).map { replacing(index, $0) } }
        case .withBitOfInteger: return narrower(widths[0]).map { replacing(0, $0) }
        case .rotatedLeft, .rotatedRight, .bitsAt, .addGrowing, .subtractGrowing, .multiplyGrowing, .addGrowingSigned,
            .subtractGrowingSigned, .multiplyGrowingSigned:
            return widths.indices.flatMap { index in narrower(widths[index]).map { replacing(index, $0) } }
        default: return narrower(widths[0]).map { width in widths.map { _ in width } }
        }
    }
}

extension Operand {
    var signal: Int? { if case .signal(let number) = source { number } else { nil } }

    /// Zero, then ones, then the same signal from its lowest bit on.
    var simpler: [Operand] {
        var found: [Operand] = []
        let ones = Operand(.constant(.ones(300)))
        if signal != nil {
            found = [.zero, ones]
            if low != 0 || extending != .zeros { found.append(Operand(source)) }
        } else if self != .zero {
            found = [.zero]
        }
        return found.filter { $0 != self }
    }
}
