import BitVectors

/// The module whose `build` runs, for findings about what belongs to no signal, and so to no circuit: an empty list.
///
/// Local to the task, so that elaborations in parallel never meet. Everything else knows its circuit.
struct Description: @unchecked Sendable {
    @TaskLocal static var current: Description?

    /// Used by the task that describes it alone.
    private let circuit: Circuit

    init(of circuit: Circuit) { self.circuit = circuit }

    /// Stands for the result of a call with an empty list. The finding has the place of the statement that uses it.
    ///
    /// Outside of any description there is nothing that the finding could be about, and the program ends.
    static func flawed(_ message: String) -> Bits {
        guard let circuit = current?.circuit else { fatalError("\(message); and outside the description of a module") }
        let node = circuit.append(.zeros(1))
        circuit.report(node: node, message)
        return Bits(circuit, node, 1)
    }
}
