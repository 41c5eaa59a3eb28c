/// A path through a circuit as a user reads it: from one named signal to the next, each with the place where it gets
/// its value.
extension DependencyGraph {
    /// A vertex of a path, and the bit of it; nil for the whole.
    typealias Step = (vertex: Int32, bit: Int?)

    /// Notes `'x' depends on 'y'` for every two named signals that follow each other on a path; operators between them
    /// are left out.
    func notes(along path: [Step]) -> [Diagnostic.Note] {
        var notes: [Diagnostic.Note] = []
        var from: (step: Step, location: SourceLocation)?
        var isCondition = false
        for (index, step) in path.enumerated() {
            if arm(step.vertex) != nil { isCondition = true }
            guard let name = label(of: step) else { continue }
            if let (user, location) = from, let userName = label(of: user) {
                var text = "\(userName) depends on \(name)"
                if let instance = instance(of: user.vertex) { text += " through instance '\(instance)'" }
                if isCondition { text += ", a condition" }
                notes.append(Diagnostic.Note(at: location, text))
            }
            let next = index + 1 < path.count ? path[index + 1].vertex : nil
            from = (step, place(of: step.vertex, dependingOn: next))
            isCondition = false
        }
        return notes
    }

    /// How a note calls a signal, `'sum'` or `'sum[3]'`; nil for what has no name.
    func label(of step: Step) -> String? {
        guard Int(step.vertex) < circuit.nodes.count, let name = circuit.names[step.vertex] else { return nil }
        if let bit = step.bit, circuit.nodes[Int(step.vertex)].width > 1 { return "'\(name)[\(bit)]'" }
        return "'\(name)'"
    }

    /// Where a signal gets the value that makes it depend on another one.
    func place(of vertex: Int32, dependingOn next: Int32?) -> SourceLocation {
        let users = drivers.drivers(of: vertex)
        if let next {
            let index = arm(next)
            let driver = users.first { $0.value == next || (index != nil && Int($0.arm) == index) }
            if let driver { return driver.location }
        }
        return users.last?.location ?? circuit.location(of: vertex)
    }

    private func instance(of vertex: Int32) -> String? {
        let node = circuit.nodes[Int(vertex)]
        return node.operation == .instanceOutput ? circuit.instances[Int(node.a)].name : nil
    }
}
