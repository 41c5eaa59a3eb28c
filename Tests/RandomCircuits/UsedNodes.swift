import HDL

/// The nodes of a circuit that its statements, checks and clocks mention, and what those are computed from.
///
/// Constant folding leaves nodes in the arena that nothing mentions any more; no simulator ever sees them.
func usedNodes(of circuit: Circuit) -> [Int32] {
    var isUsed = Array(repeating: false, count: circuit.nodes.count)
    var pending: [Int32] = []
    func use(_ node: Int32) {
        guard node >= 0, !isUsed[Int(node)] else { return }
        isUsed[Int(node)] = true
        pending.append(node)
    }
    func use(_ block: [Statement]) {
        for statement in block {
            switch statement {
            case .assign(let target, let value, _), .assignSlice(let target, _, let value, _):
                use(target)
                use(value)
            case .write(_, let address, let value, let mask, _): [address, value, mask].forEach(use)
            case .when(let index):
                for arm in circuit.whenChains[index].arms {
                    use(arm.condition ?? -1)
                    use(arm.body)
                }
            case .choose(let index):
                use(circuit.switches[index].subject)
                for arm in circuit.switches[index].arms { use(arm.body) }
                use(circuit.switches[index].otherwise ?? [])
            }
        }
    }
    use(circuit.statements)
    circuit.checks.forEach { use($0.condition) }
    for domain in circuit.domains {
        if domain.isClockUsed { use(domain.clockNode) }
        if domain.isResetUsed { use(domain.resetNode) }
    }
    while let node = pending.popLast() { circuit.forEachOperand(of: circuit.nodes[Int(node)], use) }
    return isUsed.indices.filter { isUsed[$0] }.map(Int32.init)
}
