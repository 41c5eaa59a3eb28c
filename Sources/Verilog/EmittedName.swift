public import HDL

/// What a signal of the description is called in the Verilog.
public struct EmittedName: Sendable, Equatable {
    public let module: String
    public let signal: String
    public let verilog: String
    public let width: Int
    /// The enum whose cases the signal's values are.
    public let enumeration: Enumeration?
}
