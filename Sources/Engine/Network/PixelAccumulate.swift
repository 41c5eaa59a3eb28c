public import HDL

/// The AND-accumulate datapath of several pixels: one sensed weight row meets the bit-planes of all pixel lanes at once.
///
/// Law: a filter's sum at a pixel is `bias + Σ_m Σ_n 2^(m+n) [popcount(I_m & W+_n) − popcount(I_m & W−_n)]`. Sums
/// saturate at `accumulatorWidth` bits, which sets `saturated` until it is cleared; at the width that is sufficient for
/// the layer they are exact. Two stages: counts are registered, then accumulated; a step's sums show for one cycle after the
/// filter's last addition to them.
public struct PixelAccumulate: ConfigurableModule {
    public var columns = 64
    public var planeLanes = 4
    public var activationBits = 8
    /// Magnitude bit-planes of a weight.
    public var planes = 7
    public var pixels = 4
    public var pixelLanes = 4
    public var accumulatorWidth = 32
    /// 1: its sums can be saved and restored.
    public var checkpoint = 0

    public init() {}

    public static var parameters: [Parameter<PixelAccumulate>] {
        [
            Parameter("columns", \.columns, 1...512, "cells of a row"),
            Parameter("plane-lanes", \.planeLanes, 1...8, "activation bit-planes taken in one cycle"),
            Parameter("activation-bits", \.activationBits, 1...8, "bits of an activation"),
            Parameter("planes", \.planes, 1...7, "magnitude bit-planes of a weight"),
            Parameter("pixels", \.pixels, 1...64, "output pixels of a group"),
            Parameter("pixel-lanes", \.pixelLanes, 1...16, "pixels taken in one cycle"),
            Parameter("accumulator-width", \.accumulatorWidth, 8...32, "bits of a sum"),
        ]
    }

    public func checkRelations() throws(ParameterError) {
        try PixelLanes.check(pixels: pixels, lanes: pixelLanes)
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

    /// Whether a sum was beyond the accumulator, and all sums, lane by lane.
    public var stateWidth: Int { 1 + pixels * accumulatorWidth }
    public var pixelSteps: Int { pixels / pixelLanes }
    public var planeGroups: Int { (activationBits + planeLanes - 1) / planeLanes }
    private var largestShift: Int { planes - 1 + (planeGroups - 1) * planeLanes }
    private var termWidth: Int { countWidth(columns) + planeLanes + largestShift }

    public struct Ports: SignalBundle {
        public let valid: Input
        public let row: Input
        /// Planes of each lane's pixel, lane by lane.
        public let activations: [Input]
        public let negative: Input
        /// Absent when there is one magnitude plane, one group of activation planes, one step.
        public let plane, planeGroup, step: Input?
        /// First and last addition to the step's sums; a row that adds nothing.
        public let first, last, empty: Input
        /// Lanes that have a pixel: to the others a row adds nothing.
        public let used: Input
        /// What a filter's sums begin with.
        public let bias: Input
        public let clear: Input
        public let done: Output
        /// The step whose sums show, one a lane.
        public let doneStep: Output?
        public let sums: [Output]
        public let saturated: Output
        public let checkpoint: CheckpointPorts?
    }

    public func ports() -> Ports {
        let step = pixelSteps > 1 ? addressWidth(pixelSteps) : nil
        return Ports(
            valid: Input(), row: Input(columns), activations: (0..<pixelLanes * planeLanes).map { _ in Input(columns) },
            negative: Input(), plane: planes > 1 ? Input(addressWidth(planes)) : nil,
            planeGroup: planeGroups > 1 ? Input(addressWidth(planeGroups)) : nil, step: step.map { Input($0) },
            first: Input(), last: Input(), empty: Input(), used: Input(pixelLanes), bias: Input(32), clear: Input(),
            done: Output(),
            doneStep: step.map { Output($0) }, sums: (0..<pixelLanes).map { _ in Output(accumulatorWidth) },
            saturated: Output(), checkpoint: .of(stateWidth, if: checkpoint == 1))
    }

    public func build(_ m: Builder<Ports>) {
        // Stage 1: count.
        let shiftWidth = addressWidth(largestShift + 1)
        let isCounted = m.register("is_counted")
        let shift = m.register("counted_shift", shiftWidth)
        let negative = m.register("counted_negative")
        let first = m.register("counted_first")
        let last = m.register("counted_last")
        let used = m.register("counted_used", pixelLanes)
        let bias = m.register("counted_bias", 32)
        let step = m.step.map { m.register("counted_step", $0.width) }
        let counts = m.activations.enumerated().map { lane, plane -> Bits in
            let ones = popcount(m.row & plane).named("ones_\(lane)")
            let count = m.register("count_\(lane)", countWidth(columns))
            let isCounting = ~m.empty & m.used[lane / planeLanes]
            when(m.valid) { count.next(mux(isCounting, ones, 0)) }
            return count
        }
        isCounted.next(m.valid)
        when(m.valid) {
            shift.next(significance(m, shiftWidth))
            negative.next(m.negative)
            first.next(m.first)
            last.next(m.last)
            used.next(m.used)
            bias.next(m.bias)
            if let step, let input = m.step { step.next(input) }
        }

        // Stage 2: weigh by significance and accumulate.
        let start = Saturation(bias, to: accumulatorWidth).value.named("initial_sum")
        let done = m.register("done")
        let sticky = m.register("saturated")
        let isBiasBeyond = Saturation(bias, to: accumulatorWidth).isBeyond
        var saved = [sticky]
        var overflow = isBiasBeyond.map { first & used.anySet & $0 } ?? m.constant(0, 1)
        for lane in 0..<pixelLanes {
            let weighed = weighed(m, Array(counts[lane * planeLanes..<(lane + 1) * planeLanes]))
                .named("weighed_\(lane)")
            let term = (weighed << shift).zeroExtended(to: accumulatorWidth + 1).named("term_\(lane)")
            let sums = (0..<pixelSteps).map { m.register("sum_\($0)_of_lane_\(lane)", accumulatorWidth) }
            saved += sums
            let stored = step.map { select($0, sums) } ?? sums[0]
            let previous = mux(first, start, stored).signExtended(to: accumulatorWidth + 1).named("previous_\(lane)")
            let exact = mux(negative, previous - term, previous + term).named("exact_\(lane)")
            let saturation = Saturation(exact, to: accumulatorWidth)
            let updated = saturation.value.named("updated_\(lane)")
            if let isBeyond = saturation.isBeyond {
                overflow = (overflow | (isBeyond & used[lane])).named("overflow_up_to_lane_\(lane)")
            }
            for (number, sum) in sums.enumerated() {
                let isMine = step.map { isCounted & ($0 == number) } ?? isCounted
                when(isMine) { sum.next(updated) }
            }
            let shown = m.register("shown_sum_\(lane)", accumulatorWidth)
            when(isCounted & last) { shown.next(updated) }
            m.sums[lane].drive(shown)
        }
        when(m.clear) { sticky.next(0) }
            .elseWhen(isCounted & overflow) { sticky.next(1) }
        if let port = m.checkpoint { SavedRegisters(saved).connect(to: port) }
        done.next(isCounted & last)
        m.done.drive(done)
        if let step, let output = m.doneStep {
            let shownStep = m.register("done_step", step.width)
            when(isCounted & last) { shownStep.next(step) }
            output.drive(shownStep)
        }
        m.saturated.drive(sticky)
    }

    /// The counts of a lane's planes, each weighed by the plane's number in its group.
    private func weighed(_ m: Builder<Ports>, _ counts: [Bits]) -> Bits {
        var sum = counts[0].zeroExtended(to: termWidth)
        for (number, count) in counts.enumerated().dropFirst() {
            sum = sum + concatenate([count, m.constant(0, number)]).zeroExtended(to: termWidth)
        }
        return sum
    }

    /// Significance of the weight plane and of the group's first activation plane together.
    private func significance(_ m: Builder<Ports>, _ width: Int) -> Bits {
        let plane = m.plane?.zeroExtended(to: width) ?? m.constant(0, width)
        guard let planeGroup = m.planeGroup else { return plane }
        let bases = (0..<planeGroups).map { m.constant($0 * planeLanes, width) }
        return plane + select(planeGroup, bases).named("group_significance")
    }
}

/// A two's complement number in fewer bits: the nearest number that they hold.
struct Saturation {
    let value: Bits
    /// Whether the number lies beyond what the bits hold; nil where it cannot.
    let isBeyond: Bits?

    init(_ number: Bits, to width: Int) {
        guard number.width > width else {
            value = number.signExtended(to: width)
            isBeyond = nil
            return
        }
        let high = number[width - 1..<number.width]
        let isBeyond = high.anySet & !high.allSet
        let isNegative = number[number.width - 1]
        let end = concatenate([isNegative, (!isNegative).replicated(width - 1)])
        value = mux(isBeyond, end, number[0..<width])
        self.isBeyond = isBeyond
    }
}
