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
        enum Kind: Hashable { case registers(reset: Bool), memory(Int32), wire(Int32) }
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

    /// A wire is plain when its last statement stands outside any condition: that one wins over all before it.
    private mutating func findPlainDrivers() {
        for statement in circuit.statements {
            if case .assign(let target, let value, _) = statement {
                if circuit.nodes[Int(target)].operation == .wire { plainDriver[target] = value }
            } else {
                forgetPlainDrivers(of: statement)
            }
        }
    }

    private mutating func forgetPlainDrivers(of statement: Statement) {
        switch statement {
        case .assign(let target, _, _):
            plainDriver[target] = nil
        case .write, .assignSlice, .choose:
            break
        case .when(let chain):
            for arm in circuit.whenChains[chain].arms { arm.body.forEach { forgetPlainDrivers(of: $0) } }
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
        var steps = stepsByKind(circuit.statements)
        if circuit.registers.contains(where: { $0.resetValue != nil }) {
            // A register that is only reset has a block all the same.
            steps[.registers(reset: true), default: []] += []
        }
        let wires = circuit.wires.filter { plainDriver[$0.node] == nil }.map { Block.Kind.wire($0.node) }
        let memories = circuit.memories.indices.map { Block.Kind.memory(Int32($0)) }
        for kind in wires + [.registers(reset: true), .registers(reset: false)] + memories {
            if let steps = steps[kind] { blocks.append(Block(kind: kind, steps: steps)) }
        }
    }

    /// The statements sorted by the block that they concern, in one pass however many blocks there are.
    private func stepsByKind(_ block: [Statement]) -> [Block.Kind: [Step]] {
        var steps: [Block.Kind: [Step]] = [:]
        for statement in block {
            switch statement {
            case .assign(let target, let value, _):
                steps[kind(of: target), default: []].append(.assign(target: target, value: value))
            case .write(let memory, let address, let value, _, _):
                steps[.memory(memory), default: []].append(.write(memory: memory, address: address, value: value))
            case .assignSlice, .choose:
                break
            case .when(let index):
                let arms = circuit.whenChains[index].arms.map { ($0.condition, stepsByKind($0.body)) }
                // The order of this set reaches no output: each kind has a list of its own.
                for kind in Set(arms.flatMap(\.1.keys)) {
                    var branch = arms.map { (condition: $0.0, body: $0.1[kind] ?? []) }
                    while let last = branch.last, last.body.isEmpty { branch.removeLast() }
                    steps[kind, default: []].append(.branch(branch))
                }
            }
        }
        return steps
    }

    private func kind(of target: Int32) -> Block.Kind {
        let node = circuit.nodes[Int(target)]
        if node.operation != .register { return .wire(target) }
        return .registers(reset: circuit.registers[Int(node.a)].resetValue != nil)
    }
}
