/// Which signals a simulation records.
public enum WaveSelection: Sendable, Equatable {
    /// Nothing: the fastest.
    case none
    /// Every signal that has a name.
    case all
    /// Signals by their hierarchical names, in this order.
    case signals([String])
}
