/// Why a network cannot run on an engine.
public enum MappingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// More of something is needed than the engine has; `parameter` says which of its parameters to raise.
    case doesNotFit(what: String, needed: Int, available: Int, parameter: String)
    /// A number of a layer is beyond what the engine takes.
    case beyond(layer: Int, kind: String, what: String, found: Int, allowed: ClosedRange<Int>)
    case unsupported(layer: Int, kind: String, reason: String)

    public var description: String {
        switch self {
        case .doesNotFit(let what, let needed, let available, let parameter):
            "the network needs \(needed) \(what), the engine has \(available); raise '\(parameter)'"
        case .beyond(let layer, let kind, let what, let found, let allowed):
            "layer \(layer) (\(kind)), \(what): found \(found), allowed \(allowed.lowerBound) to \(allowed.upperBound)"
        case .unsupported(let layer, let kind, let reason):
            "layer \(layer) (\(kind)): \(reason)"
        }
    }
}
