import BitVectors

/// What a builder adds to a circuit. Names get the prefix of the open scopes; ports do not.
extension Circuit {
    func addDomain(
        _ name: String, clockName: String, resetName: String, _ clocking: Clocking,
        source: ClockDomainDeclaration.Source, _ location: SourceLocation
    ) -> ClockDomain {
        let index = Int32(domains.count)
        let clock = append(Node(.clock, width: 1, a: index))
        let reset = append(Node(.reset, width: 1, a: index))
        names[clock] = clockName
        names[reset] = resetName
        domains.append(
            ClockDomainDeclaration(
                name: name, clockName: clockName, resetName: resetName, clocking: clocking, source: source,
                clockNode: clock, resetNode: reset, location: location))
        stamp(location, owner: name)
        return ClockDomain(circuit: self, index: index)
    }

    func addPort(_ name: String, width: Int, isInput: Bool) -> Bits {
        let position = ports.count
        let index = Int32(isInput ? position : wires.count)
        let node = append(Node(isInput ? .input : .wire, width: checked(width, of: name, location), a: index))
        names[node] = name
        ports.append(CircuitPort(name: name, width: max(width, 1), isInput: isInput, node: node))
        if !isInput {
            wires.append(Wire(name: name, purpose: .output(port: position), node: node, location: location))
        }
        stamp(declared: node, location, owner: name)
        return Bits(self, node, max(width, 1))
    }

    func addWire(_ name: String, width: Int, purpose: Wire.Purpose, _ location: SourceLocation) -> Bits {
        let name = scopePrefix + name
        if purpose == .declared { requireDescription(of: "wire '\(name)'", at: location) }
        let node = append(Node(.wire, width: checked(width, of: name, location), a: Int32(wires.count)))
        names[node] = name
        wires.append(Wire(name: name, purpose: purpose, node: node, location: location))
        stamp(declared: node, location, owner: name)
        return Bits(self, node, max(width, 1))
    }

    func addRegister(
        _ name: String, width: Int, reset: BitVector?, powerUp: BitVector? = nil, domain: ClockDomain,
        isSynchronizer: Bool = false, _ location: SourceLocation
    ) -> Bits {
        let name = scopePrefix + name
        requireDescription(of: "register '\(name)'", at: location)
        let node = append(Node(.register, width: checked(width, of: name, location), a: Int32(registers.count)))
        let width = max(width, 1)
        names[node] = name
        let index = own(domain, of: "register '\(name)'", location).index
        let hasReset = domains[Int(index)].clocking.reset != .none
        let resetValue = hasReset ? reset : nil
        registers.append(
            Register(
                name: name, node: node, resetValue: resetValue, powerUpValue: powerUp ?? reset ?? .zeros(width),
                domain: index, isSynchronizer: isSynchronizer, location: location))
        domains[Int(index)].isClockUsed = true
        if resetValue != nil { domains[Int(index)].isResetUsed = true }
        stamp(declared: node, location, owner: name)
        return Bits(self, node, width)
    }

    func addMemory(
        _ name: String, depth: Int, width: Int, contents: [BitVector], isNonvolatile: Bool, domain: ClockDomain,
        _ location: SourceLocation
    ) -> Memory {
        let name = scopePrefix + name
        requireDescription(of: "memory '\(name)'", at: location)
        if depth < 1 { report(at: location, "memory '\(name)' of \(depth) words; at least 1") }
        if contents.count > max(depth, 1) {
            report(at: location, "memory '\(name)' of \(depth) words begins with \(contents.count)")
        }
        if let word = contents.first(where: { $0.width != width }) {
            report(at: location, "memory '\(name)' has words of \(bits(width)), begins with one of \(word.width)")
        }
        let domain = own(domain, of: "memory '\(name)'", location)
        let index = Int32(memories.count)
        let declaration = MemoryDeclaration(
            name: name, depth: max(depth, 1), width: checked(width, of: name, location),
            contents: contents.filter { $0.width == width }, isNonvolatile: isNonvolatile, domain: domain.index,
            location: location)
        memories.append(declaration)
        return Memory(circuit: self, index: index, domain: domain, depth: max(depth, 1), width: max(width, 1))
    }

    /// The domain in which something is placed; the module's own when the one that was asked for is another module's.
    func own(_ domain: ClockDomain, of what: @autoclosure () -> String, _ location: SourceLocation) -> ClockDomain {
        if domain.circuit === self { return domain }
        report(at: location, "\(what()) in a clock domain of module '\(domain.circuit.name)'")
        return ClockDomain(circuit: self, index: 0)
    }

    /// A value of a width for a register, from an integer that should fit.
    ///
    /// - Parameters:
    ///   - role: what it is, `reset value`.
    ///   - owner: what it belongs to, `'count'`; nil when the role says it.
    func value(
        _ number: Int, width: Int, role: String, of owner: String? = nil, _ location: SourceLocation
    ) -> BitVector {
        if width >= 1, !fits(number, width: width) {
            let owner = owner.map { " of \($0)" } ?? ""
            report(at: location, "\(role) \(number)\(owner) does not fit in \(bits(width))")
        }
        return BitVector(number, width: max(width, 1))
    }

    private func checked(_ width: Int, of name: String, _ location: SourceLocation) -> Int {
        if width < 1 { report(at: location, "'\(name)' of \(width) bits; at least 1") }
        return max(width, 1)
    }
}
