import BitVectors

extension Node {
    /// The value of an operation on constants; nil for what is no function of its operands.
    ///
    /// - Parameters:
    ///   - operands: their values in the order of `forEachOperand`.
    func value(of operands: [BitVector]) -> BitVector? {
        func bit(_ value: Bool) -> BitVector { BitVector(value ? 1 : 0, width: 1) }
        let width = Int(self.width)
        guard let a = operands.first else { return nil }
        let b = operands.count > 1 ? operands[1] : a
        switch operation {
        case .input, .constant, .wire, .register, .instanceOutput, .clock, .reset, .memoryRead: return nil
        case .not: return ~a
        case .reduceAnd: return bit(a.reduceAnd)
        case .reduceOr: return bit(a.reduceOr)
        case .reduceXor: return bit(a.reduceXor)
        case .popcount: return a.popcount
        case .isolateLowestSet: return a.isolatedLowestSet
        case .oneHotToBinary:
            return BitVector((0..<a.width).reduce(0) { a[$1] ? $0 | $1 : $0 }, width: width)
        case .and: return a & b
        case .or: return a | b
        case .xor: return a ^ b
        case .add: return a + b
        case .subtract: return a - b
        case .multiply: return a * b
        case .divide: return a / b
        case .modulo: return a % b
        case .divideSigned: return a.dividedSigned(by: b).quotient
        case .moduloSigned: return a.dividedSigned(by: b).remainder
        case .equal: return bit(a == b)
        case .notEqual: return bit(a != b)
        case .less: return bit(a < b)
        case .lessOrEqual: return bit(a <= b)
        case .lessSigned: return bit(a.signFlipped < b.signFlipped)
        case .lessOrEqualSigned: return bit(a.signFlipped <= b.signFlipped)
        case .shiftLeft: return b.intValue.map { a << $0 } ?? .zeros(width)
        case .shiftRight: return b.intValue.map { a >> $0 } ?? .zeros(width)
        case .shiftRightSigned:
            let fill = a[width - 1] ? BitVector.ones(width) : .zeros(width)
            guard let amount = b.intValue, amount < width else { return fill }
            return a >> amount | (amount > 0 ? fill << (width - amount) : .zeros(width))
        case .mux: return a[0] ? b : operands[2]
        case .slice: return a[Int(self.b)..<Int(self.b) + width]
        case .concatenate: return .concatenating(operands)
        case .select:
            guard let index = operands.last?.intValue, index < operands.count - 1 else { return .zeros(width) }
            return operands[index]
        case .dynamicBit:
            guard let index = b.intValue, index < a.width else { return .zeros(1) }
            return bit(a[index])
        }
    }
}

extension BitVector {
    /// The value with its top bit inverted: unsigned order of these is signed order of the values.
    fileprivate var signFlipped: BitVector { self ^ (BitVector(1, width: width) << (width - 1)) }

    /// Division towards zero of two's complement numbers, as the operations state it for every operand.
    fileprivate func dividedSigned(by divisor: BitVector) -> (quotient: BitVector, remainder: BitVector) {
        if divisor.isZero { return (.ones(width), self) }
        func negative(_ value: BitVector) -> BitVector { .zeros(width) - value }
        let (isNegative, isOtherNegative) = (self[width - 1], divisor[width - 1])
        let (quotient, remainder) = (isNegative ? negative(self) : self)
            .dividedBy(isOtherNegative ? negative(divisor) : divisor)
        return (
            isNegative != isOtherNegative ? negative(quotient) : quotient, isNegative ? negative(remainder) : remainder
        )
    }
}
