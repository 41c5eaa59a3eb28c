public import HDL

/// One column of a `PopcountArray`.
public struct PopcountColumn: Module {
    public var style: PopcountArray.Style
    public var lanes: Int
    public var accumulatorWidth: Int

    public init(_ style: PopcountArray.Style, lanes: Int, accumulatorWidth: Int) {
        self.style = style
        self.lanes = lanes
        self.accumulatorWidth = accumulatorWidth
    }

    public struct Ports: SignalBundle {
        public let activation, weight: Input
        public let clear, enable: Input
        public let sum: Output
    }

    public func ports() -> Ports {
        Ports(
            activation: Input(lanes), weight: Input(lanes), clear: Input(), enable: Input(),
            sum: Output(accumulatorWidth))
    }

    public func build(_ m: Builder<Ports>) {
        let sum = m.register("sum", accumulatorWidth)
        let count = style.count(m.activation, m.weight).named("count")
        when(m.clear) { sum.next(0) }
            .elseWhen(m.enable) { sum.next(style.sum(sum, count)) }
        m.sum.drive(sum)
    }
}
