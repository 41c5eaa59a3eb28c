public import HDL

/// Adds two tensors' codes, each with a scale of its own: what a residual connection ends in.
///
/// Law: code = requantised(first + second), where each branch is (code − zero point) × 2^20, scaled and rounded twice; so
/// is the sum. Source: the quantised `Add` of TensorFlow Lite's reference kernels.
///
/// One pair of codes a cycle. Zero points, multipliers, shifts, lowest and highest are constants of a layer, held still
/// while values are under way. The tag goes beside its pair and comes out with the code.
public struct ResidualAdder: ConfigurableModule {
    public var activationBits = 8
    public var tagWidth = 16

    public init() {}

    public init(activationBits: Int, tagWidth: Int) {
        self.activationBits = activationBits
        self.tagWidth = tagWidth
    }

    public static var parameters: [Parameter<ResidualAdder>] {
        [
            Parameter("activation-bits", \.activationBits, 1...8, "bits of a code"),
            Parameter("tag-width", \.tagWidth, 1...64, "bits that travel beside a value"),
        ]
    }

    /// Bits that branches are raised by before they are scaled.
    public static let headroom = 20

    /// Cycles from a pair of codes to the sum of its branches, and from there to its code.
    private static let sumLatency = 1 + FixedPointScale.latency + 1
    /// Cycles from a pair of codes to its code.
    public static let latency = sumLatency + Requantizer.latency

    public struct Ports: SignalBundle {
        public let valid: Input
        public let first, second: Input
        public let firstZeroPoint, secondZeroPoint: Input
        /// Of the branches, as `FixedPointScale` takes them; the shifts are −31 to 0.
        public let firstMultiplier, firstShift, secondMultiplier, secondShift: Input
        /// Of the sum, as `Requantizer` takes them.
        public let multiplier, shift, zeroPoint, lowest, highest: Input
        public let tag: Input
        public let codeValid: Output
        /// Keeps the last code while none is valid.
        public let code: Output
        public let codeTag: Output
    }

    public func ports() -> Ports {
        Ports(
            valid: Input(), first: Input(activationBits), second: Input(activationBits),
            firstZeroPoint: Input(activationBits), secondZeroPoint: Input(activationBits),
            firstMultiplier: Input(31), firstShift: Input(6), secondMultiplier: Input(31), secondShift: Input(6),
            multiplier: Input(31), shift: Input(6), zeroPoint: Input(activationBits),
            lowest: Input(activationBits), highest: Input(activationBits), tag: Input(tagWidth),
            codeValid: Output(), code: Output(activationBits), codeTag: Output(tagWidth))
    }

    public func build(_ m: Builder<Ports>) {
        let isOffset = m.register("is_offset")
        let firstOffset = m.register("first_offset", activationBits + 1)
        let secondOffset = m.register("second_offset", activationBits + 1)
        isOffset.next(m.valid)
        when(m.valid) {
            firstOffset.next((m.first -^ m.firstZeroPoint).bits)
            secondOffset.next((m.second -^ m.secondZeroPoint).bits)
        }

        // Each branch is at most 2^28 in magnitude, so that the sum is exact.
        let first = scaled(m, "first_scale", firstOffset, m.firstMultiplier, m.firstShift, isOffset)
        let second = scaled(m, "second_scale", secondOffset, m.secondMultiplier, m.secondShift, isOffset)
        let isSummed = m.register("is_summed")
        let sum = m.register("sum", 32)
        isSummed.next(first.scaledValid)
        when(first.scaledValid) { sum.next(first.scaled + second.scaled) }

        let requantizer = m.instance(
            "requantizer", Requantizer(activationBits: activationBits, tagWidth: tagWidth))
        requantizer.valid.drive(isSummed)
        requantizer.accumulator.drive(sum)
        requantizer.multiplier.drive(m.multiplier)
        requantizer.shift.drive(m.shift)
        requantizer.twice.drive(1)
        requantizer.zeroPoint.drive(m.zeroPoint)
        requantizer.lowest.drive(m.lowest)
        requantizer.highest.drive(m.highest)
        requantizer.tag.drive(m.tag.delayed("tag", by: Self.sumLatency))
        m.codeValid.drive(requantizer.codeValid)
        m.code.drive(requantizer.code)
        m.codeTag.drive(requantizer.codeTag)
    }

    /// A branch: what its code lies above the zero point, raised by the headroom and scaled.
    private func scaled(
        _ m: Builder<Ports>, _ name: String, _ offset: Bits, _ multiplier: Bits, _ shift: Bits, _ valid: Bits
    ) -> Instance<FixedPointScale.Ports> {
        let raised = concatenate([offset, m.constant(0, Self.headroom)])
        let scale = m.instance(name, FixedPointScale(valueWidth: raised.width))
        scale.valid.drive(valid)
        scale.value.drive(raised)
        scale.multiplier.drive(multiplier)
        scale.shift.drive(shift)
        scale.twice.drive(1)
        return scale
    }
}
