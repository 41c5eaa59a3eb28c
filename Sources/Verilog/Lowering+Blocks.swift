import BitVectors
import HDL

extension Lowering {
    mutating func lowerAssigns(_ plan: BlockPlan) {
        for wire in circuit.wires where plan.isAssigned(wire.node) && isDeclared(wire, plan) {
            guard let value = plan.plainDriver[wire.node], let name = identifiers[wire.node] else { continue }
            items.append(.assign(name: name, value: operand(value)))
        }
    }

    mutating func lowerInstances(_ plan: BlockPlan) {
        for (index, instance) in circuit.instances.enumerated() {
            var connections: [(port: String, value: Expression)] = []
            if circuit.isClocked { connections.append(("clk", .identifier("clk"))) }
            if circuit.usesReset { connections.append(("rst", .identifier("rst"))) }
            for port in instance.ports {
                if let name = identifiers[port.node] {
                    connections.append((port.name, .identifier(name)))
                } else if let value = plan.plainDriver[port.node] {
                    connections.append((port.name, operand(value)))
                }
            }
            items.append(.blank)
            items.append(.instance(module: instance.module, name: instanceNames[index], connections: connections))
        }
    }

    mutating func lowerBlocks(_ plan: BlockPlan) {
        for block in plan.blocks {
            let statements = block.steps.map(statement)
            items.append(.blank)
            switch block.kind {
            case .wire:
                items.append(.combinational(statements))
            case .memory(let index):
                clearAtPowerUp(Int(index))
                items.append(.blank)
                items.append(.sequential(statements))
            case .registers(reset: false):
                items.append(.sequential(statements))
            case .registers(reset: true):
                let resets = circuit.registers.compactMap { register -> VerilogModule.Statement? in
                    guard let value = register.resetValue, let name = identifiers[register.node] else { return nil }
                    return .assign(target: name, value: .literal(value))
                }
                var arms: [(condition: Expression?, body: [VerilogModule.Statement])] = [
                    (.identifier("rst"), resets)
                ]
                if !statements.isEmpty { arms.append((nil, statements)) }
                items.append(.sequential([.branch(arms)]))
            }
        }
        clearMemoriesThatAreNeverWritten(plan)
    }

    private mutating func clearMemoriesThatAreNeverWritten(_ plan: BlockPlan) {
        for index in circuit.memories.indices {
            let isWritten = plan.blocks.contains {
                if case .memory(let written) = $0.kind { Int(written) == index } else { false }
            }
            if !isWritten {
                items.append(.blank)
                clearAtPowerUp(index)
            }
        }
    }

    private mutating func clearAtPowerUp(_ index: Int) {
        let memory = circuit.memories[index]
        items.append(
            .clear(
                memory: memoryNames[index], index: memoryIndexNames[index], width: memory.width, depth: memory.depth))
    }

    private func statement(_ step: BlockPlan.Step) -> VerilogModule.Statement {
        switch step {
        case .assign(let target, let value):
            .assign(target: identifiers[target] ?? "undriven", value: operand(value))
        case .write(let memory, let address, let value):
            .assignMemory(memory: memoryNames[Int(memory)], address: operand(address), value: operand(value))
        case .branch(let arms):
            .branch(arms.map { (condition: $0.condition.map(operand), body: $0.body.map(statement)) })
        }
    }
}
