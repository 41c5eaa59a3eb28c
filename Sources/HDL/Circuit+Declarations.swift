import BitVectors

extension Circuit {
    func addPort(_ name: String, width: Int, isInput: Bool) {
        let position = ports.count
        let index = Int32(isInput ? position : wires.count)
        let node = append(Node(isInput ? .input : .wire, width: checked(width, of: name, location), a: index))
        names[node] = name
        ports.append(CircuitPort(name: name, width: max(width, 1), isInput: isInput, node: node))
        if !isInput {
            wires.append(Wire(name: name, purpose: .output(port: position), node: node, location: location))
        }
        stamp(location, owner: name)
    }

    func addWire(_ name: String, width: Int, purpose: Wire.Purpose, _ location: SourceLocation) -> Bits {
        let node = append(Node(.wire, width: checked(width, of: name, location), a: Int32(wires.count)))
        names[node] = name
        wires.append(Wire(name: name, purpose: purpose, node: node, location: location))
        stamp(location, owner: name)
        return Bits(self, node, max(width, 1))
    }

    func addRegister(_ name: String, width: Int, reset: Int?, _ location: SourceLocation) -> Bits {
        let node = append(Node(.register, width: checked(width, of: name, location), a: Int32(registers.count)))
        names[node] = name
        let value = reset.map { BitVector($0, width: max(width, 1)) }
        if let reset, width >= 1, !fits(reset, width: width) {
            report(at: location, "reset value \(reset) of '\(name)' does not fit in \(bits(width))")
        }
        registers.append(Register(name: name, node: node, resetValue: value, location: location))
        stamp(location, owner: name)
        return Bits(self, node, max(width, 1))
    }

    func addMemory(_ name: String, depth: Int, width: Int, _ location: SourceLocation) -> Memory {
        if depth < 1 { report(at: location, "memory '\(name)' of \(depth) words; at least 1") }
        let index = Int32(memories.count)
        let declaration = MemoryDeclaration(
            name: name, depth: max(depth, 1), width: checked(width, of: name, location), location: location)
        memories.append(declaration)
        return Memory(circuit: self, index: index, depth: max(depth, 1), width: max(width, 1))
    }

    private func checked(_ width: Int, of name: String, _ location: SourceLocation) -> Int {
        if width < 1 { report(at: location, "'\(name)' of \(width) bits; at least 1") }
        return max(width, 1)
    }
}
