import BitVectors
import HDL

extension Lowering {
    mutating func lowerAssigns() {
        for domain in circuit.domains {
            guard case .signals(let clock, let reset) = domain.source else { continue }
            lowerDomainSignal(domain.clockNode, clock)
            if let reset { lowerDomainSignal(domain.resetNode, reset) }
        }
        for wire in circuit.wires
        where plan.isAssigned(wire.node) && isDeclared(wire) && !drivenByInstance.contains(wire.node) {
            guard let value = plainValue(of: wire.node), let name = texts.name(of: wire.node) else { continue }
            add(.assign(name: name, value: value, plan.places[wire.node]), to: section(wire.node))
        }
    }

    private mutating func lowerDomainSignal(_ node: Int32, _ value: Int32) {
        guard section(node) != .dead, let name = texts.name(of: node) else { return }
        add(.assign(name: name, value: operand(value), circuit.location(of: node)), to: section(node))
    }

    /// What a wire that is no variable is: one value, or its parts side by side.
    private func plainValue(of wire: Int32) -> Expression? {
        if let value = plan.plainConstant[wire] { return .literal(value) }
        if let value = plan.plainDriver[wire] { return operand(value) }
        return plan.plainParts[wire].map { parts in .concatenation(parts.reversed().map { operand($0.value) }) }
    }

    mutating func lowerInstances() {
        for (index, instance) in circuit.instances.enumerated() {
            let definition = design.definition(of: instance, in: circuit)
            var connections: [(port: String, value: Expression)] = []
            func outerName(_ port: String) -> String { definition.blackBox?.portNames[port] ?? port }
            for (inner, outer) in zip(definition.domains, instance.domains) where outer >= 0 {
                let domain = circuit.domains[Int(outer)]
                if inner.isClockUsed {
                    connections.append((inner.clockName, mention(domain.clockNode)))
                }
                if inner.isResetUsed {
                    connections.append((inner.resetName, mention(domain.resetNode)))
                }
            }
            for port in instance.ports {
                if let name = texts.name(of: port.node) {
                    connections.append((outerName(port.name), .identifier(name)))
                } else if let value = plainValue(of: port.node) {
                    connections.append((outerName(port.name), value))
                }
            }
            let parameters = definition.blackBox?.parameters.map { ($0.name, Lowering.text(of: $0.value)) } ?? []
            addBlank(to: .main)
            add(
                .instance(
                    module: instance.module, parameters: parameters, name: instanceNames[index],
                    connections: connections, instance.location), to: .main)
        }
    }

    /// A clock or reset as the text calls it.
    private mutating func mention(_ node: Int32) -> Expression {
        let name = texts.name(of: node) ?? "undriven"
        mentionedPorts.insert(name)
        return .identifier(name)
    }

    private static func text(of value: VerilogParameter) -> String {
        switch value {
        case .integer(let number): return "\(number)"
        case .bits(let bits): return Printer.literal(bits)
        case .string(let text):
            return "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined() + "\""
        case .real(let number): return "\(number)"
        }
    }

    mutating func lowerBlocks() {
        for block in plan.blocks {
            let section = block.section(plan)
            let statements = block.steps.compactMap { $0.isEmpty ? nil : statement($0) }
            switch block.kind {
            case .wire:
                addBlank(to: section)
                add(.combinational(label: nil, statements), to: section)
            case .memory(let index):
                let domain = circuit.memories[Int(index)].domain
                addBlank(to: section)
                add(.sequential(trigger(domain, reset: false, section), label: nil, statements), to: section)
            case .registers(let domain, false, _):
                addBlank(to: section)
                add(.sequential(trigger(domain, reset: false, section), label: nil, statements), to: section)
            case .registers(let domain, true, _):
                lowerResetRegisters(domain, statements, section)
            }
        }
    }

    private mutating func lowerResetRegisters(
        _ domain: Int32, _ statements: [VerilogModule.Statement], _ section: Liveness.Section
    ) {
        let resets = circuit.registers.compactMap { register -> VerilogModule.Statement? in
            guard let value = register.resetValue, register.domain == domain,
                self.section(register.node) == section, let name = texts.name(of: register.node)
            else { return nil }
            let literal = stateLiteral(value, of: register.node)
            return .assign(target: .init(name), value: literal, register.location)
        }
        var arms: [(condition: Expression?, body: [VerilogModule.Statement])] = [
            (isResetActive(domain, section), resets)
        ]
        if !statements.isEmpty { arms.append((nil, statements)) }
        addBlank(to: section)
        add(
            .sequential(trigger(domain, reset: true, section), label: nil, [.branch(arms)]),
            to: section)
    }

    /// A value of a register, by its name when it is a case of an enum.
    mutating func stateLiteral(_ value: BitVector, of node: Int32) -> Expression {
        if let enumeration = circuit.enumerationOfNode[node],
            let name = parameters.name(of: value, in: enumeration, of: circuit, &namer)
        {
            return .identifier(name)
        }
        return .literal(value)
    }

    func trigger(_ domain: Int32, reset: Bool, _ section: Liveness.Section) -> VerilogModule.Trigger {
        let domain = circuit.domains[Int(domain)]
        let clock = texts.name(of: domain.clockNode) ?? "undriven"
        let isAsynchronous = reset && domain.clocking.isAsynchronous
        return VerilogModule.Trigger(
            clock: clock, isFalling: domain.clocking.edge == .falling,
            reset: isAsynchronous ? texts.name(of: domain.resetNode) : nil,
            isResetFalling: domain.clocking.resetLevel == .low)
    }

    func isResetActive(_ domain: Int32, _ section: Liveness.Section) -> Expression {
        let domain = circuit.domains[Int(domain)]
        let reset = Expression.identifier(texts.name(of: domain.resetNode) ?? "undriven")
        return domain.clocking.resetLevel == .low ? .unary("!", reset) : reset
    }

    // MARK: Statements

    mutating func statement(_ step: BlockPlan.Step) -> VerilogModule.Statement {
        switch step {
        case .assign(let target, let value, let place):
            return .assign(target: .init(texts.name(of: target) ?? "undriven"), value: operand(value), place)
        case .assignSlice(let target, let low, let value, let place):
            let bits = Int(low)..<(Int(low) + width(value))
            return .assign(
                target: .init(texts.name(of: target) ?? "undriven", bits: bits), value: operand(value), place)
        case .write(let memory, let address, let value, let mask, let place):
            let name = memoryNames[Int(memory)]
            if mask >= 0 { return maskedWrite(name, address, value, mask, place) }
            return .assign(target: .init(name, element: operand(address)), value: operand(value), place)
        case .branch(let arms):
            return .branch(
                arms.map { arm in
                    (
                        condition: arm.condition.map { operand($0) },
                        body: arm.body.compactMap { $0.isEmpty ? nil : statement($0) }
                    )
                })
        case .choose(let index, let arms, let otherwise):
            return choice(circuit.switches[index], arms, otherwise)
        }
    }

    /// A write lane by lane.
    private func maskedWrite(
        _ name: String, _ address: Int32, _ value: Int32, _ mask: Int32, _ place: SourceLocation
    ) -> VerilogModule.Statement {
        guard case .identifier(let word) = operand(value), case .identifier(let enables) = operand(mask) else {
            return .branch([])
        }
        let lanes = width(mask)
        let lane = width(value) / lanes
        let writes = (0..<lanes).map { index -> VerilogModule.Statement in
            let bits = index * lane..<(index + 1) * lane
            let part = Expression.range(word, high: bits.upperBound - 1, low: bits.lowerBound)
            let target = VerilogModule.Target(name, element: operand(address), bits: lanes == 1 ? nil : bits)
            let enable = lanes == 1 ? Expression.identifier(enables) : .range(enables, high: index, low: index)
            let whole = lanes == 1 ? Expression.identifier(word) : part
            return .branch([(condition: enable, body: [.assign(target: target, value: whole, place)])])
        }
        // A branch that is always taken keeps the lanes together as one statement.
        return .branch([(condition: nil, body: writes)])
    }
}
