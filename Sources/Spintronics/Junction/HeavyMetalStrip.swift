/// The heavy-metal strip under a junction that is written by spin-orbit torque, with the field along it.
public struct HeavyMetalStrip: Hashable, Sendable {
    /// Damping-like efficiency; nil where only torques, not currents, are known.
    public var spinHallAngle: Double?
    /// Field-like over damping-like torque.
    public var fieldLikeRatio: Double
    /// Field along the strip over the anisotropy field of the layer, there all the time.
    public var inPlaneFieldOverAnisotropy: Double
    public var lengthMeters: Double?
    public var widthMeters: Double?
    public var thicknessMeters: Double?
    public var resistivityOhmMeters: Double?

    public var resistanceOhms: Double? {
        guard let lengthMeters, let widthMeters, let thicknessMeters, let resistivityOhmMeters else { return nil }
        return resistivityOhmMeters * lengthMeters / (widthMeters * thicknessMeters)
    }

    /// Current that gives a damping-like field of so many times the anisotropy field.
    ///
    /// H_DL = ħ θ J / (2 e μ0 Ms t) with the current density J in the strip. Source: Manchon et al., Rev. Mod. Phys. 91,
    /// 035004 (2019), section II.
    public func currentAmperes(fieldOverAnisotropy: Double, layer: FreeLayer) -> Double? {
        guard let spinHallAngle, let widthMeters, let thicknessMeters else { return nil }
        let field = fieldOverAnisotropy * layer.anisotropyFieldAmperesPerMeter
        let density =
            field * 2 * PhysicalConstants.elementaryCharge * PhysicalConstants.vacuumPermeability
            * layer.saturationAmperesPerMeter * layer.thicknessMeters
            / (PhysicalConstants.reducedPlanck * spinHallAngle)
        return density * widthMeters * thicknessMeters
    }
}
