import BitVectors

extension DesignBuilder {
    /// Replaces what always has the same value by the constant, and operations that a constant decides by an operand.
    func foldConstants() {
        for circuit in circuits where circuit.blackBox == nil {
            var folding = ConstantFolding(circuit)
            folding.run()
        }
    }
}

/// Folds the constants of one circuit: the values of all signals stay what they were, in every cycle.
///
/// One pass over the nodes in their order, so linear. A signal that has a name keeps it, as a named constant or as an
/// alias. A wire that is plainly driven by a constant counts as one where that decides something.
struct ConstantFolding {
    let circuit: Circuit
    var nodes: [Node]
    /// Index in the circuit's constants of the value that a wire always has.
    private var constantOfWire: [Int32: Int32] = [:]
    /// The node that users of a node take in its stead.
    private var standIns: [Int32]

    /// What a node turns out to be.
    enum Result {
        case constant(BitVector)
        case same(Int32)
        case node(Node)
    }

    init(_ circuit: Circuit) {
        self.circuit = circuit
        nodes = circuit.nodes
        standIns = nodes.indices.map(Int32.init)
    }

    mutating func run() {
        findConstantWires()
        // The nodes are changed in their place: a copy of a million of them is memory to be had anew.
        circuit.nodes = []
        for index in nodes.indices { fold(index) }
        circuit.nodes = nodes
        circuit.statements = folded(circuit.statements)
        for index in circuit.checks.indices {
            circuit.checks[index].condition = standIn(circuit.checks[index].condition)
        }
    }

    /// The value that a node always has; nil when that is not known.
    func value(_ node: Int32) -> BitVector? {
        let own = nodes[Int(node)]
        switch own.operation {
        case .constant: return circuit.constants[Int(own.a)]
        case .wire: return constantOfWire[node].map { circuit.constants[Int($0)] }
        default: return nil
        }
    }

    func standIn(_ node: Int32) -> Int32 { standIns[Int(node)] }

    private mutating func findConstantWires() {
        var drivers: [Int32: Int32?] = [:]
        func add(_ block: [Statement], isPlain: Bool) {
            for statement in block {
                switch statement {
                case .assign(let target, let value, _):
                    drivers[target] = .some(drivers[target] == nil && isPlain ? value : nil)
                case .assignSlice(let target, _, _, _):
                    drivers[target] = .some(nil)
                case .write:
                    break
                case .when(let index):
                    for arm in circuit.whenChains[index].arms { add(arm.body, isPlain: false) }
                case .choose(let index):
                    for arm in circuit.switches[index].arms { add(arm.body, isPlain: false) }
                    add(circuit.switches[index].otherwise ?? [], isPlain: false)
                }
            }
        }
        add(circuit.statements, isPlain: true)
        for wire in circuit.wires {
            guard case .some(.some(let driver)) = drivers[wire.node] else { continue }
            if nodes[Int(driver)].operation == .constant { constantOfWire[wire.node] = nodes[Int(driver)].a }
        }
    }

    private mutating func fold(_ index: Int) {
        let old = nodes[index]
        if old.operation.isSource { return }
        let node = withStandIns(old)
        nodes[index] = node
        guard var result = constant(node) ?? simplified(node) else { return }
        if case .same(let other) = result, let value = value(other) { result = .constant(value) }
        switch result {
        case .constant(let value):
            nodes[index] = Node(
                .constant, width: value.width, a: Int32(circuit.constants.count), stamp: old.stamp)
            circuit.constants.append(value)
        case .same(let other):
            if isNamed(Int32(index)) {
                nodes[index] = Node(.slice, width: Int(old.width), a: other, b: 0, stamp: old.stamp)
            } else {
                standIns[index] = other
            }
        case .node(let other):
            nodes[index] = other
            nodes[index].stamp = old.stamp
        }
    }

    private func isNamed(_ node: Int32) -> Bool { circuit.names[node] != nil || circuit.enumerationOfNode[node] != nil }

    /// The node with its operands replaced. The operands of a list are its own, so they are replaced in their place.
    private func withStandIns(_ node: Node) -> Node {
        func operand(_ id: Int32) -> Int32 { standIns[Int(id)] }
        let width = Int(node.width)
        switch node.operation {
        case .input, .constant, .wire, .register, .instanceOutput, .clock, .reset:
            return node
        case .concatenate, .select:
            for place in Int(node.a)..<Int(node.a + node.b) {
                circuit.operandPool[place] = operand(circuit.operandPool[place])
            }
            let c = node.operation == .select ? operand(node.c) : node.c
            return Node(node.operation, width: width, a: node.a, b: node.b, c: c, stamp: node.stamp)
        case .memoryRead:
            return Node(.memoryRead, width: width, a: node.a, b: operand(node.b), c: node.c, stamp: node.stamp)
        case .slice:
            return Node(.slice, width: width, a: operand(node.a), b: node.b, stamp: node.stamp)
        case .mux:
            return Node(
                .mux, width: width, a: operand(node.a), b: operand(node.b), c: operand(node.c), stamp: node.stamp)
        default:
            let b = node.b >= 0 ? operand(node.b) : node.b
            return Node(node.operation, width: width, a: operand(node.a), b: b, stamp: node.stamp)
        }
    }

    private func constant(_ node: Node) -> Result? {
        var operands: [BitVector] = []
        var isConstant = true
        circuit.forEachOperand(of: node) { operand in
            guard isConstant, let value = value(operand) else {
                isConstant = false
                return
            }
            operands.append(value)
        }
        return isConstant ? node.value(of: operands).map { .constant($0) } : nil
    }
}

extension Node {
    fileprivate init(_ operation: Operation, width: Int, a: Int32, b: Int32 = -1, c: Int32 = -1, stamp: Int32) {
        self.init(operation, width: width, a: a, b: b, c: c)
        self.stamp = stamp
    }
}
