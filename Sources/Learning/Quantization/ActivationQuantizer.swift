/// Rounds real activations to unsigned codes of 1 to 8 bits.
///
/// Law: code = ⌊y / step + ½⌋ bounded by 0 and 2^bits − 1, with step = clip / (2^bits − 1); the lower bound is the rectified
/// linear unit. The clip is a constant in units of the normalised activations. As their scale and shift are learned, channel
/// by channel, the clipping is learned with them: a learned clip would be one more factor to the same scale.
struct ActivationQuantizer: Equatable, Sendable {
    let bits: Int
    let step: Float
    let largest: Float

    init(bits: Int, clip: Float) {
        precondition((1...8).contains(bits) && clip > 0, "\(bits) activation bits, a clip of \(clip)")
        self.bits = bits
        largest = Float(1 << bits - 1)
        step = clip / largest
    }

    /// The codes of real numbers in steps.
    @inline(__always)
    func codes(ofSteps values: SIMD16<Float>) -> SIMD16<Float> {
        let bounded = values.replacing(with: 0, where: values .< 0).replacing(with: largest, where: values .> largest)
        return (bounded + 0.5).rounded(.down)
    }
}
