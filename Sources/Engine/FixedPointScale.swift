public import HDL

/// Scales a signed value by a fixed-point number: a 31-bit multiplier, and a shift that is the scale's exponent.
///
/// Law: scaled = round(value × multiplier × 2^(shift − 31)). Rounded once, halves go upwards. Rounded twice, a shift to the
/// right comes after the first rounding, halves upwards, and has a rounding of its own, halves away from zero; without a
/// shift to the right both are the same. Where value × 2^shift does not fit 32 bits, the result is the exact one modulo
/// 2^32. Source: `MultiplyByQuantizedMultiplier` of TensorFlow Lite's reference kernels, with single rounding and with
/// double rounding; there a shift to the left comes before the product, which is the same number as long as it fits.
///
/// One value a cycle in five stages: multiply, shift, round, shift, round. A shift leaves one bit below the point, and
/// adding one to that bit rounds.
public struct FixedPointScale: ConfigurableModule {
    public var valueWidth = 32

    public init() {}

    public init(valueWidth: Int) { self.valueWidth = valueWidth }

    public static var parameters: [Parameter<FixedPointScale>] {
        [Parameter("value-width", \.valueWidth, 2...32, "bits of a value, its sign among them")]
    }

    /// Cycles from a value to its result.
    public static let latency = 5

    public struct Ports: SignalBundle {
        public let valid: Input
        /// Two's complement.
        public let value: Input
        /// 0, or 2^30 to 2^31 − 1.
        public let multiplier: Input
        /// Two's complement, −31 to 30, to the left where positive.
        public let shift: Input
        /// Rounds twice instead of once.
        public let twice: Input
        public let scaledValid: Output
        /// Two's complement; keeps the last result while none is valid.
        public let scaled: Output
    }

    public func ports() -> Ports {
        Ports(
            valid: Input(), value: Input(valueWidth), multiplier: Input(31), shift: Input(6), twice: Input(),
            scaledValid: Output(), scaled: Output(32))
    }

    public func build(_ m: Builder<Ports>) {
        // Multiply. Of the 31 − shift places below the point the first shift drops all but one, or 30 where the second is
        // to drop the others.
        let shiftsTwice = (m.twice & m.shift.signed.isNegative).named("shifts_twice")
        let firstShift = mux(shiftsTwice, 0, m.shift).named("first_shift")
        let productWidth = valueWidth + 31
        let isMultiplied = m.register("is_multiplied")
        let product = m.register("product", productWidth)
        let firstPlaces = m.register("first_places", 6)
        let secondPlaces = m.register("second_places", 5)
        isMultiplied.next(m.valid)
        when(m.valid) {
            product.next(m.value.signExtended(to: productWidth) * m.multiplier.zeroExtended(to: productWidth))
            firstPlaces.next(m.constant(30, 6) - firstShift)
            secondPlaces.next(mux(shiftsTwice, -m.shift[0..<5], 0))
        }

        // Shift.
        let isShifted = m.register("is_shifted")
        let shifted = m.register("shifted", 33)
        let shiftedPlaces = m.register("shifted_places", 5)
        let shiftedProduct = (product.signed >> firstPlaces).named("shifted_product")
        isShifted.next(isMultiplied)
        when(isMultiplied) {
            shifted.next(shiftedProduct.bits.truncated(to: 33))
            shiftedPlaces.next(secondPlaces)
        }

        // Round, halves upwards.
        let isRounded = m.register("is_rounded")
        let rounded = m.register("rounded", 32)
        let roundedPlaces = m.register("rounded_places", 5)
        let raised = (shifted + 1).named("raised")
        isRounded.next(isShifted)
        when(isShifted) {
            rounded.next(raised[1..<33])
            roundedPlaces.next(shiftedPlaces)
        }

        // Shift again. A negative number is lowered by half a unit: what was half way, and nothing else, comes to lie below
        // half way, so that it is rounded away from zero.
        let isShiftedAgain = m.register("is_shifted_again")
        let shiftedAgain = m.register("shifted_again", 33)
        let isNegative = rounded.signed.isNegative.zeroExtended(to: 33)
        let lowered = (concatenate([rounded, m.constant(0, 1)]) - isNegative).named("lowered")
        isShiftedAgain.next(isRounded)
        when(isRounded) { shiftedAgain.next((lowered.signed >> roundedPlaces).bits) }

        // Round again.
        let isScaled = m.register("scaled_valid")
        let scaled = m.register("scaled", 32)
        let raisedAgain = (shiftedAgain + 1).named("raised_again")
        isScaled.next(isShiftedAgain)
        when(isShiftedAgain) { scaled.next(raisedAgain[1..<33]) }
        m.scaledValid.drive(isScaled)
        m.scaled.drive(scaled)
    }
}
