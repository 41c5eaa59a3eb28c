import BitVectors
import HDL

extension Lowering {
    typealias Expression = VerilogModule.Expression

    /// Gives every live node its expression; those with a name, several users or too long a text become a wire.
    mutating func lowerNodes() {
        for index in circuit.nodes.indices where uses[index] > 0 {
            let id = Int32(index)
            let node = circuit.nodes[index]
            if let name = identifiers[id] {
                expressions[index] = .identifier(name)
            } else if node.operation == .constant, !needsName[index], circuit.names[id] == nil {
                expressions[index] = .literal(circuit.constants[Int(node.a)])
            } else if node.operation == .select, constant(node.c) == nil {
                lowerSelect(node, id)
            } else {
                let expression = expression(of: node)
                sizes[index] = size(of: node)
                if isInline(node, id) {
                    expressions[index] = expression
                } else {
                    let name = nameForWire(id)
                    items.append(.wire(name: name, width: Int(node.width), value: expression))
                    refer(id, name)
                }
            }
        }
    }

    /// The text of an operand.
    func operand(_ id: Int32) -> Expression { expressions[Int(id)] ?? .identifier("undriven") }

    private func isInline(_ node: Node, _ id: Int32) -> Bool {
        guard circuit.names[id] == nil, !needsName[Int(id)] else { return false }
        switch node.operation {
        case .popcount where width(node.a) > 1: return false
        case .memoryRead: return false
        case .slice: return true
        default: return uses[Int(id)] == 1 && (isRoot[Int(id)] || sizes[Int(id)] <= Lowering.largestInlineSize)
        }
    }

    private func size(of node: Node) -> Int32 {
        var size: Int32 = 0
        circuit.forEachWrittenOperand(of: node) { size += sizes[Int($0)] }
        switch node.operation {
        case .not, .reduceAnd, .reduceOr, .reduceXor: return isOfOneBit(node) ? size : size + 1
        case .slice: return 1
        case .concatenate where isReplication(node): return 1
        default: return size
        }
    }

    private mutating func nameForWire(_ id: Int32) -> String {
        if let wanted = circuit.names[id] {
            let name = namer.name(wanted)
            record(wanted, name, width(id))
            return name
        }
        let stamp = circuit.nodes[Int(id)].stamp
        let owner = stamp >= 0 ? circuit.stamps[Int(stamp)].owner : "value"
        return namer.temporary(for: owner, suffix: isPartlyUnused(id) ? "_partly_unused" : "")
    }

    private mutating func refer(_ id: Int32, _ name: String) {
        identifiers[id] = name
        expressions[Int(id)] = .identifier(name)
        sizes[Int(id)] = 1
    }

    /// A choice by number stays a `case`.
    private mutating func lowerSelect(_ node: Node, _ id: Int32) {
        let name = nameForWire(id)
        let indexWidth = width(node.c)
        let reachable = indexWidth >= 31 ? Int.max : 1 << indexWidth
        let values = Array(circuit.operands(of: node).prefix(reachable))
        var arms = values.enumerated().map { number, value in
            (
                value: BitVector(number, width: indexWidth),
                body: [VerilogModule.Statement.assign(target: name, value: operand(value))]
            )
        }
        let last: [VerilogModule.Statement]
        if values.count == reachable, let final = arms.popLast() {
            last = final.body
        } else {
            last = [.assign(target: name, value: .literal(.zeros(Int(node.width))))]
        }
        items.append(.variable(name: name, width: Int(node.width)))
        items.append(.combinational([.choose(operand(node.c), arms: arms, otherwise: last)]))
        refer(id, name)
    }

    /// Reductions and counts of a single bit are the bit itself.
    private func isOfOneBit(_ node: Node) -> Bool {
        switch node.operation {
        case .reduceAnd, .reduceOr, .reduceXor, .popcount, .isolateLowestSet: width(node.a) == 1
        default: false
        }
    }

    private func expression(of node: Node) -> Expression {
        let index = Int(node.a)
        // Verilator 5.006 has wrong parities where the parity of a single bit is written out.
        if isOfOneBit(node) { return operand(node.a) }
        switch node.operation {
        case .constant: return .literal(circuit.constants[index])
        case .select: return circuit.chosenOperand(of: node).map(operand) ?? .literal(.zeros(Int(node.width)))
        case .input, .wire, .register, .instanceOutput, .clock, .reset: return .identifier("undriven")
        case .memoryRead: return memoryRead(node)
        case .not: return .unary("~", operand(node.a))
        case .reduceAnd: return .unary("&", operand(node.a))
        case .reduceOr: return .unary("|", operand(node.a))
        case .reduceXor: return .unary("^", operand(node.a))
        case .popcount: return .countOnes(operand(node.a))
        case .isolateLowestSet: return lowestSet(node)
        case .oneHotToBinary: return oneHotIndex(node)
        case .divide, .modulo: return quotient(node)
        case .mux: return .conditional(operand(node.a), operand(node.b), operand(node.c))
        case .slice: return slice(node)
        case .concatenate: return concatenation(node)
        case .dynamicBit: return dynamicBit(node)
        case .less, .lessOrEqual: return comparison(node)
        case .shiftLeft, .shiftRight: return shift(node)
        case .divideSigned, .moduloSigned, .lessSigned, .lessOrEqualSigned, .shiftRightSigned:
            return .identifier("undriven")
        case .and, .or, .xor, .add, .subtract, .multiply, .equal, .notEqual:
            return .binary(operand(node.a), node.operation.symbol, operand(node.b))
        }
    }
}
