import BitVectors
import HDL

/// Turns one circuit into a Verilog module: decides what gets a name, what is written inside its user, and which
/// block assigns what. One pass over the nodes in their order, without recursion over the graph.
struct Lowering {
    let circuit: Circuit
    /// The circuit's nodes and the user's names: copies, since each access to a class's property is checked.
    let nodes: [Node]
    let givenNames: GivenNames
    let design: Design
    let options: EmissionOptions
    let plan: BlockPlan
    let popcountsReadByBlocks: PopcountsReadByBlocks
    var namer: Namer
    var texts: NodeTexts
    var usage: Usage
    var memoryNames: [String] = []
    var instanceNames: [String] = []
    var parameters = EnumParameters()
    var writer: ModuleWriter
    var names: [EmittedName] = []
    var checks: [EmittedCheck] = []
    /// Bits of wires made here that nothing reads.
    var unusedHelpers: [VerilogModule.Expression] = []
    /// Wires and outputs that are nothing but an instance's output: the instance drives them itself.
    var drivenByInstance: Set<Int32> = []
    /// Clock and reset ports that the text outside the formal part mentions.
    var mentionedPorts: Set<String> = []

    static let largestInlineSize: Int32 = 6
    static let widestShiftAmount = 32

    init(_ circuit: Circuit, of design: Design, _ options: EmissionOptions) {
        self.circuit = circuit
        nodes = circuit.nodes
        givenNames = GivenNames(circuit.names, count: circuit.nodes.count)
        texts = NodeTexts(count: circuit.nodes.count)
        self.design = design
        self.options = options
        plan = BlockPlan(circuit)
        popcountsReadByBlocks = PopcountsReadByBlocks(circuit, plan)
        namer = Namer(
            givenNames: Array(circuit.names.values) + circuit.memories.map(\.name) + circuit.instances.map(\.name)
                + circuit.ports.map(\.name))
        usage = Usage(circuit, plan)
        writer = ModuleWriter(circuit.name, [], hasComments: false, wires: 0)
    }

    /// The user's names: a bit a node first, since most nodes have none.
    struct GivenNames {
        private let isNamed: [Bool]
        private let names: [Int32: String]

        init(_ names: [Int32: String], count: Int) {
            var isNamed = Array(repeating: false, count: count)
            for node in names.keys { isNamed[Int(node)] = true }
            self.isNamed = isNamed
            self.names = names
        }

        subscript(node: Int32) -> String? { isNamed[Int(node)] ? names[node] : nil }
    }

    /// The module's text, the names that its signals got, and its checks.
    mutating func run() throws(EmissionError) -> (text: Printer, names: [EmittedName], checks: [EmittedCheck]) {
        try nameDeclarations()
        writer = ModuleWriter(
            circuit.name, lowerPorts(), hasComments: options.sourceComments,
            wires: nodes.indices.count { usage.count(Int32($0)) > 0 })
        declare(.main)
        declare(.formal)
        lowerPowerUp(.main)
        lowerPowerUp(.formal)
        lowerNodes()
        lowerAssigns()
        lowerInstances()
        lowerBlocks()
        lowerChecks()
        lowerUnusedBits()
        let text = writer.finish(parameters: parameters.used)
        return (text, names, checks)
    }

    func width(_ node: Int32) -> Int { Int(nodes[Int(node)].width) }

    func section(_ node: Int32) -> Liveness.Section { plan.liveness.section(of: node) }

    mutating func add(_ item: VerilogModule.Item, to section: Liveness.Section) {
        switch section {
        case .main: writer.main.add(item)
        case .formal: writer.formal.add(item)
        case .dead: break
        }
    }

    /// An empty line, unless there is one already or nothing to part.
    mutating func addBlank(to section: Liveness.Section) {
        switch section {
        case .main: writer.main.addBlank()
        case .formal: writer.formal.addBlank()
        case .dead: break
        }
    }

    // MARK: Names

    private mutating func nameDeclarations() throws(EmissionError) {
        for reserved in ["clk", "rst"] { namer.reserve(reserved) }
        for domain in circuit.domains {
            if case .signals = domain.source { continue }
            guard Namer.isLegal(domain.clockName) else {
                throw .illegalPortName(domain.clockName, module: circuit.name, location: circuit.location)
            }
            for (node, name) in [(domain.clockNode, domain.clockName), (domain.resetNode, domain.resetName)] {
                namer.reserve(name)
                texts.setName(name, of: node)
            }
        }
        for port in circuit.ports {
            guard Namer.isLegal(port.name) else {
                throw .illegalPortName(port.name, module: circuit.name, location: circuit.location)
            }
            namer.reserve(port.name)
            texts.setName(port.name, of: port.node)
            record(port.name, port.name, port.node)
        }
        nameState()
        for domain in circuit.domains {
            guard case .signals = domain.source else { continue }
            for (node, name) in [(domain.clockNode, domain.clockName), (domain.resetNode, domain.resetName)] {
                if section(node) != .dead { texts.setName(namer.name(name), of: node) }
            }
        }
        for instance in circuit.instances { instanceNames.append(namer.name(instance.name)) }
        for wire in circuit.wires where !texts.hasName(wire.node) && isDeclared(wire) {
            texts.setName(namer.name(wire.name), of: wire.node)
            record(wire.name, texts.name(of: wire.node) ?? "", wire.node)
        }
        mergeInstanceOutputs()
        for instance in circuit.instances {
            for port in instance.ports where !port.isInput {
                let name = texts.name(of: port.node) ?? namer.name(givenNames[port.node] ?? "output")
                texts.setName(name, of: port.node)
                record(givenNames[port.node] ?? name, name, port.node)
            }
        }
    }

    /// An instance's output whose only user is a plain wire or output of this module is that wire.
    private mutating func mergeInstanceOutputs() {
        for wire in circuit.wires where plan.isAssigned(wire.node) && section(wire.node) == .main {
            guard let value = plan.plainDriver[wire.node], let name = texts.name(of: wire.node),
                nodes[Int(value)].operation == .instanceOutput, usage.count(value) == 1
            else { continue }
            texts.setName(name, of: value)
            drivenByInstance.insert(wire.node)
            drivenByInstance.insert(value)
        }
    }

    private mutating func nameState() {
        for (register, declaration) in circuit.registers.enumerated() where section(declaration.node) != .dead {
            let name = plan.portOfRegister[register] ?? namer.name(declaration.name)
            texts.setName(name, of: declaration.node)
            record(declaration.name, name, declaration.node)
        }
        for (index, memory) in circuit.memories.enumerated() {
            guard plan.liveness.section(ofMemory: index) != .dead else {
                memoryNames.append("")
                continue
            }
            memoryNames.append(namer.name(memory.name))
            names.append(
                EmittedName(
                    module: circuit.name, signal: memory.name, verilog: memoryNames[index], width: memory.width,
                    enumeration: nil))
        }
    }

    /// Whether a wire is declared in the text; an instance's input with one plain driver stands in its connection.
    func isDeclared(_ wire: Wire) -> Bool {
        if case .instanceInput = wire.purpose, plan.isPlain(wire.node) { return usage.count(wire.node) > 0 }
        return section(wire.node) != .dead
    }

    mutating func record(_ signal: String, _ name: String, _ node: Int32) {
        let enumeration = circuit.enumerationOfNode[node].map { circuit.enumerations[$0] }
        names.append(
            EmittedName(
                module: circuit.name, signal: signal, verilog: name, width: width(node), enumeration: enumeration))
    }

    // MARK: Ports and declarations

    private func lowerPorts() -> [VerilogModule.Port] {
        var ports: [VerilogModule.Port] = []
        for domain in circuit.domains {
            if case .signals = domain.source { continue }
            if domain.isClockUsed {
                ports.append(.init(direction: .input, isVariable: false, width: 1, name: domain.clockName))
            }
            if domain.isResetUsed {
                ports.append(.init(direction: .input, isVariable: false, width: 1, name: domain.resetName))
            }
        }
        for port in circuit.ports {
            let isVariable = !port.isInput && plan.isVariable(port.node)
            ports.append(
                .init(
                    direction: port.isInput ? .input : .output, isVariable: isVariable, width: port.width,
                    name: port.name))
        }
        return ports
    }

    private mutating func declare(_ wanted: Liveness.Section) {
        for (index, register) in circuit.registers.enumerated()
        where plan.portOfRegister[index] == nil && section(register.node) == wanted {
            let name = texts.name(of: register.node) ?? ""
            add(.variable(name: name, width: width(register.node), register.location), to: wanted)
        }
        for (index, memory) in circuit.memories.enumerated()
        where plan.liveness.section(ofMemory: index) == wanted {
            let name = memoryNames[index]
            add(.memory(name: name, width: memory.width, depth: memory.depth, memory.location), to: wanted)
        }
        for wire in circuit.wires where section(wire.node) == wanted {
            if case .output = wire.purpose { continue }
            guard isDeclared(wire), let name = texts.name(of: wire.node) else { continue }
            if plan.isVariable(wire.node) {
                add(.variable(name: name, width: width(wire.node), wire.location), to: wanted)
            } else {
                add(.wire(name: name, width: width(wire.node), value: nil, wire.location), to: wanted)
            }
        }
        for domain in circuit.domains {
            guard case .signals = domain.source else { continue }
            for node in [domain.clockNode, domain.resetNode] where section(node) == wanted {
                add(.wire(name: texts.name(of: node) ?? "", width: 1, value: nil, domain.location), to: wanted)
            }
        }
        guard wanted == .main else { return }
        for instance in circuit.instances {
            for port in instance.ports where !port.isInput && !drivenByInstance.contains(port.node) {
                let name = texts.name(of: port.node) ?? ""
                add(.wire(name: name, width: port.width, value: nil, instance.location), to: .main)
            }
        }
    }
}
