import BitVectors
import HDL

/// Turns one circuit into a Verilog module: decides what gets a name, what is written inside its user, and which
/// block assigns what. One pass over the nodes in their order, without recursion over the graph.
struct Lowering {
    let circuit: Circuit
    var namer = Namer()
    /// Name of each node that has one.
    var identifiers: [Int32: String]
    /// Expression of each live node: its name, or its text to be written inside its only user.
    var expressions: [VerilogModule.Expression?]
    /// Leaves and prefix operators of the expression, which bounds what is written in one place.
    var sizes: [Int32]
    var uses: [Int32]
    /// Nodes whose users need a name: what is sliced, indexed, or written twice.
    var needsName: [Bool]
    /// Nodes that a statement uses as they are, so whose text stands alone however long it is.
    var isRoot: [Bool]
    /// Slices of each unnamed node, to see which of its bits nobody uses.
    var slices: [Int32: [Range<Int32>]] = [:]
    var memoryNames: [String] = []
    /// Variables of the loops that clear the memories.
    var memoryIndexNames: [String] = []
    var instanceNames: [String] = []
    var items: [VerilogModule.Item] = []
    var names: [EmittedName] = []

    static let largestInlineSize: Int32 = 6
    static let widestShiftAmount = 32

    init(_ circuit: Circuit) {
        self.circuit = circuit
        identifiers = [:]
        expressions = Array(repeating: nil, count: circuit.nodes.count)
        sizes = Array(repeating: 1, count: circuit.nodes.count)
        uses = Array(repeating: 0, count: circuit.nodes.count)
        needsName = Array(repeating: false, count: circuit.nodes.count)
        isRoot = Array(repeating: false, count: circuit.nodes.count)
    }

    /// The module and the names that its signals got.
    mutating func run() throws(EmissionError) -> (module: VerilogModule, names: [EmittedName]) {
        let plan = BlockPlan(circuit)
        countUses(plan)
        try nameDeclarations(plan)
        let ports = lowerPorts(plan)
        declare(plan)
        lowerNodes()
        lowerAssigns(plan)
        lowerInstances(plan)
        lowerBlocks(plan)
        return (VerilogModule(name: circuit.name, ports: ports, items: items), names)
    }

    // MARK: Names

    private mutating func nameDeclarations(_ plan: BlockPlan) throws(EmissionError) {
        for reserved in ["clk", "rst"] { namer.reserve(reserved) }
        for port in circuit.ports {
            guard Namer.isLegal(port.name) else {
                throw .illegalPortName(port.name, module: circuit.name, location: circuit.location)
            }
            namer.reserve(port.name)
            identifiers[port.node] = port.name
            record(port.name, port.name, port.width)
        }
        for (register, declaration) in circuit.registers.enumerated() {
            let name = plan.portOfRegister[register] ?? namer.name(declaration.name)
            identifiers[declaration.node] = name
            record(declaration.name, name, width(declaration.node))
        }
        for memory in circuit.memories {
            memoryNames.append(namer.name(memory.name))
            memoryIndexNames.append(namer.name("\(memoryNames.last ?? "")_word"))
            record(memory.name, memoryNames.last ?? "", memory.width)
        }
        for instance in circuit.instances { instanceNames.append(namer.name(instance.name)) }
        for wire in circuit.wires where identifiers[wire.node] == nil && isDeclared(wire, plan) {
            identifiers[wire.node] = namer.name(wire.name)
            record(wire.name, identifiers[wire.node] ?? "", width(wire.node))
        }
        for (index, node) in circuit.nodes.enumerated() where node.operation == .instanceOutput {
            let wanted = circuit.names[Int32(index)] ?? "output"
            // Linters know by the word that nobody reads it, and that this is meant.
            let name = namer.name(uses[index] > 0 ? wanted : wanted + "_unused")
            identifiers[Int32(index)] = name
            record(wanted, name, Int(node.width))
        }
    }

    /// Whether a wire is declared in the text; an instance's input with one plain driver stands in its connection.
    func isDeclared(_ wire: Wire, _ plan: BlockPlan) -> Bool {
        if case .instanceInput = wire.purpose, plan.plainDriver[wire.node] != nil { return uses[Int(wire.node)] > 0 }
        return true
    }

    mutating func record(_ signal: String, _ name: String, _ width: Int) {
        names.append(EmittedName(module: circuit.name, signal: signal, verilog: name, width: width))
    }

    func width(_ node: Int32) -> Int { Int(circuit.nodes[Int(node)].width) }

    // MARK: Ports and declarations

    private func lowerPorts(_ plan: BlockPlan) -> [VerilogModule.Port] {
        var ports: [VerilogModule.Port] = []
        if circuit.isClocked { ports.append(.init(direction: .input, isVariable: false, width: 1, name: "clk")) }
        if circuit.usesReset { ports.append(.init(direction: .input, isVariable: false, width: 1, name: "rst")) }
        for port in circuit.ports {
            let isVariable = !port.isInput && plan.isVariable(port.node)
            ports.append(
                .init(
                    direction: port.isInput ? .input : .output, isVariable: isVariable, width: port.width,
                    name: port.name))
        }
        return ports
    }

    private mutating func declare(_ plan: BlockPlan) {
        for (index, register) in circuit.registers.enumerated() where plan.portOfRegister[index] == nil {
            items.append(.variable(name: identifiers[register.node] ?? "", width: width(register.node)))
        }
        for (index, memory) in circuit.memories.enumerated() {
            items.append(.memory(name: memoryNames[index], width: memory.width, depth: memory.depth))
        }
        for wire in circuit.wires {
            if case .output = wire.purpose { continue }
            guard isDeclared(wire, plan), let name = identifiers[wire.node] else { continue }
            if plan.isVariable(wire.node) {
                items.append(.variable(name: name, width: width(wire.node)))
            } else {
                items.append(.wire(name: name, width: width(wire.node), value: nil))
            }
        }
        for (index, node) in circuit.nodes.enumerated() where node.operation == .instanceOutput {
            items.append(.wire(name: identifiers[Int32(index)] ?? "", width: Int(node.width), value: nil))
        }
        if !items.isEmpty { items.append(.blank) }
    }
}

/// What a signal of the description is called in the Verilog.
public struct EmittedName: Sendable, Equatable {
    public let module: String
    public let signal: String
    public let verilog: String
    public let width: Int
}
