import HDL

/// How many wires lie, at most, on a combinational way to each wire: two wires of one level never depend on each other.
struct WireLevels {
    private var levels: [Int32]

    /// The level of a wire; nil when it may depend on itself by way of an instance.
    func level(of wire: Int32) -> Int32? {
        let level = levels[Int(wire)]
        return level < WireLevels.tangled ? level : nil
    }

    private static let tangled = Int32.max / 2

    private enum State: UInt8 { case new, open, done }

    /// Visits what the wires depend on, without recursion. An instance's output counts as depending on all its inputs.
    init(of wires: [Int32], in circuit: Circuit, _ drivers: Drivers) {
        let nodes = circuit.nodes
        // The guards stand behind the nodes: many wires share one.
        let count = nodes.count + drivers.guards.count
        levels = Array(repeating: 0, count: count)
        var states = Array(repeating: State.new, count: count)
        var stack = wires
        var operands: [Int32] = []
        while let index = stack.last {
            let place = Int(index)
            switch states[place] {
            case .done:
                stack.removeLast()
            case .new:
                states[place] = .open
                operands.removeAll(keepingCapacity: true)
                WireLevels.collect(&operands, of: index, nodes, circuit, drivers)
                for operand in operands where states[Int(operand)] == .new { stack.append(operand) }
            case .open:
                stack.removeLast()
                operands.removeAll(keepingCapacity: true)
                WireLevels.collect(&operands, of: index, nodes, circuit, drivers)
                var level: Int32 = 0
                for operand in operands {
                    // What is still open is on the way here: a circle.
                    level = max(level, states[Int(operand)] == .done ? levels[Int(operand)] : WireLevels.tangled)
                }
                if place < nodes.count, nodes[place].operation == .wire, level < WireLevels.tangled { level += 1 }
                levels[place] = level
                states[place] = .done
            }
        }
    }

    private static func collect(
        _ operands: inout [Int32], of index: Int32, _ nodes: [Node], _ circuit: Circuit, _ drivers: Drivers
    ) {
        let count = Int32(nodes.count)
        if index >= count {
            let (conditions, parent) = drivers.guards[Int(index - count)]
            operands += conditions
            if parent >= 0 { operands.append(count + Int32(parent)) }
            return
        }
        let node = nodes[Int(index)]
        switch node.operation {
        case .wire:
            for driver in drivers.ofSignal[index] ?? [] {
                operands += driver.nodes
                if driver.guardIndex >= 0 { operands.append(count + Int32(driver.guardIndex)) }
            }
        case .instanceOutput:
            for port in circuit.instances[Int(node.a)].ports where port.isInput { operands.append(port.node) }
        case .clock, .reset:
            guard case .signals(let clock, let reset) = circuit.domains[Int(node.a)].source else { break }
            operands.append(node.operation == .clock ? clock : reset ?? clock)
        default:
            circuit.forEachOperand(of: node) { operands.append($0) }
        }
    }
}
