public import HDL

/// Several streams become one; the input with the lowest number goes first.
///
/// Law: the items of each input stay in order, none is lost, none comes twice; an item that is at the output already
/// stays there until it is taken, also when a lower input offers one. Higher inputs may wait for ever.
public struct PriorityArbiter: Module {
    /// Inputs, at least one.
    public var count: Int
    public var width: Int

    public init(count: Int, width: Int) {
        self.count = count
        self.width = width
    }

    public func ports() -> ArbiterPorts { ArbiterPorts(count: count, width: width) }

    public func build(_ m: Builder<ArbiterPorts>) {
        m.require(count >= 1, "an arbiter of \(count) inputs; at least 1")
        _ = StreamArbiter.connect(m, m.inputs, to: m.output, source: m.source) { $0.lowestSet }
    }
}
