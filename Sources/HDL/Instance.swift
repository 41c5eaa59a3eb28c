/// An instance as it is declared.
public struct InstanceDeclaration: Sendable {
    public let name: String
    /// Name of the definition.
    public let module: String
    /// The definition's ports, with this circuit's node for each: a wire for an input, a source for an output.
    public let ports: [CircuitPort]
    /// Whether the definition has state, so takes the clock.
    public let isClocked: Bool
    /// Whether the definition takes the reset.
    public let usesReset: Bool
    public let location: SourceLocation
}

/// An instance of a module inside another; its ports by name, inputs to be driven and outputs to be read.
@dynamicMemberLookup
public struct Instance<Ports: SignalBundle> {
    private let circuit: Circuit
    private let index: Int
    private let ports: Ports
    private let list: PortList

    init(_ name: String, of definition: Circuit, ports: Ports, in circuit: Circuit, _ location: SourceLocation) {
        self.circuit = circuit
        self.ports = ports
        list = PortList(ports)
        index = circuit.instances.count
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
            }
            connections.append(CircuitPort(name: port.name, width: port.width, isInput: port.isInput, node: node))
        }
        circuit.stamp(location, owner: name)
        circuit.instances.append(
            InstanceDeclaration(
                name: name, module: definition.name, ports: connections, isClocked: definition.isClocked,
                usesReset: definition.usesReset, location: location))
    }

    public subscript(dynamicMember path: KeyPath<Ports, Input>) -> Bits { signal(ports[keyPath: path]) }
    public subscript(dynamicMember path: KeyPath<Ports, Output>) -> Bits { signal(ports[keyPath: path]) }
    public subscript(dynamicMember path: KeyPath<Ports, Input?>) -> Bits? { ports[keyPath: path].map(signal) }
    public subscript(dynamicMember path: KeyPath<Ports, Output?>) -> Bits? { ports[keyPath: path].map(signal) }
    public subscript(dynamicMember path: KeyPath<Ports, [Input]>) -> [Bits] { ports[keyPath: path].map(signal) }
    public subscript(dynamicMember path: KeyPath<Ports, [Output]>) -> [Bits] { ports[keyPath: path].map(signal) }

    private func signal(_ port: AnyPort) -> Bits {
        guard let position = list.position(of: port) else {
            preconditionFailure("a bundle's ports are stored properties, not made anew at each access")
        }
        let connection = circuit.instances[index].ports[position]
        return Bits(circuit, connection.node, connection.width)
    }
}

extension Circuit {
    /// Whether the module has state of its own or below it, so takes the clock.
    public var isClocked: Bool { !registers.isEmpty || !memories.isEmpty || instances.contains(where: \.isClocked) }

    /// Whether the module, or one below it, resets a register.
    public var usesReset: Bool { registers.contains { $0.resetValue != nil } || instances.contains(where: \.usesReset) }
}
