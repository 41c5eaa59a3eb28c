/// A hardware module: a struct of parameters that can say its ports and build its body.
///
/// Equal values are one definition in the Verilog, however often they are instanced.
public protocol Module: Hashable, Sendable {
    associatedtype Ports: SignalBundle

    /// Name of the definition in the Verilog; different parameters need different names.
    var moduleName: String { get }

    /// How the module's own clock domain works.
    var clocking: Clocking { get }

    /// The ports, given the parameters.
    func ports() -> Ports

    /// Describes the body.
    func build(_ m: Builder<Ports>)

    /// Describes the module to the elaboration: calls `build`, unless the module is a black box.
    func describe(_ m: Builder<Ports>)
}

extension Module {
    /// The type's name with every parameter's value, `popcount_256`.
    public var moduleName: String {
        let parameters = Mirror(reflecting: self).children.map { spelled($0.value) }
        return ([spelled(String(describing: Self.self).snakeCased)] + parameters).joined(separator: "_")
    }

    public var clocking: Clocking { Clocking() }

    public func describe(_ m: Builder<Ports>) { build(m) }
}

/// A value as a part of a name: -3 is `n3`, 0.5 is `0_5`, nothing is `none`; other characters become underscores.
private func spelled(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional { return mirror.children.first.map { spelled($0.value) } ?? "none" }
    let text = "\(value)".map { character -> Character in
        if character == "-" { return "n" }
        return character.isASCII && (character.isLetter || character.isNumber) ? character : "_"
    }
    return String(text)
}

/// A module that was written elsewhere: its ports, its Verilog parameters, and what simulates it.
///
/// `moduleName` is its name in Verilog, the same for all parameters. Its clocks are ordinary inputs, driven by
/// `m.domain.clock` and the like.
public protocol BlackBox: Module {
    /// Verilog parameters of the instance, in order.
    var parameters: [(name: String, value: VerilogParameter)] { get }
    /// A model for simulation: the name of its file, and the Verilog text; nil when the tools know the module.
    var simulationSource: (file: String, text: String)? { get }
    /// What its Verilog calls those ports whose names are not the properties' in snake case: `["data_in": "D"]`.
    var portNames: [String: String] { get }
    /// Whether outputs may depend on inputs without a clock edge between; the loop check believes it.
    var isCombinational: Bool { get }
}

extension BlackBox {
    public var parameters: [(name: String, value: VerilogParameter)] { [] }
    public var simulationSource: (file: String, text: String)? { nil }
    public var portNames: [String: String] { [:] }
    public var isCombinational: Bool { true }
    public func build(_ m: Builder<Ports>) {}

    public func describe(_ m: Builder<Ports>) {
        m.circuit.blackBox = BlackBoxDeclaration(
            parameters: parameters, simulationSource: simulationSource, isCombinational: isCombinational,
            portNames: portNames)
        // Whatever is inside, the clock ports that it declares are connected.
        for domain in m.circuit.domains.indices.dropFirst() {
            m.circuit.domains[domain].isClockUsed = true
            m.circuit.domains[domain].isResetUsed = m.circuit.domains[domain].clocking.reset != .none
        }
    }
}
