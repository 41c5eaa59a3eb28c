import BitVectors
import HDL

extension Compiler {
    /// Makes a scope of every instance, and gives places to everything that is not computed from operands.
    mutating func flatten() throws(SimulationError) {
        scopes.append(scope(of: design.top, path: "", domains: topDomains()))
        var index = 0
        // A list and not a recursion: each scope appends those of its instances.
        while index < scopes.count {
            let circuit = scopes[index].circuit
            if circuit.blackBox != nil {
                throw .blackBox(module: circuit.name, instance: scopes[index].path)
            }
            for instance in circuit.instances {
                let definition = design.definition(of: instance, in: circuit)
                scopes[index].children.append(scopes.count)
                // The domains of the parent are complete only when its own derived ones are among them.
                let outer = scopes[index].domains
                let inner = instance.domains.map { $0 >= 0 ? outer[Int($0)] : -1 }
                scopes.append(scope(of: definition, path: scopes[index].name(instance.name), domains: inner))
            }
            index += 1
        }
        for index in scopes.indices { placeSources(of: index) }
        for index in scopes.indices { connectInstances(of: index) }
    }

    private mutating func scope(of circuit: Circuit, path: String, domains given: [Int]) -> Scope {
        var result = Scope(
            circuit: circuit, path: path, domains: given,
            places: [UInt32](repeating: .max, count: circuit.nodes.count))
        result.domains += Array(repeating: -1, count: max(circuit.domains.count - given.count, 0))
        for (index, domain) in circuit.domains.enumerated() {
            guard case .signals = domain.source else { continue }
            result.domains[index] = domains.count
            let clockName = result.name(domain.clockName)
            domains.append(
                FlatDomain(
                    name: result.name(domain.name), clockName: clockName, resetName: result.name(domain.resetName),
                    clocking: domain.clocking, clock: 0, reset: nil, isDerived: true))
        }
        return result
    }

    /// The clocks that are stepped from outside.
    private mutating func topDomains() -> [Int] {
        design.top.domains.map { domain in
            if case .signals = domain.source { return -1 }
            var flat = FlatDomain(
                name: domain.name, clockName: domain.clockName, resetName: domain.resetName, clocking: domain.clocking,
                clock: allocate(1), reset: domain.clocking.reset == .none ? nil : allocate(1), isDerived: false)
            flat.clock = domainLevel(flat.clock, 1 - flat.activeLevel)
            if let reset = flat.reset { flat.reset = domainLevel(reset, 1 - flat.resetLevel) }
            domains.append(flat)
            return domains.count - 1
        }
    }

    private mutating func domainLevel(_ place: UInt32, _ level: UInt64) -> UInt32 {
        program.image[Int(place)] = level
        return place
    }

    private mutating func placeSources(of index: Int) {
        let circuit = scopes[index].circuit
        if index == 0 {
            for port in circuit.ports where port.isInput {
                let place = allocate(port.width)
                scopes[index].places[Int(port.node)] = place
                inputs.append(FlatInput(name: port.name, place: place, width: port.width))
            }
        }
        for wire in circuit.wires {
            scopes[index].places[Int(wire.node)] = allocate(Int(circuit.nodes[Int(wire.node)].width))
        }
        for register in circuit.registers {
            let width = register.powerUpValue.width
            let place = allocate(width)
            load(register.powerUpValue, at: place)
            scopes[index].places[Int(register.node)] = place
        }
        scopes[index].firstMemory = memories.count
        for memory in circuit.memories {
            let flat = FlatMemory(
                name: scopes[index].name(memory.name), base: allocate(memory.depth * words(of: memory.width) * 64),
                depth: memory.depth, width: memory.width)
            for (address, word) in memory.contents.enumerated() {
                load(word, at: flat.base + UInt32(address * flat.words))
            }
            memories.append(flat)
        }
    }

    private mutating func load(_ value: BitVector, at place: UInt32) {
        for (index, word) in value.words.enumerated() { program.image[Int(place) + index] = word }
    }

    /// A port of an instance is one place: an input is the parent's wire, an output the child's.
    private mutating func connectInstances(of index: Int) {
        let circuit = scopes[index].circuit
        for (instance, child) in zip(circuit.instances, scopes[index].children) {
            for (outer, inner) in zip(instance.ports, scopes[child].circuit.ports) {
                if outer.isInput {
                    scopes[child].places[Int(inner.node)] = scopes[index].places[Int(outer.node)]
                } else {
                    scopes[index].places[Int(outer.node)] = scopes[child].places[Int(inner.node)]
                }
            }
        }
    }
}
