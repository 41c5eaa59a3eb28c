import BitVectors
import HDL

/// What a computation is as hardware, as Swift text and as a value: side by side, so that they stay alike.
extension Computation {
    /// Operations that a computation may have: all but the sources and memory reads, which are steps of their own.
    public static let operations = Operation.allCases.filter { !$0.isSource && $0 != .memoryRead }

    /// Number of bits of the result.
    public var resultWidth: Int {
        switch operation {
        case .reduceAnd, .reduceOr, .reduceXor, .equal, .notEqual, .less, .lessOrEqual, .lessSigned,
            .lessOrEqualSigned, .dynamicBit:
            1
        case .popcount: BitVector.popcountWidth(of: widths[0])
        case .oneHotToBinary: addressWidth(widths[0])
        case .mux, .select: widths[1]
        case .slice: count
        case .concatenate: widths.reduce(0, +)
        default: widths[0]
        }
    }

    func hardware(_ x: [Bits]) -> Bits {
        switch operation {
        case .not: ~x[0]
        case .reduceAnd: x[0].allSet
        case .reduceOr: x[0].anySet
        case .reduceXor: x[0].parity
        case .popcount: popcount(x[0])
        case .isolateLowestSet: x[0].lowestSet
        case .oneHotToBinary: x[0].oneHotIndex
        case .and: x[0] & x[1]
        case .or: x[0] | x[1]
        case .xor: x[0] ^ x[1]
        case .add: x[0] + x[1]
        case .subtract: x[0] - x[1]
        case .multiply: x[0] * x[1]
        case .divide: x[0] / x[1]
        case .modulo: x[0] % x[1]
        case .divideSigned: (x[0].signed / x[1].signed).bits
        case .moduloSigned: (x[0].signed % x[1].signed).bits
        case .equal: x[0] == x[1]
        case .notEqual: x[0] != x[1]
        case .less: x[0] < x[1]
        case .lessOrEqual: x[0] <= x[1]
        case .lessSigned: x[0].signed < x[1].signed
        case .lessOrEqualSigned: x[0].signed <= x[1].signed
        case .shiftLeft: x[0] << x[1]
        case .shiftRight: x[0] >> x[1]
        case .shiftRightSigned: (x[0].signed >> x[1]).bits
        case .mux: mux(x[0], x[1], x[2])
        case .slice: x[0][low..<low + count]
        case .concatenate: concatenate(x)
        case .select: select(x[0], Array(x.dropFirst()))
        case .dynamicBit: x[0][x[1]]
        case .input, .constant, .wire, .register, .instanceOutput, .clock, .reset, .memoryRead: x[0]
        }
    }

    func swift(_ x: [String]) -> String {
        switch operation {
        case .not: "~\(x[0])"
        case .reduceAnd: "\(x[0]).allSet"
        case .reduceOr: "\(x[0]).anySet"
        case .reduceXor: "\(x[0]).parity"
        case .popcount: "popcount(\(x[0]))"
        case .isolateLowestSet: "\(x[0]).lowestSet"
        case .oneHotToBinary: "\(x[0]).oneHotIndex"
        case .lessSigned, .lessOrEqualSigned: "\(x[0]).signed \(operation.symbol) \(x[1]).signed"
        case .divideSigned, .moduloSigned: "(\(x[0]).signed \(operation.symbol) \(x[1]).signed).bits"
        case .shiftRightSigned: "(\(x[0]).signed >> \(x[1])).bits"
        case .mux: "mux(\(x.joined(separator: ", ")))"
        case .slice: "\(x[0])[\(low)..<\(low + count)]"
        case .concatenate: "concatenate([\(x.joined(separator: ", "))])"
        case .select: "select(\(x[0]), [\(x.dropFirst().joined(separator: ", "))])"
        case .dynamicBit: "\(x[0])[\(x[1])]"
        default: "\(x[0]) \(operation.symbol) \(x[1])"
        }
    }

    func value(_ x: [BitVector]) -> BitVector {
        switch operation {
        case .mux: return x[0][0] ? x[1] : x[2]
        case .slice: return BitVector(bits: (low..<low + count).map { x[0][$0] })
        case .concatenate:
            return BitVector(bits: x.reversed().flatMap { part in (0..<part.width).map { part[$0] } })
        case .select:
            guard let index = ReferenceValues.amount(x[0]), index + 1 < x.count else { return .zeros(widths[1]) }
            return x[index + 1]
        default:
            let result =
                x.count == 1
                ? ReferenceValues.unary(operation, x[0], width: resultWidth)
                : ReferenceValues.binary(operation, x[0], x[1])
            guard let result else { preconditionFailure("'\(operation)' is not computed") }
            return result
        }
    }
}

extension Operand {
    /// The bits of a wider signal that are taken.
    private func part(of whole: Int, _ width: Int) -> Range<Int> {
        let first = low % (whole - width + 1)
        return first..<first + width
    }

    func hardware(_ width: Int, _ signals: [Int: Bits], constant: (BitVector) -> Bits) -> Bits {
        switch source {
        case .constant(let value): return constant(BitVector(words: value.words, width: width))
        case .signal(let number):
            guard let signal = signals[number] else { return constant(.zeros(width)) }
            if signal.width > width { return signal[part(of: signal.width, width)] }
            if signal.width == width { return signal }
            switch extending {
            case .zeros: return signal.zeroExtended(to: width)
            case .zerosBelow: return concatenate([signal, constant(.zeros(width - signal.width))])
            case .sign: return signal.signExtended(to: width)
            case .copies: return signal.replicated(width / signal.width + 1).truncated(to: width)
            }
        }
    }

    func swift(_ width: Int, _ widths: [Int: Int], name: (Int) -> String) -> String {
        func constant(_ value: BitVector) -> String {
            if let number = value.intValue, width < 64 { return "m.constant(\(number), \(width))" }
            let words = value.words.map { "0x" + String($0, radix: 16) }.joined(separator: ", ")
            return "m.constant(BitVector(words: [\(words)], width: \(width)))"
        }
        switch source {
        case .constant(let value): return constant(BitVector(words: value.words, width: width))
        case .signal(let number):
            guard let whole = widths[number] else { return constant(.zeros(width)) }
            let signal = name(number)
            if whole > width {
                let part = part(of: whole, width)
                return "\(signal)[\(part.lowerBound)..<\(part.upperBound)]"
            }
            if whole == width { return signal }
            switch extending {
            case .zeros: return "\(signal).zeroExtended(to: \(width))"
            case .zerosBelow: return "concatenate([\(signal), m.constant(0, \(width - whole))])"
            case .sign: return "\(signal).signExtended(to: \(width))"
            case .copies: return "\(signal).replicated(\(width / whole + 1)).truncated(to: \(width))"
            }
        }
    }

    func value(_ width: Int, _ values: [Int: BitVector]) -> BitVector {
        switch source {
        case .constant(let value): return BitVector(words: value.words, width: width)
        case .signal(let number):
            guard let value = values[number] else { return .zeros(width) }
            if value.width > width {
                let first = part(of: value.width, width).lowerBound
                return BitVector(bits: (first..<first + width).map { value[$0] })
            }
            return BitVector(
                bits: (0..<width).map { index in
                    switch extending {
                    case .zeros: index < value.width && value[index]
                    case .zerosBelow: index >= width - value.width && value[index - (width - value.width)]
                    case .sign: value[min(index, value.width - 1)]
                    case .copies: value[index % value.width]
                    }
                })
        }
    }
}
