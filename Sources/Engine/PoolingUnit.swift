public import HDL

/// The largest or the mean code of each lane over the words of a window; the lanes of a word are channels of one pixel.
///
/// Maximum: the largest code. Average: the mean of code − origin over the words that came, rounded with halves away
/// from zero, plus the origin: that of TensorFlow Lite's reference kernels
/// (`tensorflow/lite/kernels/internal/reference/integer_ops/pooling.h`, `AveragePool`), where the origin stands for a
/// signed byte's zero. Two stages: words are accumulated, then the accumulated window becomes a result, in one cycle or
/// by division. A window that is complete while the last one is still divided waits, and the words after it with it;
/// so windows follow each other every `max(words, divider.cycles)` cycles, largest codes at a word a cycle.
public struct PoolingUnit: ConfigurableModule {
    public var lanes = 16
    public var activationBits = 8
    public var windowArea = 256
    public var tagWidth = 16

    public init() {}

    public static var parameters: [Parameter<PoolingUnit>] {
        [
            Parameter("lanes", \.lanes, 1...64, "codes of a word"),
            Parameter("activation-bits", \.activationBits, 1...8, "bits of a code"),
            Parameter("window-area", \.windowArea, 1...4096, "words of the largest window"),
            Parameter("tag-width", \.tagWidth, 1...64, "bits of what a result carries along"),
        ]
    }

    /// Cycles from the last word of a window, taken, to its result.
    public static let maximumCycles = 2
    /// Likewise for a mean, if the divider is free.
    public var averageCycles: Int { divider.cycles + 2 }

    /// Makes means of code − origin; they fit, since a difference of two codes is less than `2^activationBits`.
    public var divider: RoundingDivider {
        var divider = RoundingDivider()
        divider.dividendWidth = accumulatorWidth
        divider.divisorWidth = countWidth
        divider.quotientBits = activationBits
        divider.lanes = lanes
        return divider
    }

    /// Holds ±`windowArea` × (`2^activationBits` − 1), the largest sum; and a code, which has one bit less at least.
    private var accumulatorWidth: Int { width(of: windowArea * ((1 << activationBits) - 1)) + 1 }
    private var countWidth: Int { width(of: windowArea) }
    private func width(of largest: Int) -> Int { Int.bitWidth - largest.leadingZeroBitCount }

    public struct Ports: SignalBundle {
        /// A word is taken when `ready`.
        public let valid: Input
        /// First and last word of a window. What was accumulated of a window before its last word is dropped by a first.
        public let first, last: Input
        /// Lane l's code in bits l × activationBits and up.
        public let word: Input
        /// Means, not maxima, and the code from which means are rounded; both stay from a window's first word to its
        /// result.
        public let average, roundingOrigin: Input
        /// Comes with the last word of a window, and goes with its result.
        public let tag: Input
        public let ready: Output
        /// High for one cycle with every result, which stays until the next.
        public let resultValid: Output
        public let result, resultTag: Output
    }

    public func ports() -> Ports {
        Ports(
            valid: Input(), first: Input(), last: Input(), word: Input(lanes * activationBits), average: Input(),
            roundingOrigin: Input(activationBits), tag: Input(tagWidth), ready: Output(), resultValid: Output(),
            result: Output(lanes * activationBits), resultTag: Output(tagWidth))
    }

    public func build(_ m: Builder<Ports>) {
        let divider = m.instance("divider", divider)

        // Stage 1: accumulate. A complete window waits for the divider, and words wait with it.
        let isComplete = m.register("is_complete")
        let completeTag = m.register("complete_tag", tagWidth)
        let count = m.register("count", countWidth)
        let isOpen = m.register("is_open")
        let isDividing = (m.average & isComplete).named("is_dividing")
        let isWaiting = (isDividing & ~divider.ready).named("is_waiting")
        let isTaken = (m.valid & ~isWaiting).named("is_taken")
        let accumulated = (0..<lanes).map { m.register("accumulated_\($0)", accumulatorWidth) }
        let updated = zip(accumulated, m.word.splitting(every: activationBits)).enumerated().map { lane, pair -> Bits in
            let (accumulated, code) = pair
            let previous = mux(m.first, 0, accumulated).named("previous_\(lane)")
            let deviation = (code -^ m.roundingOrigin).named("deviation_\(lane)")
            let sum = (previous + deviation.bits.signExtended(to: accumulatorWidth)).named("sum_\(lane)")
            let largest = previous.truncated(to: activationBits)
            let larger = mux(code > largest, code, largest).named("larger_\(lane)")
            return mux(m.average, sum, larger.zeroExtended(to: accumulatorWidth))
        }
        when(~isWaiting) { isComplete.next(m.valid & m.last) }
        when(isTaken) {
            count.next(mux(m.first, 0, count) + 1)
            completeTag.next(m.tag)
            for (register, value) in zip(accumulated, updated) { register.next(value) }
            isOpen.next(~m.last)
            m.assume("a_window_has_a_first_word", m.first | isOpen)
            m.assume("no_window_is_too_large", m.first | (count != windowArea))
        }

        // Stage 2: the complete window's result.
        let dividedTag = m.register("divided_tag", tagWidth)
        divider.start.drive(isDividing)
        divider.divisor.drive(count)
        for (dividend, sum) in zip(divider.dividends, accumulated) { dividend.drive(sum) }
        when(isDividing & divider.ready) { dividedTag.next(completeTag) }

        let resultValid = m.register("result_valid")
        let result = m.register("result", lanes * activationBits)
        let resultTag = m.register("result_tag", tagWidth)
        let isFinished = mux(m.average, divider.done, isComplete).named("is_finished")
        let codes = zip(accumulated, divider.quotients).enumerated().map { lane, window -> Bits in
            let (largest, quotient) = window
            let mean = quotient.truncated(to: activationBits) + m.roundingOrigin
            return mux(m.average, mean, largest.truncated(to: activationBits)).named("code_\(lane)")
        }
        resultValid.next(isFinished)
        when(isFinished) {
            result.next(concatenate(codes.reversed()))
            resultTag.next(mux(m.average, dividedTag, completeTag))
        }
        m.ready.drive(~isWaiting)
        m.resultValid.drive(resultValid)
        m.result.drive(result)
        m.resultTag.drive(resultTag)
    }
}
