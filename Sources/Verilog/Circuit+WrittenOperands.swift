import BitVectors
import HDL

extension Circuit {
    /// Calls the body with each operand that the Verilog of a node mentions, as often as it does.
    func forEachWrittenOperand(of node: Node, _ body: (Int32) -> Void) {
        switch node.operation {
        case .input, .constant, .wire, .register, .instanceOutput:
            break
        case .memoryRead:
            body(node.b)
        case .oneHotToBinary where nodes[Int(node.a)].width == 1:
            break  // Its position is zero, whatever it is.
        case .not, .reduceAnd, .reduceOr, .reduceXor, .popcount, .isolateLowestSet, .oneHotToBinary, .slice:
            body(node.a)
        case .mux:
            body(node.a)
            body(node.b)
            body(node.c)
        case .concatenate:
            operands(of: node).forEach(body)
        case .select:
            if value(ofConstant: node.c) != nil {
                if let chosen = chosenOperand(of: node) { body(chosen) }
            } else {
                operands(of: node).forEach(body)
                body(node.c)
            }
        default:
            body(node.a)
            body(node.b)
        }
    }

    /// What a `select` by a constant chooses; nil beyond the last.
    func chosenOperand(of node: Node) -> Int32? {
        guard let index = value(ofConstant: node.c)?.intValue else { return nil }
        let operands = operands(of: node)
        return index < operands.count ? operands[operands.startIndex + index] : nil
    }
}
