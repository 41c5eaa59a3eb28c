import BitVectors
import HDL

/// How often each node that has an effect is used, and by what.
struct Usage {
    private var counts: [Int32]
    /// Nodes that a statement uses as they are, so whose text stands alone however long it is.
    private var isRoot: [Bool]
    /// Nodes whose users need a name: what is sliced, indexed, or written twice.
    private(set) var needsName: [Bool]
    /// Nodes of which a user outside the formal part takes every bit.
    private var isWhollyUsed: [Bool]
    /// Slices of the other nodes, outside the formal part.
    private var slices: [Int32: [Range<Int32>]] = [:]

    func count(_ node: Int32) -> Int32 { counts[Int(node)] }

    /// Whether the only user is a statement, or the like.
    func standsAlone(_ node: Int32) -> Bool { counts[Int(node)] == 1 && isRoot[Int(node)] }

    /// Walks back from the statements that the plan keeps, without recursion over the graph.
    init(_ circuit: Circuit, _ plan: BlockPlan) {
        let none = Array(repeating: false, count: circuit.nodes.count)
        counts = Array(repeating: 0, count: circuit.nodes.count)
        isRoot = none
        needsName = none
        isWhollyUsed = none
        var walk = Walk(circuit: circuit)
        for block in plan.blocks {
            let isFormal = block.isFormal(plan)
            visit(block.steps, &walk, isFormal: isFormal)
        }
        for wire in circuit.wires where plan.liveness.section(of: wire.node) != .dead {
            let isFormal = plan.liveness.section(of: wire.node) == .formal
            if let value = plan.plainDriver[wire.node] { useAlone(value, &walk, isFormal) }
            for part in plan.plainParts[wire.node] ?? [] { use(part.value, &walk, isFormal) }
        }
        for domain in circuit.domains {
            guard case .signals(let clock, let reset) = domain.source else { continue }
            for (node, value) in [(domain.clockNode, clock), (domain.resetNode, reset ?? -1)] where value >= 0 {
                let section = plan.liveness.section(of: node)
                if section != .dead { useAlone(value, &walk, section == .formal) }
            }
        }
        for check in circuit.checks { useAlone(check.condition, &walk, true) }
        // Taken out of the class once, since each access to its property is checked.
        let nodes = circuit.nodes
        while let index = walk.pending.popLast() {
            let node = nodes[Int(index)]
            let isFormal = plan.liveness.section(of: index) == .formal
            if node.operation == .slice {
                counts[Int(node.a)] += 1
                if counts[Int(node.a)] == 1 { walk.pending.append(node.a) }
                if !isFormal { slices[node.a, default: []].append(node.b..<(node.b + node.width)) }
            } else {
                circuit.forEachWrittenOperand(of: node) { use($0, &walk, isFormal) }
            }
            markOperandsThatNeedNames(node, circuit)
        }
    }

    private struct Walk {
        let circuit: Circuit
        var pending: [Int32] = []
    }

    private mutating func use(_ node: Int32, _ walk: inout Walk, _ isFormal: Bool) {
        counts[Int(node)] += 1
        if counts[Int(node)] == 1 { walk.pending.append(node) }
        if !isFormal { isWhollyUsed[Int(node)] = true }
    }

    private mutating func useAlone(_ node: Int32, _ walk: inout Walk, _ isFormal: Bool) {
        isRoot[Int(node)] = true
        use(node, &walk, isFormal)
    }

    private mutating func visit(_ steps: [BlockPlan.Step], _ walk: inout Walk, isFormal: Bool) {
        for step in steps {
            switch step {
            case .assign(_, let value, _), .assignSlice(_, _, let value, _):
                useAlone(value, &walk, isFormal)
            case .write(_, let address, let value, let mask, _):
                useAlone(address, &walk, isFormal)
                if mask >= 0 {
                    // Written once a lane.
                    use(value, &walk, isFormal)
                    use(mask, &walk, isFormal)
                    for node in [address, value, mask] { needsName[Int(node)] = true }
                } else {
                    useAlone(value, &walk, isFormal)
                }
            case .branch(let arms):
                for arm in arms {
                    if let condition = arm.condition { useAlone(condition, &walk, isFormal) }
                    visit(arm.body, &walk, isFormal: isFormal)
                }
            case .choose(let index, let arms, let otherwise):
                let body = walk.circuit.switches[index]
                useAlone(body.subject, &walk, isFormal)
                // Labels are unsigned, and would make a signed subject so.
                let isSigned = walk.circuit.nodes[Int(body.subject)].operation.isSignedValue
                if body.needsChain || isSigned { needsName[Int(body.subject)] = true }
                for arm in arms { visit(arm, &walk, isFormal: isFormal) }
                visit(otherwise ?? [], &walk, isFormal: isFormal)
            }
        }
    }

    /// Verilog slices and indexes names only, and what is written twice should be computed once.
    private mutating func markOperandsThatNeedNames(_ node: Node, _ circuit: Circuit) {
        func width(_ node: Int32) -> Int { Int(circuit.nodes[Int(node)].width) }
        func isConstant(_ node: Int32) -> Bool { circuit.value(ofConstant: node) != nil }
        switch node.operation {
        case .slice:
            needsName[Int(node.a)] = true
        case .isolateLowestSet, .oneHotToBinary, .popcount:
            if width(node.a) > 1 { needsName[Int(node.a)] = needsName[Int(node.a)] || node.operation != .popcount }
        case .shiftLeft, .shiftRight:
            if width(node.b) > Lowering.widestShiftAmount { needsName[Int(node.b)] = true }
        case .shiftRightSigned:
            if width(node.b) > Lowering.widestShiftAmount {
                needsName[Int(node.a)] = true
                needsName[Int(node.b)] = true
            }
        case .dynamicBit:
            needsName[Int(node.a)] = true
            if !isAlwaysInside(index: width(node.b), of: width(node.a)) { needsName[Int(node.b)] = true }
        case .divide, .modulo, .divideSigned, .moduloSigned:
            if isConstant(node.b) { break }
            needsName[Int(node.a)] = true
            needsName[Int(node.b)] = true
        case .memoryRead:
            let memory = circuit.memories[Int(node.a)]
            if !isConstant(node.b), memory.depth != 1 << memory.addressWidth { needsName[Int(node.b)] = true }
        default:
            break
        }
    }

    /// The bits of a signal that nothing outside the formal part uses.
    func unusedBits(of id: Int32, width: Int32) -> [Range<Int32>] {
        if isWhollyUsed[Int(id)] { return [] }
        var gaps: [Range<Int32>] = []
        var covered: Int32 = 0
        for slice in (slices[id] ?? []).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if slice.lowerBound > covered { gaps.append(covered..<slice.lowerBound) }
            covered = max(covered, slice.upperBound)
        }
        if covered < width { gaps.append(covered..<width) }
        return gaps
    }
}

/// Whether no value of an index of so many bits reaches beyond the last bit of a signal.
func isAlwaysInside(index indexWidth: Int, of width: Int) -> Bool { indexWidth < 31 && 1 << indexWidth <= width }

extension Operation {
    /// Whether the Verilog of the operation is a signed expression.
    var isSignedValue: Bool {
        switch self {
        case .shiftRightSigned, .divideSigned, .moduloSigned: true
        default: false
        }
    }
}
