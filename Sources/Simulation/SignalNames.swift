public import HDL

/// A signal of a simulator, found once.
public struct SignalHandle: Sendable {
    /// Hierarchical name.
    public let name: String
    /// Number of bits.
    public let width: Int
    /// The names of its values, if it is an enum.
    public let enumeration: Enumeration?
    /// Whether it may be set.
    public let isInput: Bool
    let place: UInt32
}

/// The signals of a design by their hierarchical names.
struct SignalNames {
    private var signals: [String: SignalHandle] = [:]
    private var inputs: [String: SignalHandle] = [:]
    private var memories: [String: FlatMemory] = [:]
    /// Names in the order of the hierarchy and the description, for waves.
    private(set) var ordered: [SignalHandle] = []

    init(_ compiler: Compiler) {
        for (domain, flat) in zip(compiler.design.top.domains, compiler.scopes[0].domains) where flat >= 0 {
            let clock = compiler.domains[flat]
            guard !clock.isDerived else { continue }
            if domain.isClockUsed { add(domain.clockName, 1, clock.clock, isInput: false, nil) }
            if let reset = clock.reset, domain.clocking.reset != .none {
                let handle = SignalHandle(
                    name: domain.resetName, width: 1, enumeration: nil, isInput: true, place: reset)
                inputs[domain.resetName] = handle
                if domain.isResetUsed {
                    add(domain.resetName, 1, reset, isInput: true, nil)
                } else {
                    signals[domain.resetName] = handle
                }
            }
        }
        for input in compiler.inputs {
            inputs[input.name] = SignalHandle(
                name: input.name, width: input.width,
                enumeration: SignalNames.enumeration(compiler.design.top, named: input.name), isInput: true,
                place: input.place)
        }
        for (index, scope) in compiler.scopes.enumerated() {
            let circuit = scope.circuit
            let clocks = Set(circuit.domains.flatMap { [$0.clockNode, $0.resetNode] })
            for (node, name) in circuit.names.sorted(by: { $0.key < $1.key }) where !clocks.contains(node) {
                let isInput = index == 0 && circuit.nodes[Int(node)].operation == .input
                add(
                    scope.name(name), Int(circuit.nodes[Int(node)].width),
                    compiler.sourceOfCopies[Int(scope.places[Int(node)])], isInput: isInput,
                    circuit.enumerationOfNode[node].map { circuit.enumerations[$0] })
            }
        }
        for memory in compiler.memories { memories[memory.name] = memory }
    }

    private static func enumeration(_ circuit: Circuit, named name: String) -> Enumeration? {
        guard let port = circuit.ports.first(where: { $0.name == name }) else { return nil }
        return circuit.enumerationOfNode[port.node].map { circuit.enumerations[$0] }
    }

    /// Signals of one name in a module are numbered, as in the Verilog.
    private mutating func add(
        _ name: String, _ width: Int, _ place: UInt32, isInput: Bool, _ enumeration: Enumeration?
    ) {
        var unique = name
        var number = 1
        while signals[unique] != nil {
            unique = "\(name)_\(number)"
            number += 1
        }
        let handle = SignalHandle(
            name: unique, width: width, enumeration: enumeration, isInput: isInput, place: place)
        signals[unique] = handle
        ordered.append(handle)
    }

    func signal(_ name: String) throws(SimulationError) -> SignalHandle {
        if let signal = signals[name] { return signal }
        throw .unknownSignal(name, nearest: nearest(to: name, among: signals.keys))
    }

    func input(_ name: String) throws(SimulationError) -> SignalHandle {
        if let input = inputs[name] { return input }
        throw .unknownInput(name, nearest: nearest(to: name, among: inputs.keys))
    }

    func memory(_ name: String) throws(SimulationError) -> FlatMemory {
        if let memory = memories[name] { return memory }
        throw .unknownMemory(name, nearest: nearest(to: name, among: memories.keys))
    }
}
