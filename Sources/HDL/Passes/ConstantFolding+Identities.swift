import BitVectors

/// Operations that one constant operand, or two equal ones, decide.
extension ConstantFolding {
    /// What a node is in fewer words; nil when nothing is known to be.
    func simplified(_ node: Node) -> Result? {
        switch node.operation {
        case .and, .or, .xor: bitwise(node)
        case .add, .subtract, .multiply: arithmetic(node)
        case .divide, .modulo, .divideSigned, .moduloSigned: division(node)
        case .equal, .notEqual: equality(node)
        case .less, .lessOrEqual, .lessSigned, .lessOrEqualSigned: order(node)
        case .shiftLeft, .shiftRight, .shiftRightSigned: shift(node)
        case .mux: choice(node)
        default: wiring(node)
        }
    }

    private func not(_ operand: Int32) -> Result {
        .node(Node(.not, width: Int(nodes[Int(operand)].width), a: operand))
    }

    /// A constant operand with the other one; nil when none is constant.
    private func constantAndOther(_ node: Node) -> (constant: BitVector, other: Int32)? {
        if let constant = value(node.a) { return (constant, node.b) }
        if let constant = value(node.b) { return (constant, node.a) }
        return nil
    }

    private func bitwise(_ node: Node) -> Result? {
        let width = Int(node.width)
        if node.a == node.b { return node.operation == .xor ? .constant(.zeros(width)) : .same(node.a) }
        guard let (constant, other) = constantAndOther(node) else { return nil }
        switch node.operation {
        case .and: return constant.isZero ? .constant(constant) : constant.reduceAnd ? .same(other) : nil
        case .or: return constant.isZero ? .same(other) : constant.reduceAnd ? .constant(constant) : nil
        default: return constant.isZero ? .same(other) : constant.reduceAnd ? not(other) : nil
        }
    }

    private func arithmetic(_ node: Node) -> Result? {
        let width = Int(node.width)
        let one = BitVector(1, width: width)
        switch node.operation {
        case .add:
            if let (constant, other) = constantAndOther(node), constant.isZero { return .same(other) }
        case .subtract:
            if node.a == node.b { return .constant(.zeros(width)) }
            if value(node.b)?.isZero == true { return .same(node.a) }
        default:
            guard let (constant, other) = constantAndOther(node) else { return nil }
            return constant.isZero ? .constant(constant) : constant == one ? .same(other) : nil
        }
        return nil
    }

    /// Division by zero, by one and by minus one, so that no text has an operand that does not matter.
    private func division(_ node: Node) -> Result? {
        guard let divisor = value(node.b) else { return nil }
        let width = Int(node.width)
        let isOne = divisor == BitVector(1, width: width)
        switch node.operation {
        case .divide, .divideSigned:
            return divisor.isZero ? .constant(.ones(width)) : isOne ? .same(node.a) : nil
        case .modulo:
            return divisor.isZero ? .same(node.a) : isOne ? .constant(.zeros(width)) : nil
        default:
            return divisor.isZero ? .same(node.a) : isOne || divisor.reduceAnd ? .constant(.zeros(width)) : nil
        }
    }

    private func equality(_ node: Node) -> Result? {
        let isEqual = node.operation == .equal
        if node.a == node.b { return .constant(BitVector(isEqual ? 1 : 0, width: 1)) }
        guard let (constant, other) = constantAndOther(node), constant.width == 1 else { return nil }
        return constant[0] == isEqual ? .same(other) : not(other)
    }

    private func order(_ node: Node) -> Result? {
        let isStrict = node.operation == .less || node.operation == .lessSigned
        if node.a == node.b { return .constant(BitVector(isStrict ? 0 : 1, width: 1)) }
        switch node.operation {
        case .less where value(node.b)?.isZero == true, .less where value(node.a)?.reduceAnd == true:
            return .constant(.zeros(1))
        case .lessOrEqual where value(node.a)?.isZero == true, .lessOrEqual where value(node.b)?.reduceAnd == true:
            return .constant(.ones(1))
        case .lessSigned, .lessOrEqualSigned:
            return signedOrder(node)
        default:
            return nil
        }
    }

    /// Comparisons with an end of the range, and with zero, which the sign decides.
    private func signedOrder(_ node: Node) -> Result? {
        let isStrict = node.operation == .lessSigned
        let width = Int(nodes[Int(node.a)].width)
        let lowest = BitVector(1, width: width) << (width - 1)
        let (low, high) = isStrict ? (node.b, node.a) : (node.a, node.b)
        if value(low) == lowest || value(high) == ~lowest { return .constant(BitVector(isStrict ? 0 : 1, width: 1)) }
        if isStrict, value(node.b)?.isZero == true {
            return .node(Node(.slice, width: 1, a: node.a, b: Int32(width - 1)))
        }
        return nil
    }

    private func shift(_ node: Node) -> Result? {
        if let shifted = value(node.a), shifted.isZero { return .constant(shifted) }
        // A single bit is its own sign, however far it moves.
        if node.operation == .shiftRightSigned, node.width == 1 { return .same(node.a) }
        guard let amount = value(node.b) else { return nil }
        if amount.isZero { return .same(node.a) }
        let isBeyond = amount.intValue.map { $0 >= Int(node.width) } ?? true
        return isBeyond && node.operation != .shiftRightSigned ? .constant(.zeros(Int(node.width))) : nil
    }

    private func choice(_ node: Node) -> Result? {
        if let condition = value(node.a) { return .same(condition[0] ? node.b : node.c) }
        if node.b == node.c { return .same(node.b) }
        guard let whenTrue = value(node.b), let whenFalse = value(node.c) else { return nil }
        if whenTrue == whenFalse { return .constant(whenTrue) }
        if node.width > 1 { return nil }
        return whenTrue[0] ? .same(node.a) : not(node.a)
    }

    private func wiring(_ node: Node) -> Result? {
        let width = Int(node.width)
        func isOneBit(_ id: Int32) -> Bool { nodes[Int(id)].width == 1 }
        switch node.operation {
        case .reduceAnd, .reduceOr, .reduceXor, .popcount, .isolateLowestSet:
            return isOneBit(node.a) ? .same(node.a) : nil
        case .oneHotToBinary:
            return isOneBit(node.a) ? .constant(.zeros(width)) : nil
        case .slice:
            return node.width == nodes[Int(node.a)].width ? .same(node.a) : nil
        case .concatenate:
            return node.b == 1 ? .same(circuit.operandPool[Int(node.a)]) : nil
        case .memoryRead:
            guard let address = value(node.b) else { return nil }
            let isInside = address.intValue.map { $0 < circuit.memories[Int(node.a)].depth } ?? false
            return isInside ? nil : .constant(.zeros(width))
        case .select:
            guard let index = value(node.c) else { return nil }
            guard let place = index.intValue, place < Int(node.b) else { return .constant(.zeros(width)) }
            return .same(circuit.operandPool[Int(node.a) + place])
        case .dynamicBit:
            guard let index = value(node.b) else { return nil }
            guard let place = index.intValue, place < Int(nodes[Int(node.a)].width) else {
                return .constant(.zeros(1))
            }
            return .node(Node(.slice, width: 1, a: node.a, b: Int32(place)))
        default:
            return nil
        }
    }
}
