/// An instance of a module inside another; its ports by name, inputs to be driven and outputs to be read.
public struct Instance<Ports: SignalBundle>: BundleAccess {
    public let bundle: Ports
    public let signals: SignalTable
    let circuit: Circuit
    let index: Int

    init(
        _ name: String, of definition: Circuit, ports: Ports, in circuit: Circuit, domain: ClockDomain,
        _ location: SourceLocation
    ) {
        self.circuit = circuit
        bundle = ports
        signals = SignalTable()
        index = circuit.instances.count
        let prefix = circuit.scopePrefix
        // The instance's name has the prefix already.
        circuit.scopePrefix = ""
        defer { circuit.scopePrefix = prefix }
        let list = PortList(ports)
        var connections: [CircuitPort] = []
        for (position, port) in definition.ports.enumerated() {
            let signalName = "\(name)_\(port.name)"
            let node: Int32
            if port.isInput {
                let purpose = Wire.Purpose.instanceInput(instance: index, port: position)
                node = circuit.addWire(signalName, width: port.width, purpose: purpose, location).id
            } else {
                node = circuit.append(
                    Node(.instanceOutput, width: port.width, a: Int32(index), b: Int32(position)))
                circuit.names[node] = signalName
                circuit.stamp(declared: node, location, owner: signalName)
            }
            connections.append(CircuitPort(name: port.name, width: port.width, isInput: port.isInput, node: node))
            if position < list.entries.count {
                let signal = Bits(circuit, node, port.width)
                signals.set(list.entries[position].port, signal)
                circuit.note(enumOf: list.entries[position].port, signal)
            }
        }
        if domain.circuit !== circuit {
            circuit.report(
                at: location, "instance '\(name)' in a clock domain of module '\(domain.circuit.name)'")
        }
        var domains = [Int32](repeating: -1, count: definition.domains.count)
        domains[0] = domain.circuit === circuit ? domain.index : 0
        for (position, clock) in list.clocks.enumerated() { signals.set(clock.port, domain: Int32(position + 1)) }
        let declared = circuit.definitions.firstIndex { $0 === definition }
        if declared == nil { circuit.definitions.append(definition) }
        circuit.instances.append(
            InstanceDeclaration(
                name: name, module: definition.name, definition: declared ?? circuit.definitions.count - 1,
                ports: connections, domains: domains, location: location))
        circuit.useDomain(domains[0], of: definition.domains[0])
    }

    /// Connects a clock port to a domain of this module.
    public subscript(dynamicMember path: KeyPath<Ports, ClockPort>) -> InstanceClock {
        InstanceClock(circuit: circuit, instance: index, index: signals.domain(bundle[keyPath: path]))
    }
}

extension Instance {
    /// Connects all ports to a bundle of this module that has the same ones, as a wrapper hands them on: the instance's
    /// inputs take its inputs' values, its outputs those of the instance, and clock ports its clock domains.
    public func connect(to outer: BundleView<Ports>, _ file: StaticString = #fileID, _ line: UInt = #line) {
        outer.connect(to: BundleView(bundle, signals), file, line)
        let domains = Dictionary(PortList(outer.bundle).clocks.map { ($0.name, $0.port) }) { first, _ in first }
        for (name, port) in PortList(bundle).clocks {
            guard let clock = domains[name], let domain = outer.signals.knownDomain(clock) else { continue }
            InstanceClock(circuit: circuit, instance: index, index: signals.domain(port))
                .connect(ClockDomain(circuit: circuit, index: domain), file, line)
        }
    }
}

/// A clock port of an instance.
public struct InstanceClock {
    let circuit: Circuit
    let instance: Int
    let index: Int32

    /// Connects the port to a clock domain, which must work alike.
    public func connect(_ domain: ClockDomain, _ file: StaticString = #fileID, _ line: UInt = #line) {
        guard domain.circuit === circuit else {
            circuit.report(
                at: SourceLocation(file, line),
                "an instance's clock takes a clock domain of module '\(domain.circuit.name)'")
            return
        }
        let declaration = circuit.instances[instance]
        circuit.instances[instance].domains[Int(index)] = domain.index
        circuit.useDomain(domain.index, of: circuit.definitions[declaration.definition].domains[Int(index)])
    }
}

extension Circuit {
    /// Notes that an instance uses a domain as far as its definition does.
    fileprivate func useDomain(_ domain: Int32, of inner: ClockDomainDeclaration) {
        if inner.isClockUsed { domains[Int(domain)].isClockUsed = true }
        if inner.isResetUsed { domains[Int(domain)].isResetUsed = true }
    }
}
