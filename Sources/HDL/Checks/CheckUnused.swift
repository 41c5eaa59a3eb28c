extension DesignBuilder {
    /// Warns of what was described and is of no use: nothing that leaves the module, and no check, depends on it.
    ///
    /// Wires, registers, memories, instances, named signals and input ports. A name that ends in `_unused` says that it
    /// is meant, and what such a signal reads is used. Outputs of instances and bits of words may go unread. Linear in
    /// the size of the design.
    func checkUnused() {
        // An instance with a check or a black box inside, or without outputs, does something beside its outputs.
        var acting: Set<ObjectIdentifier> = []
        for circuit in circuits {
            let isActing =
                circuit.blackBox != nil || !circuit.checks.isEmpty || circuit.ports.allSatisfy(\.isInput)
                || circuit.instances.contains { acting.contains(ObjectIdentifier(circuit.definitions[$0.definition])) }
            if isActing { acting.insert(ObjectIdentifier(circuit)) }
        }
        for circuit in circuits where circuit.blackBox == nil {
            let table = graphs[ObjectIdentifier(circuit)]?.drivers ?? DriverTable(circuit)
            var use = UseMap(circuit, table)
            use.run(acting: acting)
            circuit.reportUnused(use)
        }
    }
}

extension Circuit {
    fileprivate func reportUnused(_ use: UseMap) {
        func warn(_ kind: String, _ name: String, _ location: SourceLocation) {
            if name.hasSuffix(UseMap.suffix) { return }
            report(
                .warning, at: location,
                "\(kind) '\(name)' is never used; end its name in '\(UseMap.suffix)' if that is meant")
        }
        for wire in wires where wire.purpose == .declared && !use.isUsed(wire.node) {
            warn("wire", wire.name, wire.location)
        }
        for register in registers where !use.isUsed(register.node) {
            warn("register", register.name, register.location)
        }
        for (index, memory) in memories.enumerated() where !use.isMemoryUsed[index] {
            warn("memory", memory.name, memory.location)
        }
        for (index, instance) in instances.enumerated() where !use.isInstanceUsed[index] {
            warn("instance", instance.name, instance.location)
        }
        for (index, memory) in memories.enumerated() where memory.contents.isEmpty && use.isMemoryUsed[index] {
            if use.isMemoryWritten[index] { continue }
            report(
                .warning, at: memory.location,
                "memory '\(memory.name)' is never written and begins with no contents; every word is zero")
        }
        let isRead = use.readersInside()
        for port in ports where port.isInput && !isRead[Int(port.node)] { warn("input", port.name, location) }
        for node in names.keys.sorted() where !nodes[Int(node)].operation.isSource && !isRead[Int(node)] {
            if let name = names[node] { warn("signal", name, location(of: node)) }
        }
    }
}

/// What the outputs, the checks and the acting instances of a circuit depend on, in this cycle or an earlier one.
private struct UseMap {
    static let suffix = "_unused"

    let circuit: Circuit
    /// The circuit's nodes: taken out of the class once, since each access to its property is checked.
    private let nodes: [Node]
    let table: DriverTable
    private(set) var isMemoryUsed: [Bool]
    private(set) var isMemoryWritten: [Bool]
    private(set) var isInstanceUsed: [Bool]
    private var isNodeUsed: [Bool]
    private var isArmUsed: [Bool]
    private var open: [Int32] = []

    init(_ circuit: Circuit, _ table: DriverTable) {
        self.circuit = circuit
        nodes = circuit.nodes
        self.table = table
        isMemoryUsed = Array(repeating: false, count: circuit.memories.count)
        isMemoryWritten = isMemoryUsed
        isInstanceUsed = Array(repeating: false, count: circuit.instances.count)
        isNodeUsed = Array(repeating: false, count: circuit.nodes.count)
        isArmUsed = Array(repeating: false, count: table.arms.count)
        for write in table.writes { isMemoryWritten[Int(write.memory)] = true }
    }

    func isUsed(_ node: Int32) -> Bool { isNodeUsed[Int(node)] }

    mutating func run(acting: Set<ObjectIdentifier>) {
        for port in circuit.ports where !port.isInput { use(port.node) }
        for check in circuit.checks { use(check.condition) }
        for domain in circuit.domains {
            guard case .signals(let clock, let reset) = domain.source else { continue }
            if domain.isClockUsed { use(clock) }
            if domain.isResetUsed, let reset { use(reset) }
        }
        for (index, instance) in circuit.instances.enumerated() {
            let definition = ObjectIdentifier(circuit.definitions[instance.definition])
            if acting.contains(definition) || instance.name.hasSuffix(UseMap.suffix) { useInstance(index) }
        }
        for (index, memory) in circuit.memories.enumerated() where memory.name.hasSuffix(UseMap.suffix) {
            useMemory(index)
        }
        for node in circuit.names.keys.sorted() where circuit.names[node]?.hasSuffix(UseMap.suffix) == true {
            // An output of an instance keeps its name whatever the designer thinks of it.
            if circuit.nodes[Int(node)].operation != .instanceOutput { use(node) }
        }
        while let node = open.popLast() { follow(node) }
    }

    private mutating func use(_ node: Int32) {
        if isNodeUsed[Int(node)] { return }
        isNodeUsed[Int(node)] = true
        open.append(node)
    }

    private mutating func useArm(_ arm: Int32) {
        var arm = arm
        while arm >= 0, !isArmUsed[Int(arm)] {
            isArmUsed[Int(arm)] = true
            use(table.arms[Int(arm)].signal)
            arm = table.arms[Int(arm)].outer
        }
    }

    private mutating func useInstance(_ index: Int) {
        if isInstanceUsed[index] { return }
        isInstanceUsed[index] = true
        for port in circuit.instances[index].ports where port.isInput { use(port.node) }
    }

    private mutating func useMemory(_ index: Int) {
        if isMemoryUsed[index] { return }
        isMemoryUsed[index] = true
        for write in table.writes(to: Int32(index)) {
            write.operands.forEach { use($0) }
            useArm(write.arm)
        }
    }

    private mutating func follow(_ id: Int32) {
        let node = nodes[Int(id)]
        switch node.operation {
        case .wire, .register:
            for driver in table.drivers(of: id) {
                use(driver.value)
                useArm(driver.arm)
            }
        case .instanceOutput:
            useInstance(Int(node.a))
        case .memoryRead:
            useMemory(Int(node.a))
            use(node.b)
        default:
            circuit.forEachOperand(of: node) { use($0) }
        }
    }

    /// Whether something reads each node, be it of use or not: a statement, a check, or another signal that has a name.
    func readersInside() -> [Bool] {
        var isRead = isNodeUsed
        func read(_ node: Int32) { isRead[Int(node)] = true }
        for driver in table.drivers { read(driver.value) }
        for write in table.writes { write.operands.forEach(read) }
        for arm in table.arms { read(arm.signal) }
        for domain in circuit.domains {
            guard case .signals(let clock, let reset) = domain.source else { continue }
            read(clock)
            if let reset { read(reset) }
        }
        // An operator nobody reads does not count, one behind a name does: the name is what is reported.
        let names = circuit.names
        for index in nodes.indices.reversed() where isRead[index] || names[Int32(index)] != nil {
            circuit.forEachOperand(of: nodes[index], read)
        }
        return isRead
    }
}
