public import HDL

/// Columns that count the lanes in which a weight and the activation are both one, and accumulate the counts.
///
/// Law: in a cycle without `clear` and with `enable`, `sum[c]` grows by the ones of `activation & weight[c]`, modulo
/// `2^accumulatorWidth`. It is one function written in several styles, to measure what a style costs the tools.
public struct PopcountArray: Module {
    public enum Style: Hashable, Sendable, CaseIterable {
        /// The language's own `popcount`.
        case native
        /// A balanced tree of additions, each as wide as its sum needs.
        case word
        /// Full and half adders made of single gates, for the count and for the accumulation; every gate is a node.
        case gate
    }
    public enum Shape: Hashable, Sendable, CaseIterable {
        /// All columns in one module.
        case flat
        /// A module a column.
        case columns
    }

    public var style: Style
    public var shape: Shape
    public var lanes: Int
    public var columns: Int
    public var accumulatorWidth: Int

    public init(_ style: Style, _ shape: Shape, lanes: Int = 256, columns: Int = 64, accumulatorWidth: Int = 24) {
        self.style = style
        self.shape = shape
        self.lanes = lanes
        self.columns = columns
        self.accumulatorWidth = accumulatorWidth
    }

    public struct Ports: SignalBundle {
        public let activation: Input
        public let clear, enable: Input
        public let weight: [Input]
        public let sum: [Output]
    }

    public func ports() -> Ports {
        Ports(
            activation: Input(lanes), clear: Input(), enable: Input(),
            weight: (0..<columns).map { _ in Input(lanes) },
            sum: (0..<columns).map { _ in Output(accumulatorWidth) })
    }

    public func build(_ m: Builder<Ports>) {
        for column in 0..<columns {
            switch shape {
            case .flat:
                let sum = m.register("sum_\(column)", accumulatorWidth)
                let count = style.count(m.activation, m.weight[column]).named("count_\(column)")
                when(m.clear) { sum.next(0) }
                    .elseWhen(m.enable) { sum.next(style.sum(sum, count)) }
                m.sum[column].drive(sum)
            case .columns:
                let instance = m.instance(
                    "column_\(column)", PopcountColumn(style, lanes: lanes, accumulatorWidth: accumulatorWidth))
                instance.activation.drive(m.activation)
                instance.weight.drive(m.weight[column])
                instance.clear.drive(m.clear)
                instance.enable.drive(m.enable)
                m.sum[column].drive(instance.sum)
            }
        }
    }
}
