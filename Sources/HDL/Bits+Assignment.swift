/// Assignments; each knows its place, and stamps the operators of its value with it.
extension Bits {
    /// Drives an output, a wire or an instance's input.
    public func drive(_ value: Bits, _ file: StaticString = #fileID, _ line: UInt = #line) {
        assign(value, allowed: .wire, verb: "drive", SourceLocation(file, line))
    }

    /// Drives an output, a wire or an instance's input with an integer.
    public func drive(_ value: Int, _ file: StaticString = #fileID, _ line: UInt = #line) {
        drive(literal(value), file, line)
    }

    /// Gives a register its value after the next clock edge.
    public func next(_ value: Bits, _ file: StaticString = #fileID, _ line: UInt = #line) {
        assign(value, allowed: .register, verb: "next", SourceLocation(file, line))
    }

    /// Gives a register an integer after the next clock edge.
    public func next(_ value: Int, _ file: StaticString = #fileID, _ line: UInt = #line) {
        next(literal(value), file, line)
    }

    private func assign(_ value: Bits, allowed: Operation, verb: String, _ location: SourceLocation) {
        circuit.stamp(location, owner: circuit.names[id] ?? "value")
        let operation = circuit.nodes[Int(id)].operation
        guard operation == allowed else {
            let hint =
                switch operation {
                case .register: "a register takes 'next'"
                case .wire: "a wire takes 'drive'"
                default: "only outputs, wires, instance inputs and registers take a value"
                }
            circuit.report(at: location, "'\(verb)' on \(circuit.describe(id)); \(hint)")
            return
        }
        // A target of a value that is found wrong is driven all the same, so that one slip is one finding.
        guard value.circuit === circuit else {
            circuit.add(.assign(target: id, value: id, location))
            let other = value.circuit.name
            circuit.report(at: location, "\(circuit.describe(id)) takes a signal of module '\(other)'")
            return
        }
        guard value.width == width else {
            circuit.add(.assign(target: id, value: id, location))
            circuit.report(
                at: location,
                "\(circuit.describe(id)) has \(circuit.bits(width)), its value has \(value.width); extend or truncate it"
            )
            return
        }
        circuit.add(.assign(target: id, value: value.id, location))
    }
}
