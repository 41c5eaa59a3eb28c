/// Cycles of the three phases of a pre-charge sense amplifier, which make up its sense period.
public struct SensePhases: Hashable, Sendable {
    /// Both branches are charged to the supply.
    public var precharge = 1
    /// The branches discharge through the junctions, the lower resistance faster.
    public var evaluate = 1
    /// The cross-coupled pair holds the decision; the row latch takes it at the end.
    public var latch = 1

    public init(precharge: Int = 1, evaluate: Int = 1, latch: Int = 1) {
        self.precharge = precharge
        self.evaluate = evaluate
        self.latch = latch
    }

    /// Cycles from one sense to the next of the same amplifier.
    public var period: Int { precharge + evaluate + latch }
}

extension SensePhases: CustomStringConvertible {
    public var description: String { "\(precharge)_\(evaluate)_\(latch)" }
}
