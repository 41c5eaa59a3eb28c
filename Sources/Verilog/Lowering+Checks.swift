import BitVectors
import HDL

extension Lowering {
    /// Properties, each as a wire and as an assertion in a block of its own.
    mutating func lowerChecks() {
        for check in circuit.checks {
            let wire = namer.name(check.kind == .cover ? "\(check.name)_reached" : "\(check.name)_holds")
            let block = namer.name("check_\(check.name)")
            addBlank(to: .formal)
            add(
                .wire(name: wire, width: 1, value: operand(check.condition), check.location, isKept: true), to: .formal)
            let assertion = VerilogModule.Statement.check(check.kind.rawValue, .identifier(wire))
            let domain = circuit.domains[Int(check.domain)]
            if domain.isClockUsed {
                let trigger = trigger(check.domain, reset: false, .formal)
                let isReset = isResetActive(check.domain, .formal)
                let body =
                    domain.isResetUsed
                    ? .branch([(condition: .unary("!", isReset), body: [assertion])]) : assertion
                add(.sequential(trigger, label: block, [body]), to: .formal)
            } else {
                add(.combinational(label: block, [assertion]), to: .formal)
            }
            checks.append(
                EmittedCheck(
                    module: circuit.name, name: check.name, kind: check.kind, block: block, wire: wire,
                    location: check.location))
        }
    }

    /// Bits that nothing reads end in one wire whose name says so to linters: that nobody reads them is meant, and the
    /// phase that looks for unused signals has said what is not.
    mutating func lowerUnusedBits() {
        var parts: [Expression] = []
        for domain in circuit.domains {
            if case .signals = domain.source { continue }
            if domain.isClockUsed, !isMentioned(domain.clockNode) { parts.append(.identifier(domain.clockName)) }
            if domain.isResetUsed, !isMentioned(domain.resetNode) { parts.append(.identifier(domain.resetName)) }
        }
        for port in circuit.ports where port.isInput { parts += unusedParts(of: port.node) }
        for register in circuit.registers where section(register.node) == .main && !isPort(register) {
            parts += unusedParts(of: register.node)
        }
        for (index, node) in nodes.enumerated() where texts.hasName(Int32(index)) {
            switch node.operation {
            case .input, .register, .clock, .reset: continue
            case .wire:
                // A port takes every bit.
                if circuit.wires[Int(node.a)].purpose != .declared { continue }
            case .instanceOutput: if drivenByInstance.contains(Int32(index)) { continue }
            default: if section(Int32(index)) != .main { continue }
            }
            parts += unusedParts(of: Int32(index))
        }
        parts += unusedHelpers
        if parts.isEmpty { return }
        addBlank(to: .main)
        let name = namer.name("_unused")
        let all = Expression.concatenation([.literal(.zeros(1))] + parts)
        add(.wire(name: name, width: 1, value: .unary("&", all), nil), to: .main)
    }

    private func isPort(_ register: Register) -> Bool {
        plan.portOfRegister[Int(nodes[Int(register.node)].a)] != nil
    }

    private func unusedParts(of node: Int32) -> [Expression] {
        // A port, of the module or of an instance, stands outside the formal part whoever reads it.
        let isPort = [.input, .instanceOutput].contains(nodes[Int(node)].operation)
        guard isPort || section(node) != .formal, let name = texts.name(of: node) else { return [] }
        let width = nodes[Int(node)].width
        return usage.unusedBits(of: node, width: width).map { gap in
            if gap.count == width { return .identifier(name) }
            return .range(name, high: Int(gap.upperBound) - 1, low: Int(gap.lowerBound))
        }
    }

    /// Whether the main part of the text mentions a clock or a reset.
    private func isMentioned(_ node: Int32) -> Bool {
        if mentionedPorts.contains(texts.name(of: node) ?? "") || usage.unusedBits(of: node, width: 1).isEmpty {
            return true
        }
        return plan.blocks.contains { block in
            guard block.section(plan) == .main else { return false }
            switch block.kind {
            case .wire: return false
            case .memory(let index):
                return circuit.domains[Int(circuit.memories[Int(index)].domain)].clockNode == node
            case .registers(let domain, let reset, _):
                let domain = circuit.domains[Int(domain)]
                return domain.clockNode == node || (reset && domain.resetNode == node)
            }
        }
    }

    mutating func noteUnused(_ name: String, _ bits: Range<Int>) {
        if !bits.isEmpty { unusedHelpers.append(.range(name, high: bits.upperBound - 1, low: bits.lowerBound)) }
    }
}
