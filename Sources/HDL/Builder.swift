import BitVectors

/// What a module's body is described with: its ports by name, and declarations.
@dynamicMemberLookup
public struct Builder<Ports: SignalBundle> {
    public let circuit: Circuit
    let design: DesignBuilder
    let ports: Ports
    let list: PortList

    init(circuit: Circuit, design: DesignBuilder, ports: Ports) {
        self.circuit = circuit
        self.design = design
        self.ports = ports
        self.list = PortList(ports)
        for entry in list.entries { circuit.addPort(entry.name, width: entry.port.width, isInput: entry.isInput) }
        for (first, second) in list.shared {
            circuit.report(
                at: circuit.location, "ports '\(first)' and '\(second)' are one object; make a new one for each")
        }
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
        let port = circuit.ports[position]
        return Bits(circuit, port.node, port.width)
    }
}

extension Builder {
    /// A constant of a width.
    public func constant(
        _ value: Int, _ width: Int, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        // Not stamped: the constant belongs to the statement that uses it, as do the operators made before it.
        let location = SourceLocation(file, line)
        if width < 1 {
            circuit.report(at: location, "a constant of \(width) bits; at least 1")
        } else if !circuit.fits(value, width: width) {
            circuit.report(at: location, "\(value) does not fit in \(circuit.bits(width))")
        }
        let constant = BitVector(value, width: max(width, 1))
        return Bits(circuit, circuit.append(constant), constant.width)
    }

    /// A register of the module's clock that a synchronous reset sets to `resetValue`; nil leaves it alone.
    public func register(
        _ name: String, _ width: Int = 1, reset resetValue: Int? = 0,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        circuit.addRegister(name, width: width, reset: resetValue, SourceLocation(file, line))
    }

    /// A signal to be driven by `drive`, on every path or on top of a default.
    public func wire(
        _ name: String, _ width: Int = 1, default value: Int? = nil,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        let location = SourceLocation(file, line)
        let wire = circuit.addWire(name, width: width, purpose: .declared, location)
        if let value { wire.drive(value, file, line) }
        return wire
    }

    /// A memory of the module's clock: synchronous writes, asynchronous reads, zero at power-up.
    public func memory(
        _ name: String, depth: Int, width: Int, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Memory {
        circuit.addMemory(name, depth: depth, width: width, SourceLocation(file, line))
    }

    /// An instance of another module.
    public func instance<M: Module>(
        _ name: String, _ module: M, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Instance<M.Ports> {
        let definition = design.definition(of: module, SourceLocation(file, line))
        return Instance(name, of: definition, ports: module.ports(), in: circuit, SourceLocation(file, line))
    }
}
