/// The stochastic Landau-Lifshitz-Gilbert equation of a macrospin with uniaxial anisotropy along z.
///
/// In units of the anisotropy field Hk and with dτ = γ0 Hk dt / (1 + α²), for the unit vector m:
///
///     dm/dτ = −m × h − α m × (m × h) + m × (m × q) − α m × q
///     h     = bias + field-like torque · s + thermal field + mz ẑ
///     q     = i α ẑ − damping-like torque · s
///
/// with the overdrive i = I/Ic0 of a current through the junction and the polarisation s of the spin current from the
/// strip below it. The thermal field has three independent components, each white with ⟨h h⟩ = α / (Δ (1 + α²)) a unit
/// of τ; the equation is meant in the sense of Stratonovich. It is Gilbert's equation, solved for dm/dt without
/// approximation. Sources: Brown, Phys. Rev. 130, 1677 (1963); Slonczewski, J. Magn. Magn. Mater. 159, L1 (1996) for
/// the torque of the current; the damping-like torque has no dependence on the angle beyond m × (m × ẑ).
public struct MacrospinDynamics: Hashable, Sendable {
    /// Gilbert damping α.
    public var damping: Double
    /// Thermal stability Δ at zero field.
    public var thermalStability: Double
    /// γ0 Hk / (1 + α²).
    public var precessionPerSecond: Double
    /// A field that is always on, over Hk: an applied one or an exchange bias.
    public var biasField: SIMD3<Double>
    /// Unit vector s of the spins that the current in the strip drives into the layer.
    public var spinOrbitPolarization: SIMD3<Double>

    public init(
        damping: Double, thermalStability: Double, precessionPerSecond: Double, biasField: SIMD3<Double> = .zero,
        spinOrbitPolarization: SIMD3<Double> = SIMD3(0, 1, 0)
    ) {
        self.damping = damping
        self.thermalStability = thermalStability
        self.precessionPerSecond = precessionPerSecond
        self.biasField = biasField
        self.spinOrbitPolarization = spinOrbitPolarization
    }

    /// The dynamics of a layer, with the bias field over its anisotropy field.
    public init(
        layer: FreeLayer, biasField: SIMD3<Double> = .zero, spinOrbitPolarization: SIMD3<Double> = SIMD3(0, 1, 0)
    ) {
        self.init(
            damping: layer.damping, thermalStability: layer.thermalStability,
            precessionPerSecond: layer.precessionPerSecond, biasField: biasField,
            spinOrbitPolarization: spinOrbitPolarization)
    }

    /// Angle in radians by which one component of the thermal field turns m in a step of so many seconds, root mean
    /// square.
    func thermalAngle(stepSeconds: Double) -> Double {
        (damping * precessionPerSecond * stepSeconds / (thermalStability * (1 + damping * damping))).squareRoot()
    }

    /// Upper bound of the angle in radians by which fields and torques without the thermal one turn m in a step.
    func turn(under drive: TorqueDrive, stepSeconds: Double) -> Double {
        func length(_ vector: SIMD3<Double>) -> Double { (vector * vector).sum().squareRoot() }
        let torques = abs(drive.overdrive) * damping + abs(drive.dampingLike) + abs(drive.fieldLike)
        return precessionPerSecond * stepSeconds * (1 + length(biasField) + torques)
    }
}

/// What currents do to the junction at one moment.
public struct TorqueDrive: Hashable, Sendable {
    /// I/Ic0 of the current through the junction; positive drives towards −z.
    public var overdrive: Double
    /// Damping-like torque of the current in the strip, as a field over Hk.
    public var dampingLike: Double
    /// Its field-like torque, as a field over Hk along the polarisation.
    public var fieldLike: Double

    public init(overdrive: Double = 0, dampingLike: Double = 0, fieldLike: Double = 0) {
        self.overdrive = overdrive
        self.dampingLike = dampingLike
        self.fieldLike = fieldLike
    }

    /// No current.
    public static let none = TorqueDrive()

    /// The drive that lies `share` of the way to another.
    func interpolated(to other: TorqueDrive, share: Double) -> TorqueDrive {
        func between(_ a: Double, _ b: Double) -> Double { a + (b - a) * share }
        return TorqueDrive(
            overdrive: between(overdrive, other.overdrive), dampingLike: between(dampingLike, other.dampingLike),
            fieldLike: between(fieldLike, other.fieldLike))
    }
}
