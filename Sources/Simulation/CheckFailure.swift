public import HDL

/// An assertion or assumption that did not hold.
public struct CheckFailure: Sendable, Equatable, CustomStringConvertible {
    /// Hierarchical name of the check.
    public let name: String
    public let kind: CheckDeclaration.Kind
    /// Where the check is described.
    public let location: SourceLocation
    /// Number of steps before the one in which it failed.
    public let cycle: Int

    public var description: String {
        let what = kind == .assume ? "assumption" : "assertion"
        return "\(location): \(what) '\(name)' fails in cycle \(cycle)"
    }
}
