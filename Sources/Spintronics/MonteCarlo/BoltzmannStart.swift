import Randomness

/// The thermal distribution of m in one well at zero field, from which a junction starts.
///
/// Law: x = |mz| has the density exp(Δ x²) on 0…1, the azimuth is uniform. With w = 1 − x the density is
/// exp(−2 Δ w + Δ w²) ≤ exp(−Δ w): w is drawn from the exponential distribution on the right, and kept with the
/// probability exp(−Δ w (1 − w)) that is left, about one half.
struct BoltzmannStart {
    let thermalStability: Double
    /// Whether the well is the one at z = −1.
    let isReversed: Bool

    func draw(from stream: inout KeyedStream) -> SIMD3<Double> {
        var w: Double
        repeat {
            w = stream.nextExponential() / thermalStability
        } while w >= 1 || stream.nextExponential() < thermalStability * w * (1 - w)
        // A direction from a point in the unit disc: no sine, which would differ between machines.
        var (a, b, square) = (0.0, 0.0, 0.0)
        repeat {
            a = 2 * stream.nextDouble() - 1
            b = 2 * stream.nextDouble() - 1
            square = a * a + b * b
        } while square > 1
        // 1 − x² = w (2 − w), without cancellation.
        let inPlane = (w * (2 - w) / square).squareRoot()
        return SIMD3(a * inPlane, b * inPlane, isReversed ? w - 1 : 1 - w)
    }
}
