public import HDL

/// Makes a reset for a clock domain of one that comes at any time: it begins at once and ends at a clock edge.
///
/// Law: the output is active as long as the module's own reset is, without waiting for an edge, and until `stages`
/// edges have passed since it ended. The output is a flip-flop's, so it has no glitches.
public struct ResetSynchronizer: Module {
    /// Flip-flops one after the other, at least two.
    public var stages: Int
    /// The level at which both resets are active.
    public var level: Clocking.Level

    public init(stages: Int = 2, level: Clocking.Level = .high) {
        self.stages = stages
        self.level = level
    }

    public struct Ports: SignalBundle {
        /// The reset that is active high, or the one that is active low.
        public let reset, resetN: Output?
    }

    /// The module's own reset is the one that comes at any time.
    public var clocking: Clocking { Clocking(reset: .asynchronous(level)) }

    public func ports() -> Ports {
        Ports(reset: level == .high ? Output() : nil, resetN: level == .low ? Output() : nil)
    }

    public func build(_ m: Builder<Ports>) {
        m.require(stages >= 2, "a reset synchroniser of \(stages) flip-flops; at least 2")
        // The inactive level comes in from below while the reset is inactive; the last stage is the output.
        let (active, inactive) = level == .high ? (1, 0) : (0, 1)
        var value = m.constant(inactive, 1)
        for stage in 0..<max(stages, 2) {
            let register = m.register("stage_\(stage)", reset: active)
            register.next(value)
            value = register
        }
        (m.reset ?? m.resetN)?.drive(value)
    }
}
