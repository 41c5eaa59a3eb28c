import BitVectors
import HDL

/// The operators whose Verilog takes more than a symbol. Each has a result for every operand: a guard stands where
/// Verilog would give X.
extension Lowering {
    func memoryRead(_ node: Node) -> Expression {
        let memory = circuit.memories[Int(node.a)]
        let word = Expression.element(memoryNames[Int(node.a)], operand(node.b))
        if let address = constant(node.b)?.intValue {
            return address < memory.depth ? word : .literal(.zeros(memory.width))
        }
        if memory.depth == 1 << memory.addressWidth { return word }
        let isInside = Expression.binary(
            operand(node.b), "<", .literal(BitVector(memory.depth, width: memory.addressWidth)))
        return .conditional(isInside, word, .literal(.zeros(memory.width)))
    }

    func lowestSet(_ node: Node) -> Expression {
        let width = Int(node.width)
        let negative = Expression.binary(.unary("~", operand(node.a)), "+", .literal(BitVector(1, width: width)))
        return .binary(operand(node.a), "&", negative)
    }

    /// Bit k of the position is the OR of the inputs whose number has bit k.
    func oneHotIndex(_ node: Node) -> Expression {
        let inputWidth = width(node.a)
        if inputWidth == 1 { return .literal(.zeros(1)) }
        let bits = (0..<Int(node.width)).reversed().map { bit -> Expression in
            let mask = BitVector(bits: (0..<inputWidth).map { $0 >> bit & 1 == 1 })
            return .unary("|", .binary(operand(node.a), "&", .literal(mask)))
        }
        return bits.count == 1 ? bits[0] : .concatenation(bits)
    }

    /// Verilator 5.006 loses the upper bits of amounts of more than 64 bits, so those from `widestShiftAmount` up are
    /// looked at apart.
    func shift(_ node: Node) -> Expression {
        let symbol = node.operation.symbol
        guard width(node.b) > Lowering.widestShiftAmount, case .identifier(let amount) = operand(node.b) else {
            return .binary(operand(node.a), symbol, operand(node.b))
        }
        let isFar = Expression.unary("|", .range(amount, high: width(node.b) - 1, low: Lowering.widestShiftAmount))
        let near = Expression.range(amount, high: Lowering.widestShiftAmount - 1, low: 0)
        return .conditional(isFar, .literal(.zeros(Int(node.width))), .binary(operand(node.a), symbol, near))
    }

    func quotient(_ node: Node) -> Expression {
        var result = Expression.binary(operand(node.a), node.operation.symbol, operand(node.b))
        if node.operation == .divide, node.width > 64 {
            // Icarus 11.0 computes zero in a continuous assignment: `65'h1ffffffffffffffff / 65'd1`.
            let one = BitVector(1, width: Int(node.width))
            if constant(node.b) == one { return operand(node.a) }
            if constant(node.b) == nil {
                let isOne = Expression.binary(operand(node.b), "==", .literal(one))
                result = .conditional(isOne, operand(node.a), result)
            }
        }
        if let divisor = constant(node.b), !divisor.isZero { return result }
        let isZero = Expression.binary(operand(node.b), "==", .literal(.zeros(Int(node.width))))
        let otherwise = node.operation == .divide ? Expression.literal(.ones(Int(node.width))) : operand(node.a)
        if constant(node.b) != nil { return otherwise }
        return .conditional(isZero, otherwise, result)
    }

    /// Guards stand outside: an unsigned operand would make the whole expression unsigned.
    mutating func signedQuotient(_ node: Node, _ id: Int32) -> Expression {
        let width = Int(node.width)
        let divides = node.operation == .divideSigned
        let dividend = operand(node.a)
        func result(_ divisor: Expression) -> Expression {
            .binary(signed(dividend), node.operation.symbol, signed(divisor))
        }
        if let divisor = constant(node.b) {
            if divisor.isZero { return divides ? .literal(.ones(width)) : dividend }
            if divisor.reduceAnd { return divides ? .unary("-", dividend) : .literal(.zeros(width)) }
            return result(operand(node.b))
        }
        let divisor = operand(node.b)
        let isZero = Expression.binary(divisor, "==", .literal(.zeros(width)))
        let isMinusOne = Expression.binary(divisor, "==", .literal(.ones(width)))
        // The lowest number by -1 stops some simulators.
        let one = Expression.literal(BitVector(1, width: width))
        let safe = helper(width, .conditional(.binary(isZero, "|", isMinusOne), one, divisor), for: id)
        let quotient = helper(width, result(safe), for: id)
        let byMinusOne = divides ? Expression.unary("-", dividend) : .literal(.zeros(width))
        let byZero = divides ? Expression.literal(.ones(width)) : dividend
        return .conditional(isZero, byZero, .conditional(isMinusOne, byMinusOne, quotient))
    }

    func signed(_ value: Expression) -> Expression { .function("$signed", value) }

    /// As `shift`, with copies of the sign coming in.
    mutating func signedShift(_ node: Node, _ id: Int32) -> Expression {
        let width = Int(node.width)
        if width == 1 { return operand(node.a) }
        guard self.width(node.b) > Lowering.widestShiftAmount, case .identifier(let amount) = operand(node.b),
            case .identifier(let value) = operand(node.a)
        else {
            return .binary(signed(operand(node.a)), ">>>", operand(node.b))
        }
        let isFar = Expression.unary(
            "|", .range(amount, high: self.width(node.b) - 1, low: Lowering.widestShiftAmount))
        let near = Expression.range(amount, high: Lowering.widestShiftAmount - 1, low: 0)
        let shifted = helper(width, .binary(signed(operand(node.a)), ">>>", near), for: id)
        let sign = Expression.range(value, high: width - 1, low: width - 1)
        return .conditional(isFar, .replication(width, sign), shifted)
    }

    /// The number of ones: `$countones`, or sums of neighbours, then of pairs, and so on, for tools that lack it.
    mutating func popcount(_ node: Node, _ id: Int32) -> Expression {
        let width = width(node.a)
        if options.popcount == .countOnes { return .function("$countones", countedOperand(node, id)) }
        var sums = operand(node.a)
        var distance = 1
        while distance < width {
            // Every field of 2 × distance bits holds the sum of its halves.
            let mask = Expression.literal(BitVector(bits: (0..<width).map { $0 / distance % 2 == 0 }))
            let shift = BitVector(distance, width: 1 + Int.bitWidth - distance.leadingZeroBitCount)
            let low = Expression.binary(sums, "&", mask)
            let high = Expression.binary(.binary(sums, ">>", .literal(shift)), "&", mask)
            sums = helper(width, .binary(low, "+", high), for: id)
            distance *= 2
        }
        guard case .identifier(let name) = sums else { return sums }
        if section(id) == .main { noteUnused(name, Int(node.width)..<width) }
        return .range(name, high: Int(node.width) - 1, low: 0)
    }

    /// Icarus 11.0 miscounts an expression that it computes for a statement, so what a block counts has a name.
    private mutating func countedOperand(_ node: Node, _ id: Int32) -> Expression {
        let value = operand(node.a)
        if case .identifier = value { return value }
        return isPopcountReadByBlock(id) ? helper(width(node.a), value, for: id) : value
    }

    /// The value of a constant node.
    func constant(_ id: Int32) -> BitVector? { circuit.value(ofConstant: id) }

    /// A comparison that no value changes is a literal: linters take the written one for a mistake.
    func comparison(_ node: Node) -> Expression {
        func isConstant(_ id: Int32, where holds: (BitVector) -> Bool) -> Bool {
            constant(id).map(holds) ?? false
        }
        if node.operation == .less {
            if isConstant(node.a, where: \.reduceAnd) || isConstant(node.b, where: \.isZero) {
                return .literal(.zeros(1))
            }
        } else {
            if isConstant(node.a, where: \.isZero) || isConstant(node.b, where: \.reduceAnd) {
                return .literal(.ones(1))
            }
        }
        return .binary(operand(node.a), node.operation.symbol, operand(node.b))
    }

    /// With the sign bits turned over the order is that of unsigned numbers.
    ///
    /// Verilator 5.006 computes 0 for `$signed(a) >= $signed(b)` when it finds both to be the same constant, and it makes
    /// that form of others: of `~($signed(a) < $signed(b))` and of a constant `<=` a signal.
    func signedComparison(_ node: Node) -> Expression {
        let width = width(node.a)
        let sign = BitVector(1, width: width) << (width - 1)
        func turned(_ id: Int32) -> Expression {
            if let value = constant(id) { return .literal(value ^ sign) }
            return .binary(operand(id), "^", .literal(sign))
        }
        return .binary(turned(node.a), node.operation.symbol, turned(node.b))
    }

    func slice(_ node: Node) -> Expression {
        guard case .identifier(let name) = operand(node.a) else { return operand(node.a) }
        if width(node.a) == Int(node.width) { return .identifier(name) }
        return .range(name, high: Int(node.b + node.width - 1), low: Int(node.b))
    }

    func dynamicBit(_ node: Node) -> Expression {
        guard case .identifier(let name) = operand(node.a) else { return operand(node.a) }
        let count = width(node.a)
        let indexWidth = width(node.b)
        if count == 1 { return .binary(operand(node.a), "&", .unary("~", .unary("|", operand(node.b)))) }
        let bit = Expression.element(name, fitted(node.b, to: addressWidth(count)))
        if isAlwaysInside(index: indexWidth, of: count) { return bit }
        let isInside = Expression.binary(operand(node.b), "<", .literal(BitVector(count, width: indexWidth)))
        return .conditional(isInside, bit, .literal(.zeros(1)))
    }

    /// An index in exactly the bits that the indexed signal takes; those above are known to be zero.
    private func fitted(_ id: Int32, to wanted: Int) -> Expression {
        if width(id) < wanted { return .concatenation([.literal(.zeros(wanted - width(id))), operand(id)]) }
        guard case .identifier(let name) = operand(id), width(id) > wanted else { return operand(id) }
        return .range(name, high: wanted - 1, low: 0)
    }

    func isReplication(_ node: Node) -> Bool {
        let parts = circuit.operands(of: node)
        return parts.count > 1 && parts.allSatisfy { $0 == parts.first }
    }

    func concatenation(_ node: Node) -> Expression {
        let parts = circuit.operands(of: node)
        if isReplication(node) { return .replication(parts.count, operand(parts[parts.startIndex])) }
        return parts.count == 1 ? operand(parts[parts.startIndex]) : .concatenation(parts.map(operand))
    }
}
