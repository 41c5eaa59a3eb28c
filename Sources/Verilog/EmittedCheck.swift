public import HDL

/// Where a check of the description stands in the Verilog.
public struct EmittedCheck: Sendable, Equatable {
    public let module: String
    public let name: String
    public let kind: CheckDeclaration.Kind
    /// Name of the block around the assertion.
    public let block: String
    /// A wire of one bit: zero in a cycle in which the assertion or assumption fails, one when the cover is reached.
    public let wire: String
    public let location: SourceLocation
}
