/// For every value of a circuit, the clock domains at whose edges it changes, and by way of what.
///
/// Domains of one clock count as one, the root of their family. A constant changes with none, a register with its own, a read with that of the memory's writes, or
/// the one that it is a port of, besides the address's. Two domains a value are kept, which is all that a check of it asks for: whatever its own domain, a
/// foreign one is among them. Linear in the size of the circuit.
struct DomainMap {
    /// A domain's index in the circuit; `asynchronous` is at no domain's edges.
    typealias Domain = Int32
    static let asynchronous: Domain = -1
    private static let none: Domain = -2

    private let graph: DependencyGraph
    let families: ClockFamilies
    private let writtenMemories: Set<Int32>
    /// Up to two domains of each vertex.
    private var first: [Domain]
    private var second: [Domain]

    init(_ graph: DependencyGraph) {
        self.graph = graph
        families = ClockFamilies(graph)
        writtenMemories = Set(graph.drivers.writes.map(\.memory))
        first = Array(repeating: DomainMap.none, count: graph.count)
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

    /// Whether a vertex changes at the edges of a clock other than that of the given domain, or at any time.
    func isForeign(to domain: Domain, _ vertex: Int32) -> Bool {
        let own = root(of: domain)
        return [first[Int(vertex)], second[Int(vertex)]].contains { $0 != own && $0 != DomainMap.none }
    }

    /// Something from which a foreign value comes, and the way to it.
    struct Source {
        let domain: Domain
        let path: [Int32]
    }

    /// Everything that gives some vertices values of other clocks than that of the given domain, the nearest first.
    ///
    /// Linear in what the vertices depend on, and asked for by findings alone.
    func sources(foreignTo domain: Domain, of vertices: [Int32]) -> [Source] {
        let own = root(of: domain)
        var sources: [Source] = []
        var via: [Int32: Int32] = [:]
        var memories: Set<Int32> = []
        var pending: [Int32] = []
        func visit(_ vertex: Int32, from user: Int32) {
            if isForeign(to: domain, vertex), via.updateValueIfNew(user, forKey: vertex) { pending.append(vertex) }
        }
        for vertex in vertices { visit(vertex, from: -1) }
        var next = 0
        while next < pending.count {
            let vertex = pending[next]
            next += 1
            if let domain = self.own(of: vertex), root(of: domain) != own, isNew(vertex, &memories) {
                var path = [vertex]
                while let last = path.last, let user = via[last], user >= 0 { path.append(user) }
                sources.append(Source(domain: domain, path: path.reversed()))
            }
            if isEnd(vertex) { continue }
            for dependency in graph.dependencies(of: vertex) { visit(dependency, from: vertex) }
        }
        return sources
    }

    /// Several reads of one memory are one source.
    private func isNew(_ vertex: Int32, _ memories: inout Set<Int32>) -> Bool {
        let node = graph.circuit.nodes[Int(vertex)]
        return node.operation != .memoryRead || memories.insert(node.a).inserted
    }

    private func root(of domain: Domain) -> Domain { domain >= 0 ? families.root[Int(domain)] : domain }

    /// Takes over the domains of what a vertex depends on; whether any was new.
    private mutating func gather(_ vertex: Int32) -> Bool {
        var isChanged = false
        if let domain = own(of: vertex) { isChanged = add(root(of: domain), to: vertex) }
        if isEnd(vertex) { return isChanged }
        for dependency in graph.dependencies(of: vertex) {
            for domain in [first[Int(dependency)], second[Int(dependency)]] where domain != DomainMap.none {
                if add(domain, to: vertex) { isChanged = true }
            }
        }
        return isChanged
    }

    private mutating func add(_ domain: Domain, to vertex: Int32) -> Bool {
        let place = Int(vertex)
        if first[place] == domain || second[place] == domain { return false }
        if first[place] == DomainMap.none {
            first[place] = domain
        } else if second[place] == DomainMap.none {
            second[place] = domain
        } else {
            return false
        }
        return true
    }

    /// The domain with which a vertex changes by itself.
    private func own(of vertex: Int32) -> Domain? {
        guard Int(vertex) < graph.circuit.nodes.count else { return nil }
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

    /// Whether a vertex has a domain, or none, whatever it depends on: clocks, resets, and instances that are clocked.
    private func isEnd(_ vertex: Int32) -> Bool {
        guard Int(vertex) < graph.circuit.nodes.count else { return false }
        let node = graph.circuit.nodes[Int(vertex)]
        if node.operation == .clock || node.operation == .reset { return true }
        if node.operation != .instanceOutput { return false }
        let instance = graph.circuit.instances[Int(node.a)]
        return !graph.circuit.definitions[instance.definition].belongsToNoDomain
    }
}

extension [Int32: Int32] {
    /// Sets the value of a key that has none; whether it had none.
    fileprivate mutating func updateValueIfNew(_ value: Int32, forKey key: Int32) -> Bool {
        if self[key] != nil { return false }
        self[key] = value
        return true
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
