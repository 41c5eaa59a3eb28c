public import HDL

/// A whole-number parameter of a design: its name on the command line, its range, and where it lives in the struct.
public struct Parameter<Root> {
    /// As `--set name=value` spells it.
    public let name: String
    public let range: ClosedRange<Int>
    public let summary: String
    public let path: WritableKeyPath<Root, Int>

    public init(_ name: String, _ path: WritableKeyPath<Root, Int>, _ range: ClosedRange<Int>, _ summary: String) {
        self.name = name
        self.path = path
        self.range = range
        self.summary = summary
    }
}

/// A module whose parameters a user may set by name, and which can say what is wrong with them.
public protocol ConfigurableModule: Module {
    /// The module with every parameter at its default.
    init()
    /// The parameters in the order in which they are listed.
    static var parameters: [Parameter<Self>] { get }
    /// What single ranges do not say: relations between parameters.
    /// - Throws: `ParameterError.inconsistent`.
    func checkRelations() throws(ParameterError)
}

/// A parameter that cannot be as it was asked for.
public enum ParameterError: Error, Equatable, Sendable, CustomStringConvertible {
    case unknown(name: String, known: [String])
    case outOfRange(name: String, value: Int, allowed: ClosedRange<Int>)
    case inconsistent(name: String, value: Int, reason: String)

    public var description: String {
        switch self {
        case .unknown(let name, let known):
            "unknown parameter '\(name)'; allowed: \(known.joined(separator: ", "))"
        case .outOfRange(let name, let value, let allowed):
            "parameter \(name): found \(value), allowed \(allowed.lowerBound) to \(allowed.upperBound)"
        case .inconsistent(let name, let value, let reason):
            "parameter \(name): found \(value), \(reason)"
        }
    }
}

extension ConfigurableModule {
    public func checkRelations() throws(ParameterError) {}

    /// Sets a parameter by name.
    public mutating func set(_ name: String, to value: Int) throws(ParameterError) {
        guard let parameter = Self.parameters.first(where: { $0.name == name }) else {
            throw .unknown(name: name, known: Self.parameters.map(\.name))
        }
        guard parameter.range.contains(value) else {
            throw .outOfRange(name: name, value: value, allowed: parameter.range)
        }
        self[keyPath: parameter.path] = value
    }

    /// Checks every range and relation.
    public func validate() throws(ParameterError) {
        for parameter in Self.parameters {
            let value = self[keyPath: parameter.path]
            if !parameter.range.contains(value) {
                throw .outOfRange(name: parameter.name, value: value, allowed: parameter.range)
            }
        }
        try checkRelations()
    }
}
