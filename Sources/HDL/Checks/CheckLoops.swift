extension DesignBuilder {
    /// No bit depends on itself without a register between.
    ///
    /// Words are looked at first, in time linear in the design; only what lies on a cycle of words is looked at bit by
    /// bit. A cycle of bits is an error, one of words alone a warning, since simulators settle it by repetition.
    func checkLoops() {
        var summaries: [ObjectIdentifier: PortSummary] = [:]
        for circuit in circuits {
            let graph = DependencyGraph(circuit, summaries: summaries)
            graphs[ObjectIdentifier(circuit)] = graph
            if let box = circuit.blackBox {
                summaries[ObjectIdentifier(circuit)] = PortSummary(
                    blackBox: circuit, isCombinational: box.isCombinational)
            } else if circuit !== circuits.last {
                summaries[ObjectIdentifier(circuit)] = PortSummary(graph)
            }
        }
        self.summaries = summaries
        let bits = BitDependencies(graphs: graphs)
        for circuit in circuits {
            guard let graph = graphs[ObjectIdentifier(circuit)] else { continue }
            for cycle in graph.components.cyclic {
                circuit.reportLoops(of: WordCycle(graph.components.order[cycle], of: graph, bits: bits), in: graph)
            }
        }
    }
}

extension Circuit {
    fileprivate func reportLoops(of cycle: WordCycle, in graph: DependencyGraph) {
        var reported: Set<[Int32]> = []
        for loop in cycle.loops() {
            // Neighbouring bits of the same words loop for the same reason.
            if !reported.insert(Set(loop.map(\.vertex)).sorted()).inserted { continue }
            let steps = loop.map { step in (vertex: step.vertex, bit: Optional(Int(step.index))) }
            guard let first = steps.first, let name = graph.label(of: first) else { continue }
            let notes = graph.notes(along: steps + [first])
            report(
                at: notes.first?.location ?? location(of: first.vertex),
                "\(name) depends on itself without a register between", notes: notes)
        }
        if reported.isEmpty, let wire = cycle.wires.first {
            report(
                .warning, at: location(of: wire),
                "\(describe(wire)) depends on itself as a word, though in no bit; simulators run it slowly, so give"
                    + " its parts signals of their own")
        }
    }
}

/// A cycle of words, looked at bit by bit.
private struct WordCycle {
    typealias Bit = BitDependencies.Bit

    /// Wires of the cycle in the order of declaration; every cycle has one.
    let wires: [Int32]
    /// Vertices with the place of their first bit, that of bit -1, among the bits of the cycle.
    private let graph: DependencyGraph
    private var bits: [Bit] = []
    private var offsets: [Int32] = []
    private var targets: [Int32] = []
    private let components: StrongComponents

    /// Edges looked at in search of a shortest cycle: for each edge of the loop, and besides.
    private static let effort = (each: 4, besides: 200_000)

    init(_ vertices: ArraySlice<Int32>, of graph: DependencyGraph, bits lookup: BitDependencies) {
        let nodes = graph.circuit.nodes
        self.graph = graph
        let members = vertices.sorted()
        wires = members.filter { $0 < nodes.count && nodes[Int($0)].operation == .wire }
        var places: [Bit: Int32] = [:]
        for vertex in members {
            // Groups of instance inputs stand for no bits: outputs are followed bit by bit instead.
            let isArm = graph.arm(vertex) != nil
            if vertex >= nodes.count, !isArm { continue }
            for index in (isArm ? 0 : -1)..<(isArm ? 1 : nodes[Int(vertex)].width) {
                let bit = Bit(vertex: vertex, index: index)
                places[bit] = Int32(bits.count)
                bits.append(bit)
            }
        }
        var behind: [Bit] = []
        for bit in bits {
            offsets.append(Int32(targets.count))
            // Only operations have a bit -1.
            if bit.index < 0, nodes[Int(bit.vertex)].operation.isSource { continue }
            behind.removeAll(keepingCapacity: true)
            lookup.append(behind: bit, in: graph, to: &behind)
            for one in behind {
                if let place = places[one] { targets.append(place) }
            }
        }
        offsets.append(Int32(targets.count))
        components = StrongComponents(offsets: offsets, targets: targets)
    }

    /// A shortest cycle of bits for each loop, from a wire on.
    func loops() -> [[Bit]] {
        components.cyclic.map { shortestCycle(in: components.order[$0]) }
            .sorted { ($0.first?.vertex ?? 0, $0.first?.index ?? 0) < ($1.first?.vertex ?? 0, $1.first?.index ?? 0) }
    }

    private func isWire(_ place: Int32) -> Bool {
        let vertex = bits[Int(place)].vertex
        return vertex < graph.circuit.nodes.count && graph.circuit.nodes[Int(vertex)].operation == .wire
    }

    /// Searches from each wire's bit; in a loop of some hundred wires or more from the first ones only, to stay linear.
    private func shortestCycle(in members: ArraySlice<Int32>) -> [Bit] {
        let edges = members.reduce(0) { $0 + Int(offsets[Int($1) + 1] - offsets[Int($1)]) }
        var left = WordCycle.effort.each * edges + WordCycle.effort.besides
        var best: [Int32] = []
        var length = Int.max
        for start in members.sorted() where isWire(start) && left > 0 {
            if let found = cycle(from: start, shorterThan: length, effort: &left) { (best, length) = found }
        }
        // The bits between that only carry on inside one word are no steps of their own.
        var steps: [Bit] = []
        for place in best where steps.last?.vertex != bits[Int(place)].vertex || isWire(place) {
            steps.append(bits[Int(place)])
        }
        return steps
    }

    /// The shortest way from a bit back to itself, and its steps from word to word; nil when there is none so short.
    private func cycle(
        from start: Int32, shorterThan limit: Int, effort: inout Int
    ) -> (bits: [Int32], length: Int)? {
        let home = components.component[Int(start)]
        var before: [Int32: Int32] = [:]
        var level = [start]
        var length = 0
        while !level.isEmpty, length < limit {
            // Bits of the next level, and those that are reached inside the same word at no cost.
            var next: [Int32] = []
            var position = 0
            while position < level.count {
                let place = level[position]
                position += 1
                for edge in offsets[Int(place)]..<offsets[Int(place) + 1] {
                    effort -= 1
                    let target = targets[Int(edge)]
                    if target == start {
                        var path = [place]
                        while let last = path.last, last != start, let previous = before[last] { path.append(previous) }
                        return (path.reversed(), length)
                    }
                    if components.component[Int(target)] != home || before[target] != nil { continue }
                    let isInside = bits[Int(target)].vertex == bits[Int(place)].vertex && !isWire(target)
                    before[target] = place
                    if isInside { level.append(target) } else { next.append(target) }
                }
            }
            level = next
            length += 1
        }
        return nil
    }
}
