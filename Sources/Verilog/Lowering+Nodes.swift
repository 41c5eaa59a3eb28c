import BitVectors
import HDL

extension Lowering {
    typealias Expression = VerilogModule.Expression

    /// Gives every live node its expression; those with a name, several users or too long a text become a wire.
    mutating func lowerNodes() {
        for index in nodes.indices where usage.count(Int32(index)) > 0 {
            let id = Int32(index)
            let node = nodes[index]
            if texts.hasName(id) { continue }
            if node.operation == .constant, !usage.needsName[index], givenNames[id] == nil {
                texts.set(constantExpression(id, circuit.constants[Int(node.a)]), for: id)
            } else if node.operation == .select, constant(node.c) == nil {
                lowerSelect(node, id)
            } else {
                let expression = expression(of: node, id)
                let size = size(of: node)
                if isInline(node, id, size) {
                    texts.set(expression, size: size, for: id)
                } else {
                    let name = nameForWire(id)
                    if isPopcountReadByBlock(id) {
                        addVariable(name, Int(node.width), expression, id)
                    } else {
                        addWire(name, Int(node.width), expression, id)
                    }
                    texts.setName(name, of: id)
                }
                forgetOperands(of: node)
            }
        }
    }

    /// What had this node as its only user has been written.
    private mutating func forgetOperands(of node: Node) {
        circuit.forEachWrittenOperand(of: node) { operand in
            if usage.count(operand) == 1, !texts.hasName(operand) { texts.forget(operand) }
        }
    }

    /// The text of an operand.
    func operand(_ id: Int32) -> Expression { texts[id] ?? .identifier("undriven") }

    mutating func addWire(_ name: String, _ width: Int, _ value: Expression, _ id: Int32) {
        add(.wire(name: name, width: width, value: value, circuit.location(of: id)), to: section(id))
    }

    /// A signal that a block of its own assigns.
    private mutating func addVariable(_ name: String, _ width: Int, _ value: Expression, _ id: Int32) {
        let place = circuit.location(of: id)
        add(.variable(name: name, width: width, place), to: section(id))
        add(.combinational(label: nil, [.assign(target: .init(name), value: value, place)]), to: section(id))
    }

    /// Whether the node is a count that a block of its own has to assign.
    func isPopcountReadByBlock(_ id: Int32) -> Bool {
        options.popcount == .countOnes && popcountsReadByBlocks.contains(id)
    }

    /// A wire for a part of a node's meaning, to be written in one place or more.
    mutating func helper(_ width: Int, _ value: Expression, for id: Int32) -> Expression {
        let name = namer.temporary(for: owner(of: id))
        addWire(name, width, value, id)
        return .identifier(name)
    }

    private mutating func constantExpression(_ id: Int32, _ value: BitVector) -> Expression {
        if let enumeration = circuit.enumerationOfNode[id],
            let name = parameters.name(of: value, in: enumeration, of: circuit, &namer)
        {
            return .identifier(name)
        }
        return .literal(value)
    }

    private func isInline(_ node: Node, _ id: Int32, _ size: Int32) -> Bool {
        guard givenNames[id] == nil, !usage.needsName[Int(id)] else { return false }
        switch node.operation {
        case .popcount where width(node.a) > 1: return false
        case .memoryRead: return false
        // Signed expressions keep their meaning only where nothing unsigned is beside them.
        case .shiftRightSigned where width(node.a) > 1, .divideSigned, .moduloSigned: return usage.standsAlone(id)
        case .slice: return true
        default:
            return usage.count(id) == 1 && (usage.standsAlone(id) || size <= Lowering.largestInlineSize)
        }
    }

    private func size(of node: Node) -> Int32 {
        var size: Int32 = 0
        circuit.forEachWrittenOperand(of: node) { size += texts.size(of: $0) }
        switch node.operation {
        case .not, .reduceAnd, .reduceOr, .reduceXor: return isOfOneBit(node) ? size : size + 1
        case .slice: return 1
        case .concatenate where isReplication(node): return 1
        default: return size
        }
    }

    private func owner(of id: Int32) -> String {
        let stamp = nodes[Int(id)].stamp
        return stamp >= 0 ? circuit.stamps[Int(stamp)].owner : "value"
    }

    private mutating func nameForWire(_ id: Int32) -> String {
        if let wanted = givenNames[id] {
            let name = namer.name(wanted)
            record(wanted, name, id)
            return name
        }
        return namer.temporary(for: owner(of: id))
    }

    /// A choice by number stays a `case`.
    private mutating func lowerSelect(_ node: Node, _ id: Int32) {
        let name = nameForWire(id)
        let indexWidth = width(node.c)
        let reachable = indexWidth >= 31 ? Int.max : 1 << indexWidth
        let values = circuit.reachableOperands(of: node)
        let place = circuit.location(of: id)
        var arms = values.enumerated().map { number, value in
            VerilogModule.Arm(
                labels: [.literal(BitVector(number, width: indexWidth))],
                body: [.assign(target: .init(name), value: operand(value), place)])
        }
        let last: [VerilogModule.Statement]
        if values.count == reachable, let final = arms.popLast() {
            last = final.body
        } else {
            last = [.assign(target: .init(name), value: .literal(.zeros(Int(node.width))), place)]
        }
        add(.variable(name: name, width: Int(node.width), place), to: section(id))
        let choice = VerilogModule.Statement.choose(
            operand(node.c), isDontCare: false, arms: arms, otherwise: last, comment: nil)
        add(.combinational(label: nil, [choice]), to: section(id))
        texts.setName(name, of: id)
    }

    /// Reductions and counts of a single bit are the bit itself.
    private func isOfOneBit(_ node: Node) -> Bool {
        switch node.operation {
        case .reduceAnd, .reduceOr, .reduceXor, .popcount, .isolateLowestSet: width(node.a) == 1
        default: false
        }
    }

    private mutating func expression(of node: Node, _ id: Int32) -> Expression {
        let index = Int(node.a)
        // Verilator 5.006 has wrong parities where the parity of a single bit is written out.
        if isOfOneBit(node) { return operand(node.a) }
        switch node.operation {
        case .constant: return constantExpression(id, circuit.constants[index])
        case .select: return circuit.chosenOperand(of: node).map(operand) ?? .literal(.zeros(Int(node.width)))
        case .input, .wire, .register, .instanceOutput, .clock, .reset: return .identifier("undriven")
        case .memoryRead: return memoryRead(node)
        case .not: return .unary("~", operand(node.a))
        case .reduceAnd: return .unary("&", operand(node.a))
        case .reduceOr: return .unary("|", operand(node.a))
        case .reduceXor: return .unary("^", operand(node.a))
        case .popcount: return popcount(node, id)
        case .isolateLowestSet: return lowestSet(node)
        case .oneHotToBinary: return oneHotIndex(node)
        case .divide, .modulo: return quotient(node)
        case .divideSigned, .moduloSigned: return signedQuotient(node, id)
        case .mux: return .conditional(operand(node.a), operand(node.b), operand(node.c))
        case .slice: return slice(node)
        case .concatenate: return concatenation(node)
        case .dynamicBit: return dynamicBit(node)
        case .less, .lessOrEqual: return comparison(node)
        case .lessSigned, .lessOrEqualSigned:
            return signedComparison(node)
        case .shiftLeft, .shiftRight: return shift(node)
        case .shiftRightSigned: return signedShift(node, id)
        case .and, .or, .xor, .add, .subtract, .multiply, .equal, .notEqual:
            return .binary(operand(node.a), node.operation.symbol, operand(node.b))
        }
    }
}
