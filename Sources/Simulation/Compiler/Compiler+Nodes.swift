import BitVectors
import HDL

extension Compiler {
    /// Writes the instructions of every node of a scope; operands stand before their users.
    mutating func emitNodes(of index: Int) {
        let circuit = scopes[index].circuit
        let nodes = circuit.nodes
        for id in nodes.indices where !nodes[id].operation.isSource || scopes[index].places[id] == .max {
            let place = emit(nodes[id], of: index, nodes)
            scopes[index].places[id] = place
        }
    }

    private mutating func emit(_ node: Node, of index: Int, _ nodes: [Node]) -> UInt32 {
        let circuit = scopes[index].circuit
        let width = Int(node.width)
        switch node.operation {
        case .input, .wire, .register, .instanceOutput:
            // Only a port of a circuit that was never connected has no place yet.
            return constant(.zeros(width))
        case .constant:
            return constant(circuit.constants[Int(node.a)])
        case .clock:
            return clockPlace(node, of: index)
        case .reset:
            return resetPlace(node, of: index)
        case .memoryRead:
            let memory = memories[scopes[index].firstMemory + Int(node.a)]
            let addressWidth = Int(nodes[Int(node.b)].width)
            let address = saturated(scopes[index].places[Int(node.b)], width: addressWidth)
            return emit(
                width <= 64 ? .memoryRead : .memoryReadWide, width: width, a: address, b: memory.base,
                c: UInt32(memory.depth), d: UInt32(width))
        case .slice:
            return slice(node, of: index, nodes)
        case .concatenate:
            return concatenation(node, of: index, nodes)
        case .select:
            let values = circuit.operands(of: node).map { scopes[index].places[Int($0)] }
            let selector = saturated(scopes[index].places[Int(node.c)], width: Int(nodes[Int(node.c)].width))
            return select(selector, values, width: width)
        case .mux:
            let places = scopes[index].places
            return mux(places[Int(node.a)], places[Int(node.b)], places[Int(node.c)], width: width)
        default:
            let operandWidth = Int(nodes[Int(node.a)].width)
            let a = scopes[index].places[Int(node.a)]
            if node.b < 0 { return unary(node.operation, a, operandWidth: operandWidth, width: width) }
            let b = scopes[index].places[Int(node.b)]
            let secondWidth = Int(nodes[Int(node.b)].width)
            return binary(node.operation, a, b, operandWidth: operandWidth, secondWidth: secondWidth, width: width)
        }
    }

    private mutating func clockPlace(_ node: Node, of index: Int) -> UInt32 {
        let domain = scopes[index].domains[Int(node.a)]
        if case .signals(let clock, let reset) = scopes[index].circuit.domains[Int(node.a)].source {
            // The parts below find the signals here: a scope stands before those of its instances.
            domains[domain].clock = scopes[index].places[Int(clock)]
            domains[domain].reset = reset.map { scopes[index].places[Int($0)] }
        }
        return domain >= 0 ? domains[domain].clock : constant(.zeros(1))
    }

    private mutating func resetPlace(_ node: Node, of index: Int) -> UInt32 {
        let domain = scopes[index].domains[Int(node.a)]
        if domain >= 0, let reset = domains[domain].reset { return reset }
        let level = scopes[index].circuit.domains[Int(node.a)].clocking.resetLevel
        return constant(level == .low ? 1 : 0, width: 1)
    }
}
