/// An elaborated description: one circuit a definition, each after those that it instances.
public struct Design {
    /// Definitions in order of dependency; the last one is the top.
    public let circuits: [Circuit]
    /// Findings that did not stop the elaboration.
    public let warnings: [Diagnostic]
    /// Nodes of all definitions, as many as the description made.
    public let nodeCount: Int
    /// The top definition.
    public var top: Circuit { circuits[circuits.count - 1] }

    /// The definition of an instance of one of the circuits.
    public func definition(of instance: InstanceDeclaration, in circuit: Circuit) -> Circuit {
        circuit.definitions[instance.definition]
    }
}

/// Builds a module and everything below it, and runs the checks.
///
/// - Parameter losingPower: adds inputs `power_off` and `power_off_noise` of 64 bits to every module with state: while the
///   first is one, registers and volatile memories take bits of the other at each edge, nonvolatile ones keep what they hold.
/// - Throws: `ElaborationError` with every finding of every definition.
public func elaborate(
    _ module: some Module, losingPower: Bool = false, _ file: StaticString = #fileID, _ line: UInt = #line
) throws(ElaborationError) -> Design {
    let builder = DesignBuilder(losesPower: losingPower)
    _ = builder.definition(of: module, SourceLocation(file, line))
    let nodeCount = builder.circuits.reduce(0) { $0 + $1.nodes.count }
    for phase in Phase.all {
        phase.run(builder)
        let findings = builder.circuits.flatMap(\.diagnostics)
        // Later phases rely on what the earlier ones have found to hold.
        if phase.stopsOnErrors, findings.contains(where: { $0.severity == .error }) {
            throw ElaborationError(diagnostics: findings.inOrderOfPlace)
        }
    }
    return Design(
        circuits: builder.circuits, warnings: builder.circuits.flatMap(\.diagnostics).inOrderOfPlace,
        nodeCount: nodeCount)
}

/// The definitions made so far; equal modules share one.
final class DesignBuilder {
    var circuits: [Circuit] = []
    /// What the loop check found out for the checks after it, by circuit.
    var graphs: [ObjectIdentifier: DependencyGraph] = [:]
    var summaries: [ObjectIdentifier: PortSummary] = [:]
    private var definitions: [AnyHashable: Circuit] = [:]
    /// Definitions whose body is being described.
    private var open: [AnyHashable: Circuit] = [:]
    /// The one whose body is being described now.
    private var current: Circuit?
    /// Whether the modules get ports that take their power away.
    private let losesPower: Bool

    init(losesPower: Bool = false) { self.losesPower = losesPower }

    func definition(of module: some Module, _ location: SourceLocation) -> Circuit {
        let key = AnyHashable(module)
        if let known = definitions[key] { return known }
        if let unfinished = open[key] {
            unfinished.report(at: location, "module '\(unfinished.name)' is an instance of itself")
            return unfinished
        }
        let circuit = Circuit(name: module.moduleName, location: location)
        open[key] = circuit
        let outer = current
        outer?.isBeingDescribed = false
        current = circuit
        defer {
            open[key] = nil
            circuit.isBeingDescribed = false
            outer?.isBeingDescribed = true
            current = outer
        }
        let builder = Builder(
            circuit: circuit, design: self, ports: module.ports(), clocking: module.clocking)
        Description.$current.withValue(Description(of: circuit)) {
            module.describe(builder)
            if losesPower && circuit.blackBox == nil { circuit.losePower(in: builder.domain) }
        }
        definitions[key] = circuit
        circuits.append(circuit)
        return circuit
    }
}
