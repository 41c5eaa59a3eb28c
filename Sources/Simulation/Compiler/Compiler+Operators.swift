import BitVectors
import HDL

extension Compiler {
    /// An operation on one operand.
    mutating func unary(_ operation: Operation, _ a: UInt32, operandWidth: Int, width: Int) -> UInt32 {
        let isNarrow = operandWidth <= 64
        // `d` of a narrow instruction: how far a mask of ones is shifted to cut the operand's width.
        let cut = UInt32(isNarrow ? 64 - operandWidth : operandWidth)
        func make(_ narrow: Opcode, _ wide: Opcode) -> UInt32 {
            emit(isNarrow ? narrow : wide, width: width, a: a, d: cut)
        }
        switch operation {
        case .not: return make(.not, .notWide)
        case .reduceAnd: return operandWidth == 1 ? a : make(.reduceAnd, .reduceAndWide)
        case .reduceOr:
            if operandWidth == 1 { return a }
            if isNarrow { return emit(.notEqual, width: 1, a: a, b: constant(0, width: 64)) }
            return emit(.reduceOrWide, width: 1, a: a, d: cut)
        case .reduceXor: return operandWidth == 1 ? a : make(.reduceXor, .reduceXorWide)
        case .popcount: return operandWidth == 1 ? a : make(.popcount, .popcountWide)
        case .isolateLowestSet: return operandWidth == 1 ? a : make(.isolateLowestSet, .isolateLowestSetWide)
        case .oneHotToBinary: return make(.oneHotToBinary, .oneHotToBinaryWide)
        default: preconditionFailure("'\(operation)' has no single operand")
        }
    }

    /// An operation on two operands.
    mutating func binary(
        _ operation: Operation, _ a: UInt32, _ b: UInt32, operandWidth: Int, secondWidth: Int, width: Int
    ) -> UInt32 {
        let isNarrow = operandWidth <= 64
        let second =
            switch operation {
            case .shiftLeft, .shiftRight, .shiftRightSigned, .dynamicBit: saturated(b, width: secondWidth)
            default: b
            }
        if operation == .dynamicBit {
            return emit(.dynamicBit, width: 1, a: a, b: second, d: UInt32(operandWidth))
        }
        guard let opcodes = Compiler.binaryOpcodes[operation] else {
            preconditionFailure("'\(operation)' has no two operands")
        }
        return emit(
            isNarrow ? opcodes.narrow : opcodes.wide, width: width, a: a, b: second,
            d: UInt32(isNarrow ? 64 - operandWidth : operandWidth))
    }

    private static let binaryOpcodes: [Operation: (narrow: Opcode, wide: Opcode)] = [
        .and: (.and, .andWide), .or: (.or, .orWide), .xor: (.xor, .xorWide),
        .add: (.add, .addWide), .subtract: (.subtract, .subtractWide), .multiply: (.multiply, .multiplyWide),
        .divide: (.divide, .divideWide), .modulo: (.modulo, .moduloWide),
        .divideSigned: (.divideSigned, .divideSignedWide), .moduloSigned: (.moduloSigned, .moduloSignedWide),
        .equal: (.equal, .equalWide), .notEqual: (.notEqual, .notEqualWide),
        .less: (.less, .lessWide), .lessOrEqual: (.lessOrEqual, .lessOrEqualWide),
        .lessSigned: (.lessSigned, .lessSignedWide), .lessOrEqualSigned: (.lessOrEqualSigned, .lessOrEqualSignedWide),
        .shiftLeft: (.shiftLeft, .shiftLeftWide), .shiftRight: (.shiftRight, .shiftRightWide),
        .shiftRightSigned: (.shiftRightSigned, .shiftRightSignedWide),
    ]

    /// Bits of a signal. Those of a concatenation are bits of its part, where they lie in one.
    mutating func slice(_ node: Node, of index: Int, _ nodes: [Node]) -> UInt32 {
        let circuit = scopes[index].circuit
        let width = Int(node.width)
        var source = Int(node.a)
        var low = Int(node.b)
        while nodes[source].operation == .concatenate {
            var end = Int(nodes[source].width)
            var part: Int?
            for operand in circuit.operands(of: nodes[source]) {
                let start = end - Int(nodes[Int(operand)].width)
                if start <= low {
                    if low + width <= end { part = Int(operand) }
                    end = start
                    break
                }
                end = start
            }
            guard let part else { break }
            low -= end
            source = part
        }
        return bits(of: scopes[index].places[source], from: low, width: width, wholeWidth: Int(nodes[source].width))
    }

    /// Bits of a place.
    mutating func bits(of place: UInt32, from low: Int, width: Int, wholeWidth: Int) -> UInt32 {
        if width == wholeWidth { return place }
        let word = place + UInt32(low / 64)
        let shift = low % 64
        if width > 64 {
            return emit(.sliceWide, width: width, a: word, b: UInt32(shift), d: UInt32(width))
        }
        let cut = UInt32(64 - width)
        if shift == 0, cut == 0 { return word }
        return emit(
            shift + width <= 64 ? .slice : .straddlingSlice, width: width, a: word, b: UInt32(shift), d: cut)
    }

    /// Signals side by side.
    mutating func concatenation(_ node: Node, of index: Int, _ nodes: [Node]) -> UInt32 {
        let circuit = scopes[index].circuit
        let width = Int(node.width)
        let operands = Array(circuit.operands(of: node))
        // Zeros at the top need no instruction where the result is narrow: the bits above a value are zero.
        var parts: [(place: UInt32, width: Int, low: Int)] = []
        var low = 0
        for operand in operands.reversed() {
            let operandWidth = Int(nodes[Int(operand)].width)
            let isZero = circuit.value(ofConstant: operand)?.isZero ?? false
            if !isZero { parts.append((scopes[index].places[Int(operand)], operandWidth, low)) }
            low += operandWidth
        }
        if parts.isEmpty { return constant(.zeros(width)) }
        if width > 64 {
            let list = pooled(parts.flatMap { [$0.place, UInt32($0.width), UInt32($0.low)] })
            return emit(.joinWide, width: width, a: list, b: UInt32(parts.count), d: UInt32(width))
        }
        if parts.count == 1, parts[0].low == 0 { return parts[0].place }
        if parts.count == width, parts.allSatisfy({ $0.place == parts[0].place }) {
            return emit(.replicate, width: width, a: parts[0].place, d: UInt32(64 - width))
        }
        if let number = signExtension(operands, nodes, of: index) {
            let bits = Int(nodes[Int(number)].width)
            return emit(
                .signExtend, width: width, a: scopes[index].places[Int(number)], b: UInt32(64 - bits),
                d: UInt32(64 - width))
        }
        if parts.count == 1 {
            return emit(.join, width: width, a: parts[0].place, b: constant(0, width: 64), c: UInt32(parts[0].low))
        }
        if parts.count == 2, parts[0].low == 0 {
            return emit(.join, width: width, a: parts[1].place, b: parts[0].place, c: UInt32(parts[1].low))
        }
        let list = pooled(parts.flatMap { [$0.place, UInt32($0.low)] })
        return emit(.joinList, width: width, a: list, b: UInt32(parts.count))
    }

    /// The number that a concatenation extends with its sign, if it does so.
    private func signExtension(_ operands: [Int32], _ nodes: [Node], of index: Int) -> Int32? {
        guard operands.count == 2 else { return nil }
        let number = operands[1]
        let top = nodes[Int(operands[0])]
        let bits = nodes[Int(number)].width
        func isSign(_ id: Int32) -> Bool {
            let node = nodes[Int(id)]
            return node.operation == .slice && node.a == number && node.b == bits - 1 && node.width == 1
        }
        if isSign(operands[0]) { return number }
        guard top.operation == .concatenate else { return nil }
        let copies = scopes[index].circuit.operands(of: top)
        return copies.allSatisfy { $0 == copies.first } && isSign(copies.first ?? 0) ? number : nil
    }
}
