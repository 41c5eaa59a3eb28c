/// The free layer of a circular perpendicular junction as one magnetic moment (a macrospin).
///
/// Its demagnetising field is folded into the effective perpendicular anisotropy field, so that it has one energy
/// barrier Eb between its two directions along the axis. All lengths, fields and temperatures are SI.
public struct FreeLayer: Hashable, Sendable {
    public var diameterMetres: Double
    public var thicknessMetres: Double
    /// Saturation magnetisation Ms.
    public var saturationAmperesPerMetre: Double
    /// Gilbert damping α.
    public var damping: Double
    /// Effective perpendicular anisotropy field Hk.
    public var anisotropyFieldAmperesPerMetre: Double
    public var temperatureKelvin: Double

    public init(
        diameterMetres: Double, thicknessMetres: Double, saturationAmperesPerMetre: Double, damping: Double,
        anisotropyFieldAmperesPerMetre: Double, temperatureKelvin: Double
    ) {
        self.diameterMetres = diameterMetres
        self.thicknessMetres = thicknessMetres
        self.saturationAmperesPerMetre = saturationAmperesPerMetre
        self.damping = damping
        self.anisotropyFieldAmperesPerMetre = anisotropyFieldAmperesPerMetre
        self.temperatureKelvin = temperatureKelvin
    }

    /// The layer that has the thermal stability Δ at the temperature: Hk = 2 Δ kB T / (μ0 Ms V).
    public init(
        diameterMetres: Double, thicknessMetres: Double, saturationAmperesPerMetre: Double, damping: Double,
        thermalStability: Double, temperatureKelvin: Double
    ) {
        self.init(
            diameterMetres: diameterMetres, thicknessMetres: thicknessMetres,
            saturationAmperesPerMetre: saturationAmperesPerMetre, damping: damping,
            anisotropyFieldAmperesPerMetre: 0, temperatureKelvin: temperatureKelvin)
        let moment = PhysicalConstants.vacuumPermeability * saturationAmperesPerMetre * volumeCubicMetres
        anisotropyFieldAmperesPerMetre = 2 * thermalStability * PhysicalConstants.boltzmann * temperatureKelvin / moment
    }

    public var areaSquareMetres: Double { .pi / 4 * diameterMetres * diameterMetres }
    public var volumeCubicMetres: Double { areaSquareMetres * thicknessMetres }

    /// Eb = ½ μ0 Ms Hk V.
    public var energyBarrierJoules: Double {
        0.5 * PhysicalConstants.vacuumPermeability * saturationAmperesPerMetre * anisotropyFieldAmperesPerMetre
            * volumeCubicMetres
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
        PhysicalConstants.gyromagneticRatio * anisotropyFieldAmperesPerMetre / (1 + damping * damping)
    }

    /// Time between two attempts to cross the barrier without current, in the limit of a high barrier:
    /// 1 / (rate · √(Δ/π)). Source: Brown, Phys. Rev. 130, 1677 (1963), equation 4.37, for uniaxial anisotropy.
    public var attemptSeconds: Double { 1 / (relaxationPerSecond * (thermalStability / .pi).squareRoot()) }
}
