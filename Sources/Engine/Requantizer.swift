public import HDL

/// Makes the codes of the next layer of a layer's sums: scales, adds the zero point, clamps.
///
/// Law: code = clamp(scaled + zeroPoint, lowest, highest), where `scaled` is what `FixedPointScale` makes of the
/// accumulator, exact in 32 bits. A rectified linear unit is `lowest` at the zero point. Source: the requantisation of
/// TensorFlow Lite's reference kernels.
///
/// One accumulator a cycle. Multiplier and shift belong to the accumulator beside them. Zero point, lowest and highest are
/// constants of a layer: they are taken when the code is made, and so held still while values are under way. The tag goes
/// beside its accumulator and comes out with the code, whether or not they are valid.
public struct Requantizer: ConfigurableModule {
    public var activationBits = 8
    public var tagWidth = 16

    public init() {}

    public init(activationBits: Int, tagWidth: Int) {
        self.activationBits = activationBits
        self.tagWidth = tagWidth
    }

    public static var parameters: [Parameter<Requantizer>] {
        [
            Parameter("activation-bits", \.activationBits, 1...8, "bits of a code"),
            Parameter("tag-width", \.tagWidth, 1...64, "bits that travel beside a value"),
        ]
    }

    /// Cycles from an accumulator to its code.
    public static let latency = FixedPointScale.latency + 1

    public struct Ports: SignalBundle {
        public let valid: Input
        /// Two's complement.
        public let accumulator: Input
        /// Of the accumulator beside them, as `FixedPointScale` takes them.
        public let multiplier, shift, twice: Input
        /// Constants of the layer, `lowest` not above `highest`.
        public let zeroPoint, lowest, highest: Input
        public let tag: Input
        public let codeValid: Output
        /// Keeps the last code while none is valid.
        public let code: Output
        public let codeTag: Output
    }

    public func ports() -> Ports {
        Ports(
            valid: Input(), accumulator: Input(32), multiplier: Input(31), shift: Input(6), twice: Input(),
            zeroPoint: Input(activationBits), lowest: Input(activationBits), highest: Input(activationBits),
            tag: Input(tagWidth), codeValid: Output(), code: Output(activationBits), codeTag: Output(tagWidth))
    }

    public func build(_ m: Builder<Ports>) {
        let scale = m.instance("scale", FixedPointScale())
        scale.valid.drive(m.valid)
        scale.value.drive(m.accumulator)
        scale.multiplier.drive(m.multiplier)
        scale.shift.drive(m.shift)
        scale.twice.drive(m.twice)

        // One bit more than the scaled value has room for the zero point. A negative sum is below every code; read without
        // its sign it would be above.
        let moved = (scale.scaled.signExtended(to: 33) + m.zeroPoint.zeroExtended(to: 33)).named("moved")
        let isBelow = (moved.signed.isNegative | (moved < m.lowest.zeroExtended(to: 33))).named("is_below")
        let isAbove = (moved > m.highest.zeroExtended(to: 33)).named("is_above")
        let upper = mux(isAbove, m.highest, moved[0..<activationBits])
        let isCode = m.register("code_valid")
        let code = m.register("code", activationBits)
        isCode.next(scale.scaledValid)
        when(scale.scaledValid) { code.next(mux(isBelow, m.lowest, upper)) }
        m.codeValid.drive(isCode)
        m.code.drive(code)
        m.codeTag.drive(m.tag.delayed("tag", by: Self.latency))
    }
}
