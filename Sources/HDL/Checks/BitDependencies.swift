/// What single bits of a circuit depend on within the cycle, looked up where the words alone do not tell.
///
/// Bit -1 of a node stands for what all its bits depend on, so that the number of edges stays linear in the width:
/// the amount of a shift, or every operand of an operation whose bits all depend on everything. A sum's bit depends
/// on the operands' bits of its place and on the sum's bit below.
final class BitDependencies {
    /// A bit of a vertex of a dependency graph. Arms have bit 0 alone.
    struct Bit: Hashable {
        let vertex: Int32
        let index: Int32
    }

    private let graphs: [ObjectIdentifier: DependencyGraph]
    /// Input bits behind output bits of definitions, found once: by definition, port and bit.
    private var cones: [Cone: [Bit]] = [:]
    private struct Cone: Hashable {
        let definition: ObjectIdentifier
        let port: Int32
        let bit: Int32
    }

    /// A node that some bits of a wire or of a concatenation take, from their bit `low` on.
    private struct Part {
        let node: Int32
        let low: Int32
        let arm: Int32
    }
    private struct Word: Hashable {
        let circuit: ObjectIdentifier
        let node: Int32
    }
    private var partsOfWord: [Word: [[Part]]] = [:]

    init(graphs: [ObjectIdentifier: DependencyGraph]) { self.graphs = graphs }

    /// Adds what a bit depends on to a list.
    func append(behind bit: Bit, in graph: DependencyGraph, to list: inout [Bit]) {
        let circuit = graph.circuit
        let index = bit.index
        func width(_ node: Int32) -> Int32 { circuit.nodes[Int(node)].width }
        func add(_ node: Int32, _ index: Int32) { list.append(Bit(vertex: node, index: index)) }
        func addAll(_ node: Int32) { for one in 0..<width(node) { add(node, one) } }
        if let arm = graph.arm(bit.vertex) {
            addAll(graph.drivers.arms[arm].signal)
            let outer = graph.drivers.arms[arm].outer
            if outer >= 0 { add(Int32(circuit.nodes.count) + outer, 0) }
            return
        }
        let node = circuit.nodes[Int(bit.vertex)]
        func addWhole() { add(bit.vertex, -1) }
        func addPrevious() { if index > 0 { add(bit.vertex, index - 1) } }
        switch node.operation {
        case .input, .constant, .register:
            break
        case .wire:
            for part in parts(at: bit, in: graph) {
                add(part.node, index - part.low)
                if part.arm >= 0 { add(Int32(circuit.nodes.count) + part.arm, 0) }
            }
        case .instanceOutput:
            let instance = circuit.instances[Int(node.a)]
            for input in inputs(of: circuit.definitions[instance.definition], port: node.b, bit: index) {
                add(instance.ports[Int(input.vertex)].node, input.index)
            }
        case .clock, .reset:
            graph.dependencies(of: bit.vertex).forEach { add($0, 0) }
        case .not:
            add(node.a, index)
        case .and, .or, .xor:
            add(node.a, index)
            add(node.b, index)
        case .add, .subtract, .multiply:
            add(node.a, index)
            add(node.b, index)
            addPrevious()
        case .isolateLowestSet:
            add(node.a, index)
            addPrevious()
        case .shiftLeft where index >= 0:
            add(node.a, index)
            addPrevious()
            addWhole()
        case .shiftRight where index >= 0, .shiftRightSigned where index >= 0:
            add(node.a, index)
            if index + 1 < node.width { add(bit.vertex, index + 1) }
            addWhole()
        case .shiftLeft, .shiftRight, .shiftRightSigned:
            addAll(node.b)
        case .mux:
            add(node.a, 0)
            add(node.b, index)
            add(node.c, index)
        case .slice:
            add(node.a, index + node.b)
        case .concatenate:
            parts(at: bit, in: graph).forEach { add($0.node, index - $0.low) }
        case .select where index >= 0:
            circuit.operands(of: node).forEach { add($0, index) }
            addWhole()
        case .select:
            addAll(node.c)
        case .memoryRead, .reduceAnd, .reduceOr, .reduceXor, .popcount, .oneHotToBinary, .divide, .modulo,
            .divideSigned, .moduloSigned, .equal, .notEqual, .less, .lessOrEqual, .lessSigned, .lessOrEqualSigned,
            .dynamicBit:
            if index >= 0 {
                addWhole()
            } else {
                circuit.forEachOperand(of: node, addAll)
            }
        }
    }

    /// What a bit of a wire or of a concatenation takes, found once for all bits of the word.
    private func parts(at bit: Bit, in graph: DependencyGraph) -> [Part] {
        let key = Word(circuit: ObjectIdentifier(graph.circuit), node: bit.vertex)
        if partsOfWord[key] == nil { partsOfWord[key] = makeParts(of: bit.vertex, in: graph) }
        return bit.index >= 0 ? partsOfWord[key]?[Int(bit.index)] ?? [] : []
    }

    private func makeParts(of vertex: Int32, in graph: DependencyGraph) -> [[Part]] {
        let circuit = graph.circuit
        let node = circuit.nodes[Int(vertex)]
        var parts = [[Part]](repeating: [], count: Int(node.width))
        func add(_ part: Part) {
            let count = circuit.nodes[Int(part.node)].width
            for index in part.low..<part.low + count { parts[Int(index)].append(part) }
        }
        if node.operation == .wire {
            for driver in graph.drivers.drivers(of: vertex) {
                add(Part(node: driver.value, low: driver.low, arm: driver.arm))
            }
        } else {
            var low: Int32 = 0
            for operand in circuit.operands(of: node).reversed() {
                add(Part(node: operand, low: low, arm: -1))
                low += circuit.nodes[Int(operand)].width
            }
        }
        return parts
    }

    /// The input bits that an output bit of a definition depends on: port positions as vertices.
    private func inputs(of definition: Circuit, port: Int32, bit: Int32) -> [Bit] {
        if let box = definition.blackBox {
            let inputs = definition.ports.indices.filter { box.isCombinational && definition.ports[$0].isInput }
            return inputs.flatMap { position in
                (0..<definition.ports[position].width).map { Bit(vertex: Int32(position), index: Int32($0)) }
            }
        }
        let key = Cone(definition: ObjectIdentifier(definition), port: port, bit: bit)
        if let known = cones[key] { return known }
        guard let graph = graphs[key.definition] else { return [] }
        var found: [Bit] = []
        var seen: Set<Bit> = []
        var open = [Bit(vertex: definition.ports[Int(port)].node, index: bit)]
        var behind: [Bit] = []
        while let next = open.popLast() {
            if !seen.insert(next).inserted { continue }
            if next.vertex < definition.nodes.count, definition.nodes[Int(next.vertex)].operation == .input {
                found.append(Bit(vertex: definition.nodes[Int(next.vertex)].a, index: next.index))
                continue
            }
            behind.removeAll(keepingCapacity: true)
            append(behind: next, in: graph, to: &behind)
            open += behind
        }
        cones[key] = found
        return found
    }
}
