/// An elaborated description: one circuit a definition, each after those that it instances.
public struct Design {
    /// Definitions in order of dependency; the last one is the top.
    public let circuits: [Circuit]
    /// The top definition.
    public var top: Circuit { circuits[circuits.count - 1] }
    /// Nodes of all definitions.
    public var nodeCount: Int { circuits.reduce(0) { $0 + $1.nodes.count } }
}

/// Builds a module and everything below it, and runs the checks.
/// - Throws: `ElaborationError` with every finding of every definition.
public func elaborate(
    _ module: some Module, _ file: StaticString = #fileID, _ line: UInt = #line
) throws(ElaborationError) -> Design {
    let builder = DesignBuilder()
    _ = builder.definition(of: module, SourceLocation(file, line))
    for phase in Phase.all { builder.circuits.forEach(phase.run) }
    let findings = builder.circuits.flatMap(\.diagnostics)
    guard findings.isEmpty else { throw ElaborationError(diagnostics: findings.inOrderOfPlace) }
    return Design(circuits: builder.circuits)
}

/// The definitions made so far; equal modules share one.
final class DesignBuilder {
    private(set) var circuits: [Circuit] = []
    private var definitions: [AnyHashable: Circuit] = [:]
    private var owners: [String: AnyHashable] = [:]
    /// Definitions whose body is being described.
    private var open: [AnyHashable: Circuit] = [:]

    func definition(of module: some Module, _ location: SourceLocation) -> Circuit {
        let key = AnyHashable(module)
        if let known = definitions[key] { return known }
        if let unfinished = open[key] {
            unfinished.report(at: location, "module '\(unfinished.name)' is an instance of itself")
            return unfinished
        }
        let circuit = Circuit(name: module.moduleName, location: location)
        if let owner = owners[circuit.name], owner != key {
            circuit.report(at: location, "two different modules are named '\(circuit.name)'")
        }
        owners[circuit.name] = key
        open[key] = circuit
        defer { open[key] = nil }
        module.build(Builder(circuit: circuit, design: self, ports: module.ports()))
        definitions[key] = circuit
        circuits.append(circuit)
        return circuit
    }
}
