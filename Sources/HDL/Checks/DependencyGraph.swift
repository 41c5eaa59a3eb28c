/// What every value of a circuit depends on within one clock cycle, word by word.
///
/// Its vertices are the nodes, then the arms of the driver table, then, for every instance, the groups of inputs that
/// outputs depend on. Registers and memories end a path; the signals of a derived clock do not. Linear in the size of
/// the circuit.
struct DependencyGraph {
    let circuit: Circuit
    let drivers: DriverTable
    /// Where the dependencies of each vertex begin in `targets`; one more than vertices.
    let offsets: [Int32]
    let targets: [Int32]
    let components: StrongComponents

    /// Number of vertices.
    var count: Int { offsets.count - 1 }

    init(_ circuit: Circuit, summaries: [ObjectIdentifier: PortSummary]) {
        let drivers = DriverTable(circuit)
        let nodeCount = Int32(circuit.nodes.count)
        let parts = circuit.instances.map { summaries[ObjectIdentifier(circuit.definitions[$0.definition])] ?? .none }
        var firstGroup: [Int32] = []
        var next = nodeCount + Int32(drivers.arms.count)
        for part in parts {
            firstGroup.append(next)
            next += Int32(part.groups.count)
        }
        var offsets: [Int32] = []
        var targets: [Int32] = []
        offsets.reserveCapacity(Int(next) + 1)
        targets.reserveCapacity(2 * Int(next))
        for (index, node) in circuit.nodes.enumerated() {
            offsets.append(Int32(targets.count))
            switch node.operation {
            case .wire:
                for driver in drivers.drivers(of: Int32(index)) {
                    targets.append(driver.value)
                    if driver.arm >= 0 { targets.append(nodeCount + driver.arm) }
                }
            case .instanceOutput:
                let group = parts[Int(node.a)].groupOfPort[Int(node.b)]
                if group >= 0 { targets.append(firstGroup[Int(node.a)] + group) }
            case .clock:
                if case .signals(let clock, _) = circuit.domains[Int(node.a)].source { targets.append(clock) }
            case .reset:
                if case .signals(_, let reset?) = circuit.domains[Int(node.a)].source { targets.append(reset) }
            default:
                circuit.forEachOperand(of: node) { targets.append($0) }
            }
        }
        for arm in drivers.arms {
            offsets.append(Int32(targets.count))
            targets.append(arm.signal)
            if arm.outer >= 0 { targets.append(nodeCount + arm.outer) }
        }
        for (instance, part) in zip(circuit.instances, parts) {
            for group in part.groups {
                offsets.append(Int32(targets.count))
                for port in group { targets.append(instance.ports[Int(port)].node) }
            }
        }
        offsets.append(Int32(targets.count))
        self.circuit = circuit
        self.drivers = drivers
        self.offsets = offsets
        self.targets = targets
        components = StrongComponents(offsets: offsets, targets: targets)
    }

    /// The vertices that a vertex depends on.
    func dependencies(of vertex: Int32) -> ArraySlice<Int32> {
        targets[Int(offsets[Int(vertex)])..<Int(offsets[Int(vertex) + 1])]
    }

    /// The arm of the driver table that a vertex stands for; nil for any other vertex.
    func arm(_ vertex: Int32) -> Int? {
        let index = Int(vertex) - circuit.nodes.count
        return index >= 0 && index < drivers.arms.count ? index : nil
    }
}

/// Which inputs of a definition its outputs depend on within the cycle, by positions of ports.
struct PortSummary {
    /// Sets of inputs; outputs that depend on the same ones share a set.
    private(set) var groups: [[Int32]] = []
    /// The set of each port; -1 for inputs, and for outputs that depend on none.
    private(set) var groupOfPort: [Int32]

    /// A definition without ports.
    static let none = PortSummary(groupOfPort: [])

    private init(groupOfPort: [Int32]) { self.groupOfPort = groupOfPort }

    /// The summary of a module that was written elsewhere: all on all, or nothing on anything.
    init(blackBox circuit: Circuit, isCombinational: Bool) {
        let inputs = circuit.ports.indices.filter { circuit.ports[$0].isInput }.map(Int32.init)
        let isConnected = isCombinational && !inputs.isEmpty
        groupOfPort = circuit.ports.map { $0.isInput || !isConnected ? -1 : 0 }
        if isConnected { groups = [inputs] }
    }

    /// Follows the graph once for every 64 inputs.
    init(_ graph: DependencyGraph) {
        let ports = graph.circuit.ports
        groupOfPort = Array(repeating: -1, count: ports.count)
        let inputs = ports.indices.filter { ports[$0].isInput }
        let outputs = ports.indices.filter { !ports[$0].isInput }
        var found = [[Int32]](repeating: [], count: ports.count)
        for start in stride(from: 0, to: inputs.count, by: 64) {
            let part = inputs[start..<min(start + 64, inputs.count)]
            let reached = graph.reach(from: part.map { ports[$0].node })
            for output in outputs {
                let mask = reached[Int(ports[output].node)]
                for (bit, input) in part.enumerated() where mask >> UInt64(bit) & 1 == 1 {
                    found[output].append(Int32(input))
                }
            }
        }
        var known: [[Int32]: Int32] = [:]
        for output in outputs where !found[output].isEmpty {
            if let group = known[found[output]] {
                groupOfPort[output] = group
            } else {
                known[found[output]] = Int32(groups.count)
                groupOfPort[output] = Int32(groups.count)
                groups.append(found[output])
            }
        }
    }
}

extension DependencyGraph {
    /// For every vertex, which of up to 64 nodes it depends on.
    fileprivate func reach(from sources: [Int32]) -> [UInt64] {
        var reached = [UInt64](repeating: 0, count: count)
        for (bit, source) in sources.enumerated() { reached[Int(source)] |= 1 << UInt64(bit) }
        func gather(_ vertex: Int32) -> UInt64 {
            dependencies(of: vertex).reduce(reached[Int(vertex)]) { $0 | reached[Int($1)] }
        }
        var position = 0
        for cycle in components.cyclic {
            for vertex in components.order[position..<cycle.lowerBound] { reached[Int(vertex)] = gather(vertex) }
            // What one vertex of a cycle depends on, all of them do.
            let all = components.order[cycle].reduce(0) { $0 | gather($1) }
            for vertex in components.order[cycle] { reached[Int(vertex)] = all }
            position = cycle.upperBound
        }
        for vertex in components.order[position...] { reached[Int(vertex)] = gather(vertex) }
        return reached
    }
}
