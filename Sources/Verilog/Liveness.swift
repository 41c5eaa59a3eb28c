import HDL

/// What of a circuit has an effect: on an output or an instance, on a check alone, or on nothing.
///
/// Walks back from the outputs, and then from the checks, through assignments and the conditions around them,
/// without recursion over the graph.
struct Liveness {
    private var isMain: [Bool]
    private var isChecked: [Bool]
    private var isMemoryMain: [Bool]
    private var isMemoryChecked: [Bool]

    enum Section { case main, formal, dead }

    func section(of node: Int32) -> Section {
        isMain[Int(node)] ? .main : isChecked[Int(node)] ? .formal : .dead
    }

    func section(ofMemory index: Int) -> Section {
        isMemoryMain[index] ? .main : isMemoryChecked[index] ? .formal : .dead
    }

    init(_ circuit: Circuit, _ drivers: Drivers) {
        isMain = Array(repeating: false, count: circuit.nodes.count)
        isMemoryMain = Array(repeating: false, count: circuit.memories.count)
        isChecked = isMain
        isMemoryChecked = isMemoryMain
        var roots: [Int32] = []
        // A wire that says by its name that it has no use is how a module takes what it does not need.
        for wire in circuit.wires where wire.purpose != .declared || wire.name.hasSuffix("_unused") {
            roots.append(wire.node)
        }
        for instance in circuit.instances {
            for domain in instance.domains where domain >= 0 {
                roots += [circuit.domains[Int(domain)].clockNode, circuit.domains[Int(domain)].resetNode]
            }
        }
        Liveness.mark(from: roots, circuit, drivers, &isMain, &isMemoryMain)
        if circuit.checks.isEmpty { return }
        roots = circuit.checks.flatMap { check in
            let domain = circuit.domains[Int(check.domain)]
            return [check.condition, domain.clockNode] + (domain.isResetUsed ? [domain.resetNode] : [])
        }
        Liveness.mark(from: roots, circuit, drivers, &isChecked, &isMemoryChecked)
    }

    private static func mark(
        from roots: [Int32], _ circuit: Circuit, _ drivers: Drivers, _ nodes: inout [Bool], _ memories: inout [Bool]
    ) {
        var pending: [Int32] = []
        var isGuardMarked = Array(repeating: false, count: drivers.guards.count)
        func mark(_ node: Int32) {
            if nodes[Int(node)] { return }
            nodes[Int(node)] = true
            pending.append(node)
        }
        func mark(_ driver: Drivers.Driver) {
            driver.nodes.forEach(mark)
            var index = driver.guardIndex
            while index >= 0, !isGuardMarked[index] {
                isGuardMarked[index] = true
                drivers.guards[index].nodes.forEach(mark)
                index = drivers.guards[index].parent
            }
        }
        func markDomain(_ index: Int32) {
            mark(circuit.domains[Int(index)].clockNode)
            mark(circuit.domains[Int(index)].resetNode)
        }
        roots.forEach(mark)
        // Taken out of the class once, since each access to its property is checked.
        let arena = circuit.nodes
        while let index = pending.popLast() {
            let node = arena[Int(index)]
            switch node.operation {
            case .wire:
                drivers.ofSignal[index]?.forEach(mark)
            case .register:
                drivers.ofSignal[index]?.forEach(mark)
                markDomain(circuit.registers[Int(node.a)].domain)
            case .memoryRead:
                mark(node.b)
                if memories[Int(node.a)] { break }
                memories[Int(node.a)] = true
                drivers.ofMemory[Int(node.a)].forEach(mark)
                markDomain(circuit.memories[Int(node.a)].domain)
            case .clock, .reset:
                if case .signals(let clock, let reset) = circuit.domains[Int(node.a)].source {
                    mark(clock)
                    if let reset { mark(reset) }
                }
            default:
                circuit.forEachWrittenOperand(of: node, mark)
            }
        }
    }
}
