import HDL

/// Which block of the Verilog makes which assignment of a circuit.
///
/// Registers share one sequential block a kind of reset, a memory has its own, a wire that is driven under
/// conditions has a combinational one, and a wire with one plain driver is an `assign`.
struct BlockPlan {
    /// The statements that concern one block, with the conditions around them.
    indirect enum Step {
        case assign(target: Int32, value: Int32)
        case write(memory: Int32, address: Int32, value: Int32)
        case branch([(condition: Int32?, body: [Step])])
    }
    struct Block {
        enum Kind { case registers(reset: Bool), memory(Int32), wire(Int32) }
        let kind: Kind
        let steps: [Step]
    }

    private(set) var blocks: [Block] = []
    /// The value of each wire that is driven once, outside any condition.
    private(set) var plainDriver: [Int32: Int32] = [:]
    /// Registers that are an output of the same name: the port itself is the register.
    private(set) var portOfRegister: [Int: String] = [:]
    private var registerOfOutput: Set<Int32> = []
    private let circuit: Circuit

    init(_ circuit: Circuit) {
        self.circuit = circuit
        findPlainDrivers()
        mergeRegistersIntoPorts()
        planBlocks()
    }

    /// Whether a wire is assigned in an `always` block, so declared `reg`.
    func isVariable(_ wire: Int32) -> Bool { plainDriver[wire] == nil || registerOfOutput.contains(wire) }

    /// Whether the wire needs an `assign` of its own.
    func isAssigned(_ wire: Int32) -> Bool { plainDriver[wire] != nil && !registerOfOutput.contains(wire) }

    private mutating func findPlainDrivers() {
        var count: [Int32: Int] = [:]
        func visit(_ block: [Statement]) {
            for statement in block {
                switch statement {
                case .assign(let target, _, _): count[target, default: 0] += 1
                case .write: break
                case .when(let chain): circuit.whenChains[chain].arms.forEach { visit($0.body) }
                }
            }
        }
        visit(circuit.statements)
        for statement in circuit.statements {
            if case .assign(let target, let value, _) = statement, count[target] == 1,
                circuit.nodes[Int(target)].operation == .wire
            {
                plainDriver[target] = value
            }
        }
    }

    private mutating func mergeRegistersIntoPorts() {
        for port in circuit.ports where !port.isInput {
            guard let value = plainDriver[port.node] else { continue }
            let node = circuit.nodes[Int(value)]
            guard node.operation == .register, circuit.registers[Int(node.a)].name == port.name else { continue }
            portOfRegister[Int(node.a)] = port.name
            registerOfOutput.insert(port.node)
        }
    }

    private mutating func planBlocks() {
        for wire in circuit.wires where plainDriver[wire.node] == nil {
            add(.wire(wire.node), filter(circuit.statements) { $0 == wire.node })
        }
        for reset in [true, false] {
            add(
                .registers(reset: reset),
                filter(circuit.statements) { target in
                    let node = circuit.nodes[Int(target)]
                    guard node.operation == .register else { return false }
                    return (circuit.registers[Int(node.a)].resetValue != nil) == reset
                })
        }
        for memory in circuit.memories.indices {
            add(.memory(Int32(memory)), filter(circuit.statements, memory: Int32(memory)) { _ in false })
        }
    }

    private mutating func add(_ kind: Block.Kind, _ steps: [Step]) {
        let resets = circuit.registers.contains { $0.resetValue != nil }
        if case .registers(reset: true) = kind, resets {
            // A register that is only reset has a block all the same.
        } else if steps.isEmpty {
            return
        }
        blocks.append(Block(kind: kind, steps: steps))
    }

    private func filter(
        _ block: [Statement], memory: Int32 = -1, keeping isWanted: (Int32) -> Bool
    ) -> [Step] {
        var steps: [Step] = []
        for statement in block {
            switch statement {
            case .assign(let target, let value, _):
                if isWanted(target) { steps.append(.assign(target: target, value: value)) }
            case .write(let written, let address, let value, _):
                if written == memory { steps.append(.write(memory: written, address: address, value: value)) }
            case .when(let index):
                var arms = circuit.whenChains[index].arms.map {
                    (condition: $0.condition, body: filter($0.body, memory: memory, keeping: isWanted))
                }
                while let last = arms.last, last.body.isEmpty { arms.removeLast() }
                if !arms.isEmpty { steps.append(.branch(arms)) }
            }
        }
        return steps
    }
}
