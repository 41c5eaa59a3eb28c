/// The free layer of a circular perpendicular junction as one magnetic moment (a macrospin).
///
/// Its demagnetising field is folded into the effective perpendicular anisotropy field, so that it has one energy
/// barrier Eb between its two directions along the axis. All lengths, fields and temperatures are SI.
public struct FreeLayer: Hashable, Sendable {
    public var diameterMeters: Double
    public var thicknessMeters: Double
    /// Saturation magnetisation Ms.
    public var saturationAmperesPerMeter: Double
    /// Gilbert damping α.
    public var damping: Double
    /// Effective perpendicular anisotropy field Hk.
    public var anisotropyFieldAmperesPerMeter: Double
    public var temperatureKelvin: Double

    public init(
        diameterMeters: Double, thicknessMeters: Double, saturationAmperesPerMeter: Double, damping: Double,
        anisotropyFieldAmperesPerMeter: Double, temperatureKelvin: Double
    ) {
        self.diameterMeters = diameterMeters
        self.thicknessMeters = thicknessMeters
        self.saturationAmperesPerMeter = saturationAmperesPerMeter
        self.damping = damping
        self.anisotropyFieldAmperesPerMeter = anisotropyFieldAmperesPerMeter
        self.temperatureKelvin = temperatureKelvin
    }

    /// The layer that has the thermal stability Δ at the temperature: Hk = 2 Δ kB T / (μ0 Ms V).
    public init(
        diameterMeters: Double, thicknessMeters: Double, saturationAmperesPerMeter: Double, damping: Double,
        thermalStability: Double, temperatureKelvin: Double
    ) {
        self.init(
            diameterMeters: diameterMeters, thicknessMeters: thicknessMeters,
            saturationAmperesPerMeter: saturationAmperesPerMeter, damping: damping,
            anisotropyFieldAmperesPerMeter: 0, temperatureKelvin: temperatureKelvin)
        let moment = PhysicalConstants.vacuumPermeability * saturationAmperesPerMeter * volumeCubicMeters
        anisotropyFieldAmperesPerMeter = 2 * thermalStability * PhysicalConstants.boltzmann * temperatureKelvin / moment
    }

    public var areaSquareMeters: Double { .pi / 4 * diameterMeters * diameterMeters }
    public var volumeCubicMeters: Double { areaSquareMeters * thicknessMeters }

    /// Eb = ½ μ0 Ms Hk V.
    public var energyBarrierJoules: Double {
        0.5 * PhysicalConstants.vacuumPermeability * saturationAmperesPerMeter * anisotropyFieldAmperesPerMeter
            * volumeCubicMeters
    }

    /// Δ = Eb / (kB T).
    public var thermalStability: Double {
        energyBarrierJoules / (PhysicalConstants.boltzmann * temperatureKelvin)
    }

    /// α γ0 Hk / (1 + α²): the rate at which a small tilt decays; its inverse is the time unit τD of the
    /// Fokker-Planck equation.
    public var relaxationPerSecond: Double {
        damping * precessionPerSecond
    }

    /// γ0 Hk / (1 + α²), the angular frequency of precession about the axis at small tilt.
    public var precessionPerSecond: Double {
        PhysicalConstants.gyromagneticRatio * anisotropyFieldAmperesPerMeter / (1 + damping * damping)
    }

    /// Time between two attempts to cross the barrier without current, in the limit of a high barrier:
    /// 1 / (rate · √(Δ/π)). Source: Brown, Phys. Rev. 130, 1677 (1963), equation 4.37, for uniaxial anisotropy.
    public var attemptSeconds: Double { 1 / (relaxationPerSecond * (thermalStability / .pi).squareRoot()) }
}
