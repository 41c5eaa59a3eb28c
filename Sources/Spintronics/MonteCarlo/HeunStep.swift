/// One step of Heun's method for `MacrospinDynamics`, for sixteen trials.
///
/// Law: with the turn D(m) = Δτ m × (A + m × B), where A = h + α q and B = α h − q are the fields of the equation, the
/// new vector is m − ½ (D(m) + D(m − D(m))), brought back to unit length. The thermal field is the same in both stages,
/// as Stratonovich's sense asks (Rümelin, SIAM J. Numer. Anal. 19, 604, 1982).
///
/// The corrector's length differs from 1 by |D(m) − D(m − D(m))|²/8, of fourth order in the angle of the step, so one
/// step of Newton's method from 1 gives its inverse: to 1e-9 at the largest angle that is allowed.
struct HeunStep<Lanes: TrialLanes> {
    /// Δτ, by which the anisotropy enters A, and α Δτ, by which it enters B.
    let anisotropy: Lanes
    let dampedAnisotropy: Lanes
    let damping: Lanes
    /// What enters A and B whatever m is: bias and torques, times Δτ.
    let precessing: LaneVector<Lanes>
    let damped: LaneVector<Lanes>

    /// A step under a drive that is constant in it.
    init(_ dynamics: MacrospinDynamics, _ drive: TorqueDrive, stepSeconds: Double) {
        let alpha = dynamics.damping
        let step = dynamics.precessionPerSecond * stepSeconds
        let polarization = dynamics.spinOrbitPolarization
        let h = dynamics.biasField + polarization * drive.fieldLike
        let q = SIMD3(0, 0, drive.overdrive * alpha) - polarization * drive.dampingLike
        anisotropy = Lanes(step)
        dampedAnisotropy = Lanes(step * alpha)
        damping = Lanes(alpha)
        precessing = LaneVector((h + q * alpha) * step)
        damped = LaneVector((h * alpha - q) * step)
    }

    /// Advances m under a thermal field that is given times Δτ.
    @inline(__always)
    func advance(_ m: inout LaneVector<Lanes>, _ thermal: LaneVector<Lanes>) {
        let a = thermal + precessing
        let b = thermal * damping + damped
        let predicted = m - turn(m, a, b)
        let twice = m + predicted - turn(predicted, a, b)
        m = twice * (Lanes(0.75) - twice.squaredLength * Lanes(0.0625))
    }

    @inline(__always)
    private func turn(_ m: LaneVector<Lanes>, _ a: LaneVector<Lanes>, _ b: LaneVector<Lanes>) -> LaneVector<Lanes> {
        let b = LaneVector(x: b.x, y: b.y, z: b.z + dampedAnisotropy * m.z)
        let a = LaneVector(x: a.x, y: a.y, z: a.z + anisotropy * m.z)
        return m.cross(a + m.cross(b))
    }
}
