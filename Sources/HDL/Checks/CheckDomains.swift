extension DesignBuilder {
    /// What is clocked depends on values of its own clock only; a crossing register may take any.
    ///
    /// Looked at are registers, memory writes, checks, output ports, instance inputs, the clocks that are made of another
    /// one, and the synchronous resets of derived domains. An asynchronous reset may come from another domain: that it is released at an edge of the
    /// domain is left to the description. Linear in the size of the design.
    func checkDomains() {
        for circuit in circuits where circuit.blackBox == nil {
            guard let graph = graphs[ObjectIdentifier(circuit)] else { continue }
            circuit.checkDomains(graph)
        }
    }
}

/// Something that has a clock domain and takes values.
private struct Sink {
    let description: String
    let domain: DomainMap.Domain
    /// The signal that takes the values; nil for a memory, a check or a reset.
    var signal: Int32?
    /// Vertices of the graph that it takes, each with the place where it does.
    let values: [(vertex: Int32, location: SourceLocation)]
}

extension Circuit {
    /// Whether all that changes does so at the edges of one domain, as in most modules: nothing can cross then.
    private var hasOneDomain: Bool {
        domains.count == 1 && ports.allSatisfy { $0.domain == 0 }
            && definitions.allSatisfy { $0.ports.allSatisfy { $0.domain >= 0 } }
    }

    fileprivate func checkDomains(_ graph: DependencyGraph) {
        if hasOneDomain { return }
        let map = DomainMap(graph)
        func check(_ sink: Sink) {
            guard let first = sink.values.first(where: { map.isForeign(to: sink.domain, $0.vertex) }) else { return }
            let sources = map.sources(foreignTo: sink.domain, of: sink.values.map(\.vertex))
            reportCrossing(into: sink, at: first.location, from: sources, graph)
        }
        func arm(_ index: Int32) -> [Int32] { index >= 0 ? [Int32(nodes.count) + index] : [] }
        func values(drivenInto target: Int32) -> [(Int32, SourceLocation)] {
            graph.drivers.drivers(of: target).flatMap { driver in
                ([driver.value] + arm(driver.arm)).map { ($0, driver.location) }
            }
        }
        for register in registers where !register.isSynchronizer {
            check(
                Sink(
                    description: "register '\(register.name)'", domain: register.domain, signal: register.node,
                    values: values(drivenInto: register.node)))
        }
        for write in graph.drivers.writes {
            let memory = memories[Int(write.memory)]
            check(
                Sink(
                    description: "memory '\(memory.name)'", domain: memory.domain,
                    values: (write.operands + arm(write.arm)).map { ($0, write.location) }))
        }
        for one in checks {
            check(
                Sink(
                    description: "\(one.kind.rawValue) '\(one.name)'", domain: one.domain,
                    values: [(one.condition, one.location)]))
        }
        for wire in wires {
            let domain: DomainMap.Domain?
            let kind: String
            switch wire.purpose {
            case .declared: continue
            case .output(let port): (domain, kind) = (ports[port].domain, "output")
            case .instanceInput(let instance, let port):
                (domain, kind) = (self.domain(ofPort: port, of: instances[instance]), "instance input")
            }
            guard let domain, domain != DomainMap.asynchronous else { continue }
            check(
                Sink(
                    description: "\(kind) '\(wire.name)'", domain: domain, signal: wire.node,
                    values: values(drivenInto: wire.node)))
        }
        for (index, domain) in domains.enumerated() {
            guard case .signals(let clock, _) = domain.source, map.families.root[index] != Int32(index) else {
                continue
            }
            // What gates a clock changes with it, or edges would come at other times.
            check(
                Sink(
                    description: "the clock '\(domain.name)'", domain: map.families.root[index],
                    values: [(clock, domain.location)]))
        }
        for (index, domain) in domains.enumerated() where !domain.clocking.isAsynchronous {
            guard case .signals(_, let reset?) = domain.source else { continue }
            check(
                Sink(
                    description: "the synchronous reset", domain: Int32(index), values: [(reset, domain.location)]))
        }
    }

    private func reportCrossing(
        into sink: Sink, at location: SourceLocation, from sources: [DomainMap.Source], _ graph: DependencyGraph
    ) {
        let own = domains[Int(sink.domain)].name
        var abouts: [String] = []
        var notes: [Diagnostic.Note] = []
        var hint = "cross by a 'crossingRegister'"
        for source in sources.prefix(Circuit.namedSources) {
            guard let vertex = source.path.last else { continue }
            let (name, place) = origin(vertex)
            let steps = graph.notes(along: ((sink.signal.map { [$0] } ?? []) + source.path).map { ($0, nil) })
            if steps.count > 1 { notes += steps }
            if source.domain == DomainMap.asynchronous {
                abouts.append("\(name), which may change at any time")
                notes.append(Diagnostic.Note(at: place, "\(name) may change at any time"))
            } else {
                let domain = domains[Int(source.domain)].name
                abouts.append("\(name) of clock domain '\(domain)'")
                notes.append(Diagnostic.Note(at: place, "\(name) changes with clock domain '\(domain)'"))
            }
            if nodes[Int(vertex)].operation == .memoryRead {
                hint = "cross by a 'crossingRegister', or read by 'readSynchronous' or 'crossingRead' in '\(own)'"
            }
        }
        let more = sources.count - abouts.count
        if more > 0 { abouts.append("\(more) more") }
        report(
            at: location,
            "\(sink.description) of clock domain '\(own)' depends on \(abouts.joined(separator: ", and on ")); \(hint)",
            notes: notes)
    }

    /// Sources of one crossing that a message names; of the others it has the number.
    private static let namedSources = 8

    /// How a message calls what a domain comes from, and where that is declared.
    private func origin(_ vertex: Int32) -> (name: String, location: SourceLocation) {
        let node = nodes[Int(vertex)]
        switch node.operation {
        case .memoryRead:
            let memory = memories[Int(node.a)]
            return ("memory '\(memory.name)'", memory.location)
        case .register:
            return (describe(vertex), registers[Int(node.a)].location)
        default:
            return (describe(vertex), self.location(of: vertex))
        }
    }
}
