/// For every value of a circuit, the clock domains at whose edges it changes, and by way of what.
///
/// A constant changes with none, a register with its own, a read with that of the memory's writes, or
/// the one that it is a port of, besides the address's. Two domains a value are kept, which is all that a check of it asks for: whatever its own domain, a
/// foreign one is among them. Linear in the size of the circuit.
struct DomainMap {
    /// A domain's index in the circuit; `asynchronous` is at no domain's edges.
    typealias Domain = Int32
    static let asynchronous: Domain = -1
    private static let none: Domain = -2

    /// A domain that a vertex depends on, and the dependency through which it does; -1 when the vertex itself changes
    /// with the domain.
    private struct Slot {
        var domain = DomainMap.none
        var via: Int32 = -1
    }

    private let graph: DependencyGraph
    private let writtenMemories: Set<Int32>
    private var first: [Slot]
    private var second: [Slot]

    init(_ graph: DependencyGraph) {
        self.graph = graph
        writtenMemories = Set(graph.drivers.writes.map(\.memory))
        first = Array(repeating: Slot(), count: graph.count)
        second = first
        var position = 0
        for cycle in graph.components.cyclic {
            for vertex in graph.components.order[position..<cycle.lowerBound] { _ = gather(vertex) }
            // The order inside a cycle has what is depended on first, so a few rounds are enough.
            var isChanged = true
            while isChanged {
                isChanged = false
                for vertex in graph.components.order[cycle] where gather(vertex) { isChanged = true }
            }
            position = cycle.upperBound
        }
        for vertex in graph.components.order[position...] { _ = gather(vertex) }
    }

    /// A domain other than the given one at whose edges a vertex changes; nil when there is none.
    func foreign(to domain: Domain, of vertex: Int32) -> Domain? {
        let (one, other) = (first[Int(vertex)].domain, second[Int(vertex)].domain)
        if one != domain, one != DomainMap.none { return one }
        if other != domain, other != DomainMap.none { return other }
        return nil
    }

    /// The way from a vertex to what changes with a domain that it depends on.
    func path(from vertex: Int32, to domain: Domain) -> [Int32] {
        var path = [vertex]
        while let last = path.last {
            let slot = first[Int(last)].domain == domain ? first[Int(last)] : second[Int(last)]
            if slot.via < 0 { break }
            path.append(slot.via)
        }
        return path
    }

    /// Takes over the domains of what a vertex depends on; whether any was new.
    private mutating func gather(_ vertex: Int32) -> Bool {
        var isChanged = false
        if Int(vertex) < graph.circuit.nodes.count {
            switch graph.circuit.nodes[Int(vertex)].operation {
            case .clock, .reset:
                return own(of: vertex).map { add($0, via: -1, to: vertex) } ?? false
            default:
                if let domain = own(of: vertex) { isChanged = add(domain, via: -1, to: vertex) }
            }
        }
        if isIndependent(vertex) { return isChanged }
        for dependency in graph.dependencies(of: vertex) {
            for slot in [first[Int(dependency)], second[Int(dependency)]] where slot.domain != DomainMap.none {
                if add(slot.domain, via: dependency, to: vertex) { isChanged = true }
            }
        }
        return isChanged
    }

    private mutating func add(_ domain: Domain, via: Int32, to vertex: Int32) -> Bool {
        let place = Int(vertex)
        if first[place].domain == domain || second[place].domain == domain { return false }
        if first[place].domain == DomainMap.none {
            first[place] = Slot(domain: domain, via: via)
        } else if second[place].domain == DomainMap.none {
            second[place] = Slot(domain: domain, via: via)
        } else {
            return false
        }
        return true
    }

    /// The domain with which a node changes by itself.
    private func own(of vertex: Int32) -> Domain? {
        let circuit = graph.circuit
        let node = circuit.nodes[Int(vertex)]
        switch node.operation {
        case .input: return circuit.ports[Int(node.a)].domain
        case .register: return circuit.registers[Int(node.a)].domain
        case .memoryRead:
            if node.c >= 0 { return node.c }
            return writtenMemories.contains(node.a) ? circuit.memories[Int(node.a)].domain : nil
        // Where a clock goes it is a clock; an asynchronous reset acts without an edge.
        case .clock: return nil
        case .reset: return circuit.domains[Int(node.a)].clocking.isAsynchronous ? nil : node.a
        case .instanceOutput: return circuit.domain(ofPort: Int(node.b), of: circuit.instances[Int(node.a)])
        default: return nil
        }
    }

    /// Whether a node's domain is declared, whatever its instance's inputs.
    private func isIndependent(_ vertex: Int32) -> Bool {
        guard Int(vertex) < graph.circuit.nodes.count else { return false }
        let node = graph.circuit.nodes[Int(vertex)]
        if node.operation != .instanceOutput { return false }
        let instance = graph.circuit.instances[Int(node.a)]
        return !graph.circuit.definitions[instance.definition].belongsToNoDomain
    }
}

extension Circuit {
    /// Whether the module has nothing that is clocked, so that its outputs change with whatever its inputs change with.
    var belongsToNoDomain: Bool {
        if let blackBox, !blackBox.isCombinational { return false }
        return !domains.contains { $0.isClockUsed } && ports.allSatisfy { $0.domain == 0 }
    }

    /// The domain of this circuit in which a port of an instance changes; nil when it is not said.
    func domain(ofPort port: Int, of instance: InstanceDeclaration) -> DomainMap.Domain? {
        let definition = definitions[instance.definition]
        if definition.belongsToNoDomain { return nil }
        let inner = definition.ports[port].domain
        if inner < 0 { return DomainMap.asynchronous }
        let outer = instance.domains[Int(inner)]
        return outer >= 0 ? outer : nil
    }
}
