import HDL

extension Lowering {
    /// Counts the users of every node that a statement needs, walking back from the statements without recursion.
    mutating func countUses(_ plan: BlockPlan) {
        var pending: [Int32] = []
        func useAlone(_ node: Int32, _ lowering: inout Lowering) {
            lowering.isRoot[Int(node)] = true
            use(node, &lowering)
        }
        func use(_ node: Int32, _ lowering: inout Lowering) {
            lowering.uses[Int(node)] += 1
            if lowering.uses[Int(node)] == 1 { pending.append(node) }
        }
        func visit(_ steps: [BlockPlan.Step], _ lowering: inout Lowering) {
            for step in steps {
                switch step {
                case .assign(_, let value):
                    useAlone(value, &lowering)
                case .write(_, let address, let value):
                    useAlone(address, &lowering)
                    useAlone(value, &lowering)
                case .branch(let arms):
                    for arm in arms {
                        if let condition = arm.condition { useAlone(condition, &lowering) }
                        visit(arm.body, &lowering)
                    }
                }
            }
        }
        for block in plan.blocks { visit(block.steps, &self) }
        for wire in circuit.wires {
            if let value = plan.plainDriver[wire.node] { useAlone(value, &self) }
        }
        // Not through `self`, which the closure changes: each call would copy it.
        let circuit = circuit
        while let index = pending.popLast() {
            circuit.forEachWrittenOperand(of: circuit.nodes[Int(index)]) { use($0, &self) }
            markOperandsThatNeedNames(circuit.nodes[Int(index)])
            noteSlice(circuit.nodes[Int(index)])
        }
    }

    /// Verilog slices and indexes names only, and what is written twice should be computed once.
    private mutating func markOperandsThatNeedNames(_ node: Node) {
        switch node.operation {
        case .slice:
            needsName[Int(node.a)] = true
        case .isolateLowestSet, .oneHotToBinary:
            if width(node.a) > 1 { needsName[Int(node.a)] = true }
        case .shiftLeft, .shiftRight:
            if width(node.b) > Lowering.widestShiftAmount { needsName[Int(node.b)] = true }
        case .dynamicBit:
            needsName[Int(node.a)] = true
            if !isAlwaysInside(node) { needsName[Int(node.b)] = true }
        case .divide, .modulo:
            if constant(node.b) != nil { break }
            needsName[Int(node.a)] = true
            needsName[Int(node.b)] = true
        case .memoryRead:
            let depth = circuit.memories[Int(node.a)].depth
            if constant(node.b) == nil, depth != 1 << circuit.memories[Int(node.a)].addressWidth {
                needsName[Int(node.b)] = true
            }
        default:
            break
        }
    }

    private mutating func noteSlice(_ node: Node) {
        guard node.operation == .slice, circuit.names[node.a] == nil else { return }
        slices[node.a, default: []].append(node.b..<(node.b + node.width))
    }

    /// Whether some bits of a node have no user: every user is a slice, and together they leave a gap.
    func isPartlyUnused(_ id: Int32) -> Bool {
        guard let slices = slices[id], slices.count == Int(uses[Int(id)]) else { return false }
        var covered: Int32 = 0
        for slice in slices.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if slice.lowerBound > covered { return true }
            covered = max(covered, slice.upperBound)
        }
        return covered < circuit.nodes[Int(id)].width
    }
}
