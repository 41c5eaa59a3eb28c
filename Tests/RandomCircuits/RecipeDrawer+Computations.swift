import BitVectors
import HDL

extension RecipeDrawer {
    func drawComputations(_ count: Int) {
        for _ in 0..<count {
            let computation = computation()
            add(.computation(computation, isNamed: random.chance(1, of: 3)), computation.resultWidth)
        }
    }

    func drawWords(_ count: Int) {
        for _ in 0..<count {
            let call = wordCall()
            add(.word(call, isNamed: random.chance(1, of: 3)), call.resultWidth)
        }
    }

    func computation() -> Computation {
        // The cells come in an order in which neighbours have little in common; their number is no multiple of 101.
        let operations = Computation.operations
        let place = cell * 101 % (operations.count * Recipe.widths.count)
        cell += 1
        let size = Recipe.widths[place % Recipe.widths.count]
        let operation = operations[place / Recipe.widths.count]
        switch operation {
        case .not, .reduceAnd, .reduceOr, .reduceXor, .popcount, .isolateLowestSet, .oneHotToBinary:
            return Computation(operation, [size], [whole(size)])
        case .slice:
            let low = random.below(size)
            return Computation(.slice, [size], [whole(size)], low: low, count: 1 + random.below(size - low))
        case .shiftLeft, .shiftRight, .shiftRightSigned, .dynamicBit:
            let amount = random.pick([1, 3, 7, 9, 32, 65])
            return Computation(operation, [size, amount], [whole(size), corner(of: size, amount)])
        case .mux: return Computation(.mux, [1, size, size], [whole(1), operand(size), operand(size)])
        case .select:
            let count = 1 + random.below(6)
            let index = random.pick([1, 2, 3, 7, 65])
            let values = (0..<count).map { _ in any(size) }
            return Computation(.select, [index] + Array(repeating: size, count: count), [whole(index)] + values)
        case .concatenate:
            let first = 1 + random.below(size)
            let second = size > first ? 1 + random.below(size - first) : 0
            let parts = [first, second, size - first - second].filter { $0 > 0 }
            return Computation(.concatenate, parts, parts.map { any($0) })
        default:
            return Computation(operation, [size, size], [whole(size), operand(size)])
        }
    }

    func wordCall() -> WordCall {
        let functions = WordFunction.allCases
        let place = wordCell * 101 % (functions.count * Recipe.widths.count)
        wordCell += 1
        let size = Recipe.widths[place % Recipe.widths.count]
        let function = functions[place / Recipe.widths.count]
        let number = function == .oneHot ? size : random.below(1 << 20)
        func call(_ widths: Int...) -> WordCall {
            WordCall(function, widths, [whole(widths[0])] + widths.dropFirst().map { operand($0) }, number: number)
        }
        let amount = random.pick([1, 3, 7, 9, 32, 65])
        switch function {
        case .reversedBits, .highestSet, .leadingZeroCount, .trailingZeroCount, .findFirstSet, .findLastSet,
            .grayEncoded, .grayDecoded, .negative, .magnitude, .rotatedLeftByInteger, .rotatedRightByInteger,
            .shiftLeftByInteger, .shiftRightByInteger, .shiftRightSignedByInteger, .isOneOfIntegers, .plusInteger,
            .belowInteger, .aboveInteger, .belowIntegerSigned:
            return call(size)
        case .rotatedLeft, .rotatedRight, .bitsAt: return call(size, amount)
        case .oneHot: return call(amount)
        case .withBit: return call(size, amount, 1)
        case .withBitOfInteger: return call(size, 1)
        case .min, .max, .absoluteDifference, .saturatingAdd, .saturatingSubtract, .above, .aboveOrEqual, .minSigned,
            .maxSigned, .absoluteDifferenceSigned, .saturatingAddSigned, .saturatingSubtractSigned, .aboveSigned,
            .aboveOrEqualSigned:
            return call(size, size)
        case .addGrowing, .subtractGrowing, .multiplyGrowing, .addGrowingSigned, .subtractGrowingSigned,
            .multiplyGrowingSigned:
            return call(size, width())
        case .selectOneHot, .prioritySelect:
            let widths = [1 + random.below(5)]
            let values = Array(repeating: size, count: widths[0])
            return WordCall(function, widths + values, [whole(widths[0])] + values.map { operand($0) })
        case .allOf, .anyOf: return random.chance(1, of: 4) ? call(1) : call(1, 1)
        }
    }

    /// A signal, as operations of constants alone are no operations; one time in six a new input of that width, so that
    /// the operation meets every corner of its range and not only what other operations leave of it.
    func whole(_ width: Int) -> Operand {
        if random.chance(5, of: 6) { return any(width, constantsOneIn: 1000) }
        return fresh(width)
    }

    /// A signal, or a number at the end of a word of some size, where shifts and indexes have their corners.
    private func corner(of size: Int, _ width: Int) -> Operand {
        let place = size - 2 + random.below(4)
        guard random.chance(1, of: 3), place >= 0, width >= 63 || place < 1 << width else { return whole(width) }
        return Operand(.constant(BitVector(place, width: width)))
    }

    /// Any signal or constant, one time in eight a new input.
    func operand(_ width: Int) -> Operand { random.chance(7, of: 8) ? any(width) : fresh(width) }

    private func fresh(_ width: Int) -> Operand {
        let input = add(.input(width: width), width)
        unread.removeAll { $0 == input }
        return Operand(.signal(input))
    }
}
