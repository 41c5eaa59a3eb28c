import BitVectors
import HDL

extension Circuit {
    /// Calls the body with each operand that the Verilog of a node mentions.
    func forEachWrittenOperand(of node: Node, _ body: (Int32) -> Void) {
        switch node.operation {
        case .oneHotToBinary where nodes[Int(node.a)].width == 1:
            break  // Its position is zero, whatever it is.
        case .select where value(ofConstant: node.c) != nil:
            if let chosen = chosenOperand(of: node) { body(chosen) }
        case .select:
            reachableOperands(of: node).forEach(body)
            body(node.c)
        default:
            forEachOperand(of: node, body)
        }
    }

    /// The operands of a `select` that its index has a value for.
    func reachableOperands(of node: Node) -> ArraySlice<Int32> {
        let indexWidth = nodes[Int(node.c)].width
        return operands(of: node).prefix(indexWidth >= 31 ? Int.max : 1 << Int(indexWidth))
    }

    /// What a `select` by a constant chooses; nil beyond the last.
    func chosenOperand(of node: Node) -> Int32? {
        guard let index = value(ofConstant: node.c)?.intValue else { return nil }
        let operands = operands(of: node)
        return index < operands.count ? operands[operands.startIndex + index] : nil
    }
}
