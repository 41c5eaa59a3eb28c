/// How a clock domain works: which edge counts and how its registers are reset.
public struct Clocking: Hashable, Sendable {
    /// The clock edge at which registers and memories take their values.
    public enum Edge: Hashable, Sendable { case rising, falling }
    /// The level at which the reset is active.
    public enum Level: Hashable, Sendable { case high, low }
    public enum Reset: Hashable, Sendable {
        /// The domain has no reset; its registers begin with their power-up values.
        case none
        /// Looked at at the clock edge only.
        case synchronous(Level = .high)
        /// Acts at once, and as long as it is active.
        case asynchronous(Level = .high)
    }

    public var edge: Edge
    public var reset: Reset

    /// Rising edge, synchronous reset, active high, unless said otherwise.
    public init(edge: Edge = .rising, reset: Reset = .synchronous(.high)) {
        self.edge = edge
        self.reset = reset
    }

    /// Level at which the reset is active; nil without a reset.
    public var resetLevel: Level? {
        switch reset {
        case .none: nil
        case .synchronous(let level), .asynchronous(let level): level
        }
    }

    /// Whether the reset acts without a clock edge.
    public var isAsynchronous: Bool { if case .asynchronous = reset { true } else { false } }

    /// The kind as a message says it.
    var description: String {
        let level = resetLevel == .low ? "active low" : "active high"
        let reset =
            switch reset {
            case .none: "no reset"
            case .synchronous: "synchronous reset, \(level)"
            case .asynchronous: "asynchronous reset, \(level)"
            }
        return "\(edge) edge, \(reset)"
    }
}

/// A clock domain of a circuit. The first one is the module's own: ports `clk` and `rst` (`rst_n` when active low).
public struct ClockDomainDeclaration: Sendable {
    public enum Source: Sendable, Equatable {
        /// The module's own clock.
        case main
        /// A clock port of the module.
        case port
        /// Signals inside the module: nodes of one bit; no reset, no node.
        case signals(clock: Int32, reset: Int32?)
    }
    /// What messages call it: `main`, or the port's or the domain's name.
    public let name: String
    /// Names of the ports, or of the signals, that carry clock and reset.
    public let clockName: String
    public let resetName: String
    public let clocking: Clocking
    public let source: Source
    /// Sources of one bit that stand for the clock and the reset.
    public let clockNode: Int32
    public let resetNode: Int32
    public let location: SourceLocation
    /// Whether a register or memory of the module, one of an instance, or the clock as a signal, uses it.
    public internal(set) var isClockUsed = false
    /// Whether a register, an instance, or the reset as a signal, uses it.
    public internal(set) var isResetUsed = false
}
