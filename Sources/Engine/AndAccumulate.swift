public import HDL

/// The AND-accumulate datapath: ANDs a sensed weight row with activation bit-planes, counts the ones, shifts by the
/// planes' significance, and adds to or subtracts from the filter's sum.
///
/// `Σ_m Σ_n 2^(m+n) [popcount(I_m & W+_n) − popcount(I_m & W−_n)]`, exact two's complement integers. Two stages:
/// the counts are registered, then accumulated; `done` is high for the one cycle after the last addition of an image.
public struct AndAccumulate: ConfigurableModule {
    public var columns = 64
    public var planeLanes = 4
    public var activationBits = 4
    /// Magnitude bit-planes of a weight.
    public var planes = 3
    public var filters = 10
    public var accumulatorWidth = 20

    public init() {}

    public static var parameters: [Parameter<AndAccumulate>] {
        [
            Parameter("columns", \.columns, 1...512, "cells of a row"),
            Parameter("plane-lanes", \.planeLanes, 1...8, "activation bit-planes taken in one cycle"),
            Parameter("activation-bits", \.activationBits, 1...8, "bits of an activation"),
            Parameter("planes", \.planes, 1...7, "magnitude bit-planes of a weight"),
            Parameter("filters", \.filters, 1...256, "outputs of the layer"),
            Parameter("accumulator-width", \.accumulatorWidth, 4...64, "bits of a sum"),
        ]
    }

    public func checkRelations() throws(ParameterError) {
        if planeLanes > activationBits {
            throw .inconsistent(
                name: "plane-lanes", value: planeLanes, reason: "allowed 1 to activation-bits (\(activationBits))")
        }
        // One row's term must fit without loss before it is added.
        if termWidth >= accumulatorWidth {
            throw .inconsistent(
                name: "accumulator-width", value: accumulatorWidth,
                reason: "a single row needs \(termWidth + 1) bits")
        }
    }

    public var planeGroups: Int { (activationBits + planeLanes - 1) / planeLanes }
    private var countWidth: Int { Int.bitWidth - columns.leadingZeroBitCount }
    private var largestShift: Int { planes - 1 + (planeGroups - 1) * planeLanes }
    private var termWidth: Int { countWidth + planeLanes + largestShift }

    public struct Ports: SignalBundle {
        public let valid: Input
        public let row: Input
        public let lanes: [Input]
        public let filter, negative: Input
        /// Absent when there is one magnitude plane, one group of activation planes.
        public let plane, planeGroup: Input?
        /// First and last addition of an image; a row that adds nothing.
        public let first, last, empty: Input
        public let done: Output
        public let sums: [Output]
    }

    public func ports() -> Ports {
        Ports(
            valid: Input(), row: Input(columns), lanes: (0..<planeLanes).map { _ in Input(columns) },
            filter: Input(addressWidth(filters)), negative: Input(),
            plane: planes > 1 ? Input(addressWidth(planes)) : nil,
            planeGroup: planeGroups > 1 ? Input(addressWidth(planeGroups)) : nil, first: Input(), last: Input(),
            empty: Input(), done: Output(), sums: (0..<filters).map { _ in Output(accumulatorWidth) })
    }

    public func build(_ m: Builder<Ports>) {
        // Stage 1: count.
        let shiftWidth = addressWidth(largestShift + 1)
        let isCounted = m.register("is_counted")
        let filter = m.register("counted_filter", addressWidth(filters))
        let shift = m.register("counted_shift", shiftWidth)
        let negative = m.register("counted_negative")
        let first = m.register("counted_first")
        let last = m.register("counted_last")
        let counted = m.lanes.enumerated().map { lane, plane -> (ones: Bits, count: Bits) in
            let ones = popcount(m.row & plane).named("ones_\(lane)")
            let count = m.register("count_\(lane)", countWidth)
            return (ones: ones, count: count)
        }
        isCounted.next(m.valid)
        when(m.valid) {
            for lane in counted { lane.count.next(mux(m.empty, 0, lane.ones)) }
            filter.next(m.filter)
            shift.next(significance(m, shiftWidth))
            negative.next(m.negative)
            first.next(m.first)
            last.next(m.last)
        }

        // Stage 2: weigh by significance and accumulate.
        let counts = counted.map(\.count)
        var weighed = counts[0].zeroExtended(to: termWidth)
        for (lane, count) in counts.enumerated().dropFirst() {
            weighed = weighed + concatenate([count, m.constant(0, lane)]).zeroExtended(to: termWidth)
        }
        weighed = weighed.named("weighed")
        let term = (weighed << shift).zeroExtended(to: accumulatorWidth).named("term")
        let sums = (0..<filters).map { m.register("sums_\($0)", accumulatorWidth) }
        let previous = mux(first, 0, select(filter, sums)).named("previous")
        let updated = mux(negative, previous - term, previous + term).named("updated")
        when(isCounted) {
            for (number, sum) in sums.enumerated() {
                when(filter == number) { sum.next(updated) }
                    .elseWhen(first) { sum.next(0) }
            }
        }
        let done = m.register("done")
        done.next(isCounted & last)
        m.done.drive(done)
        for (sum, output) in zip(sums, m.sums) { output.drive(sum) }
    }

    /// Significance of the weight plane and of the group's first activation plane together.
    private func significance(_ m: Builder<Ports>, _ width: Int) -> Bits {
        let plane = m.plane?.zeroExtended(to: width) ?? m.constant(0, width)
        guard let planeGroup = m.planeGroup else { return plane }
        let bases = (0..<planeGroups).map { m.constant($0 * planeLanes, width) }
        return plane + select(planeGroup, bases).named("group_significance")
    }
}
