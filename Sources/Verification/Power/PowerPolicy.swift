public import Golden

/// When an engine saves its state.
public struct PowerPolicy: Hashable, Sendable {
    /// Whether there are checkpoints at all; without them a network that was interrupted begins again.
    public var makesCheckpoints = true
    /// When the supply warns.
    public var heedsWarnings = true
    /// Cycles from one checkpoint to the next within a layer; 0 for none.
    public var interval = 0

    public init(makesCheckpoints: Bool = true, heedsWarnings: Bool = true, interval: Int = 0) {
        self.makesCheckpoints = makesCheckpoints
        self.heedsWarnings = heedsWarnings
        self.interval = interval
    }

    /// What the engine is told beside what the supply does.
    var control: CheckpointController.Control {
        var control = CheckpointController.Control()
        control.enable = makesCheckpoints
        control.interval = interval
        return control
    }
}

/// What the supply does in a cycle.
public struct SupplyState: Hashable, Sendable {
    /// It is about to fail.
    public var isWarning = false
    /// It fails: the cycle is the last one with power.
    public var fails = false

    public init(isWarning: Bool = false, fails: Bool = false) {
        self.isWarning = isWarning
        self.fails = fails
    }
}

/// A supply of which an engine lives.
public protocol PowerSupply {
    /// What it does in the next cycle, given the engine before it.
    mutating func next(_ engine: Golden.NetworkEngine) -> SupplyState
}
