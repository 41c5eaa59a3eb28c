/// Which clock domains of a circuit have one clock: a clock that logic alone makes of another one, a gate or an
/// inverter, has its edges with it, so values go from one domain to the other without a crossing.
///
/// A clock that a register makes, an instance, an input, or logic of several clocks, is one of its own. Linear in the
/// size of the logic before the derived clocks.
struct ClockFamilies {
    /// The domain whose clock each domain has; itself for most.
    private(set) var root: [DomainMap.Domain]

    init(_ graph: DependencyGraph) {
        let circuit = graph.circuit
        root = circuit.domains.indices.map(Int32.init)
        for (index, domain) in circuit.domains.enumerated() {
            guard case .signals(let clock, _) = domain.source else { continue }
            if let source = ClockFamilies.source(of: clock, graph) { root[index] = source }
        }
    }

    /// The only clock that a signal is made of; nil when there are several, or none.
    private static func source(of clock: Int32, _ graph: DependencyGraph) -> Int32? {
        let circuit = graph.circuit
        var found: Int32?
        var seen: Set<Int32> = [clock]
        var pending = [clock]
        while let vertex = pending.popLast() {
            if Int(vertex) < circuit.nodes.count {
                let node = circuit.nodes[Int(vertex)]
                if node.operation == .clock {
                    // A derived one leads on to its source.
                    if case .signals = circuit.domains[Int(node.a)].source {
                    } else {
                        if let found, found != node.a { return nil }
                        found = node.a
                    }
                }
                // What a black box does to a clock is not ours to see.
                if node.operation == .instanceOutput,
                    circuit.definitions[circuit.instances[Int(node.a)].definition].blackBox != nil
                {
                    return nil
                }
            }
            for next in graph.dependencies(of: vertex) where seen.insert(next).inserted { pending.append(next) }
        }
        return found
    }
}
