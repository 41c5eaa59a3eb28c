/// A hardware module: a struct of parameters that can say its ports and build its body.
///
/// Equal values are one definition in the Verilog, however often they are instanced.
public protocol Module: Hashable, Sendable {
    associatedtype Ports: SignalBundle

    /// Name of the definition in the Verilog; different parameters need different names.
    var moduleName: String { get }

    /// The ports, given the parameters.
    func ports() -> Ports

    /// Describes the body.
    func build(_ m: Builder<Ports>)
}

extension Module {
    /// The type's name with every parameter's value, `popcount_256`.
    public var moduleName: String {
        let parameters = Mirror(reflecting: self).children.map { "\($0.value)" }
        return ([String(describing: Self.self).snakeCased] + parameters).joined(separator: "_")
    }
}
