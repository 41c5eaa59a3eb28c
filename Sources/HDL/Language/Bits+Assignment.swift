import BitVectors

/// Assignments; each knows its place, and stamps the operators of its value with it.
extension Bits {
    /// Drives an output, a wire or an instance's input, or some bits of it: `word[4..<8].drive(nibble)`.
    public func drive(_ value: Bits, _ file: StaticString = #fileID, _ line: UInt = #line) {
        assign(value, allowed: .wire, verb: "drive", SourceLocation(file, line))
    }

    /// Drives an output, a wire or an instance's input with an integer.
    public func drive(_ value: Int, _ file: StaticString = #fileID, _ line: UInt = #line) {
        drive(literal(value), file, line)
    }

    /// Gives a register, or some bits of it, the value after the next clock edge.
    public func next(_ value: Bits, _ file: StaticString = #fileID, _ line: UInt = #line) {
        assign(value, allowed: .register, verb: "next", SourceLocation(file, line))
    }

    /// Gives a register an integer after the next clock edge.
    public func next(_ value: Int, _ file: StaticString = #fileID, _ line: UInt = #line) {
        next(literal(value), file, line)
    }

    private func assign(_ value: Bits, allowed: Operation, verb: String, _ location: SourceLocation) {
        let (target, low) = assignable
        let wholeWidth = Int(circuit.nodes[Int(target)].width)
        circuit.requireDescription(of: "'\(verb)' on \(circuit.describe(target))", at: location)
        circuit.stamp(location, owner: circuit.names[target] ?? "value")
        let operation = circuit.nodes[Int(target)].operation
        guard operation == allowed else {
            let hint =
                switch operation {
                case .register: "a register takes 'next'"
                case .wire: "a wire takes 'drive'"
                default: "only outputs, wires, instance inputs and registers take a value"
                }
            circuit.report(at: location, "'\(verb)' on \(circuit.describe(target)); \(hint)")
            return
        }
        func add(_ value: Int32) {
            if width == wholeWidth {
                circuit.add(.assign(target: target, value: value, location))
            } else {
                circuit.add(.assignSlice(target: target, low: Int32(low), value: value, location))
            }
        }
        let part = (low..<low + width).asBits
        let what = width == wholeWidth ? circuit.describe(target) : "\(part) of \(circuit.describe(target))"
        // A target of a value that is found wrong is driven all the same, so that one slip is one finding.
        guard value.circuit === circuit else {
            add(circuit.append(.zeros(width)))
            let other = value.circuit.name
            circuit.report(at: location, "\(what) takes a signal of module '\(other)'")
            return
        }
        guard value.width == width else {
            add(circuit.append(.zeros(width)))
            let has =
                width == wholeWidth
                ? "has \(circuit.bits(width))" : "\(width == 1 ? "takes" : "take") \(circuit.bits(width))"
            circuit.report(at: location, "\(what) \(has), its value has \(value.width); extend or truncate it")
            return
        }
        add(value.id)
    }

    /// The declared signal of which this is the whole, or a part from bit `low`.
    private var assignable: (target: Int32, low: Int) {
        let node = circuit.nodes[Int(id)]
        guard node.operation == .slice, circuit.names[id] == nil else { return (id, 0) }
        let whole = circuit.nodes[Int(node.a)].operation
        return whole == .wire || whole == .register ? (node.a, Int(node.b)) : (id, 0)
    }
}

extension Signed {
    /// Drives an output, a wire or an instance's input.
    public func drive(_ value: Signed, _ file: StaticString = #fileID, _ line: UInt = #line) {
        bits.drive(value.bits, file, line)
    }

    /// Drives an output, a wire or an instance's input with an integer.
    public func drive(_ value: Int, _ file: StaticString = #fileID, _ line: UInt = #line) {
        drive(literal(value), file, line)
    }

    /// Gives a register its value after the next clock edge.
    public func next(_ value: Signed, _ file: StaticString = #fileID, _ line: UInt = #line) {
        bits.next(value.bits, file, line)
    }
    /// Gives a register an integer after the next clock edge.
    public func next(_ value: Int, _ file: StaticString = #fileID, _ line: UInt = #line) {
        next(literal(value), file, line)
    }
}
