public import HDL

/// Divides signed numbers by a positive one and rounds to the nearest, halves away from zero; several `lanes` side by
/// side share the divisor and the control.
///
/// A quotient is `(n > 0 ? n + d / 2 : n - d / 2) / d`, divisions towards zero: the mean of TensorFlow Lite's reference
/// kernels (`tensorflow/lite/kernels/internal/reference/integer_ops/pooling.h`, `AveragePool`). Its magnitude is
/// `(|n| + d / 2) / d`, found by restoring division, one bit a cycle and only as many as `quotientBits`: the caller
/// promises `d >= 1` and quotients less than `2^quotientBits` in magnitude.
public struct RoundingDivider: ConfigurableModule {
    public var dividendWidth = 21
    public var divisorWidth = 13
    /// Bits of a quotient's magnitude.
    public var quotientBits = 8
    public var lanes = 4

    public init() {}

    public static var parameters: [Parameter<RoundingDivider>] {
        [
            Parameter("dividend-width", \.dividendWidth, 2...32, "bits of a dividend, the sign among them"),
            Parameter("divisor-width", \.divisorWidth, 1...24, "bits of the divisor"),
            Parameter("quotient-bits", \.quotientBits, 1...32, "bits of a quotient without its sign"),
            Parameter("lanes", \.lanes, 1...64, "dividends side by side"),
        ]
    }

    public func checkRelations() throws(ParameterError) {
        if quotientBits > dividendWidth {
            throw .inconsistent(
                name: "quotient-bits", value: quotientBits, reason: "allowed 1 to dividend-width (\(dividendWidth))")
        }
    }

    /// Cycles from the one with `start` to the one with `done`, which may start the next division.
    public var cycles: Int { quotientBits + 1 }
    /// `|n| + d / 2` is at most `2^(dividendWidth - 1) + 2^(divisorWidth - 1) - 1`.
    private var numeratorWidth: Int { max(dividendWidth, divisorWidth) }

    public struct Ports: SignalBundle {
        /// Begins a division when `ready`, and is ignored otherwise.
        public let start: Input
        public let dividends: [Input]
        public let divisor: Input
        public let ready: Output
        /// High for one cycle, the first in which the quotients are there.
        public let done: Output
        /// Two's complement; they stay until the next division starts, and are zero while it lasts.
        public let quotients: [Output]
    }

    public func ports() -> Ports {
        Ports(
            start: Input(), dividends: (0..<lanes).map { _ in Input(dividendWidth) }, divisor: Input(divisorWidth),
            ready: Output(), done: Output(), quotients: (0..<lanes).map { _ in Output(quotientBits + 1) })
    }

    public func build(_ m: Builder<Ports>) {
        // Bits of the quotients that are still to be found.
        let bitsLeft = m.register("bits_left", addressWidth(quotientBits + 1))
        let divisor = m.register("held_divisor", divisorWidth)
        let done = m.register("done")
        let isBusy = (bitsLeft != 0).named("is_busy")
        let isStarting = (m.start & ~isBusy).named("is_starting")
        let lanes = (0..<lanes).map { Lane(m, $0, self) }

        // Half of the divisor rounds; one more completes the negation of a dividend below zero.
        let half = (m.divisor >> 1).zeroExtended(to: numeratorWidth).named("half")
        let halfAndOne = (half + 1).named("half_and_one")
        let numerators = m.dividends.enumerated().map { lane, dividend -> Bits in
            let extended = dividend.signExtended(to: numeratorWidth)
            let isNegative = dividend.signed.isNegative
            let summand = mux(isNegative, ~extended, extended)
            let numerator = (summand + mux(isNegative, halfAndOne, half)).named("numerator_\(lane)")
            return numerator.zeroExtended(to: max(numeratorWidth, divisorWidth + quotientBits))
        }

        done.next(bitsLeft == 1)
        when(isStarting) {
            bitsLeft.next(quotientBits)
            divisor.next(m.divisor)
            for (lane, (dividend, numerator)) in zip(lanes, zip(m.dividends, numerators)) {
                lane.begin(numerator, isNegative: dividend.signed.isNegative)
            }
            let fits = numerators.map { numerator -> Bits in
                let top = numerator[quotientBits..<numerator.width]
                return top < m.divisor.zeroExtended(to: top.width)
            }
            m.assume("divisor_is_positive", m.divisor != 0)
            m.assume("quotients_fit", concatenate(fits).allSet)
        }.elseWhen(isBusy) {
            bitsLeft.next(bitsLeft - 1)
            for lane in lanes { lane.findBit(divisor) }
        }
        m.ready.drive(~isBusy)
        m.done.drive(done)
        for (lane, quotient) in zip(lanes, m.quotients) { quotient.drive(mux(isBusy, 0, lane.quotient)) }
    }
}

/// The registers that divide one dividend.
private struct Lane {
    let number: Int
    /// Less than the divisor.
    let remainder: Bits
    /// What is left of the numerator, and behind it the bits of the quotient that were found.
    let digits: Bits
    let negative: Bits

    init(_ m: Builder<RoundingDivider.Ports>, _ number: Int, _ parameters: RoundingDivider) {
        self.number = number
        remainder = m.register("remainder_\(number)", parameters.divisorWidth)
        digits = m.register("digits_\(number)", parameters.quotientBits)
        negative = m.register("negative_\(number)")
    }

    func begin(_ numerator: Bits, isNegative: Bits) {
        remainder.next(numerator[digits.width..<digits.width + remainder.width])
        digits.next(numerator[0..<digits.width])
        negative.next(isNegative)
    }

    /// Subtracts the divisor if it fits.
    func findBit(_ divisor: Bits) {
        let shifted = concatenate([remainder, digits[digits.width - 1]]).named("shifted_\(number)")
        let trial = (shifted - divisor.zeroExtended(to: shifted.width)).named("trial_\(number)")
        let fits = (~trial.signed.isNegative).named("fits_\(number)")
        remainder.next(mux(fits, trial.truncated(to: remainder.width), shifted.truncated(to: remainder.width)))
        digits.next((digits << 1) | fits.zeroExtended(to: digits.width))
    }

    var quotient: Bits {
        let magnitude = digits.zeroExtended(to: digits.width + 1).named("magnitude_\(number)")
        return mux(negative, -magnitude, magnitude)
    }
}
