import HDL

/// The counts of ones that an `always @*` block may have to be woken by.
///
/// Such a block runs when something that it reads changes. Icarus gives a net that is `$countones` its first value before
/// any block waits for it, and counts unknown bits as zeros, so a count that begins at zero wakes nobody; assigned in a
/// block of its own it does. That is asked of every count that reaches such a block, or another module, without a
/// register in between.
struct PopcountsReadByBlocks {
    private var isWanted: [Bool] = []

    /// Walks back from what blocks and other modules read, without recursion over the graph.
    ///
    /// A block may have operators of its own between the count and what it computes. In a net they wake it: only nets
    /// that are the count, bits or copies of it do not.
    init(_ circuit: Circuit, _ plan: BlockPlan) {
        let nodes = circuit.nodes
        guard nodes.contains(where: { $0.operation == .popcount }) else { return }
        isWanted = Array(repeating: false, count: nodes.count)
        var isReadByBlock = isWanted
        var isReached = isWanted
        var pending: [Int32] = []
        func reach(_ node: Int32, fromBlock: Bool) {
            if node < 0 || isReadByBlock[Int(node)] || (isReached[Int(node)] && !fromBlock) { return }
            isReached[Int(node)] = true
            isReadByBlock[Int(node)] = fromBlock
            pending.append(node)
        }
        func readByBlock(_ node: Int32) { reach(node, fromBlock: true) }
        for block in plan.blocks {
            if case .wire = block.kind { PopcountsReadByBlocks.forEachRead(of: block.steps, circuit, readByBlock) }
        }
        for node in nodes where node.operation == .select { circuit.forEachWrittenOperand(of: node, readByBlock) }
        for wire in circuit.wires where wire.purpose != .declared { reach(wire.node, fromBlock: false) }
        for check in circuit.checks where !circuit.domains[Int(check.domain)].isClockUsed {
            readByBlock(check.condition)
        }
        while let index = pending.popLast() {
            let node = nodes[Int(index)]
            // What has a name is a net of its own.
            let isInBlock = isReadByBlock[Int(index)] && circuit.names[index] == nil
            switch node.operation {
            case .wire:
                if let value = plan.plainDriver[index] { reach(value, fromBlock: false) }
                for part in plan.plainParts[index] ?? [] { reach(part.value, fromBlock: false) }
            case .input, .constant, .register, .instanceOutput, .clock, .reset:
                break
            case .popcount where nodes[Int(node.a)].width > 1:
                isWanted[Int(index)] = true
                // The block that it gets reads what it counts.
                readByBlock(node.a)
            case .slice, .concatenate, .shiftRightSigned:
                circuit.forEachWrittenOperand(of: node) { reach($0, fromBlock: isInBlock) }
            case .memoryRead:
                if isInBlock { readByBlock(node.b) }
            default:
                if isInBlock { circuit.forEachWrittenOperand(of: node, readByBlock) }
            }
        }
    }

    func contains(_ node: Int32) -> Bool { isWanted.isEmpty ? false : isWanted[Int(node)] }

    private static func forEachRead(of steps: [BlockPlan.Step], _ circuit: Circuit, _ body: (Int32) -> Void) {
        for step in steps {
            switch step {
            case .assign(_, let value, _), .assignSlice(_, _, let value, _):
                body(value)
            case .write(_, let address, let value, let mask, _):
                for node in [address, value, mask] { body(node) }
            case .branch(let arms):
                for arm in arms {
                    if let condition = arm.condition { body(condition) }
                    forEachRead(of: arm.body, circuit, body)
                }
            case .choose(let index, let arms, let otherwise):
                body(circuit.switches[index].subject)
                for arm in arms { forEachRead(of: arm, circuit, body) }
                forEachRead(of: otherwise ?? [], circuit, body)
            }
        }
    }
}
