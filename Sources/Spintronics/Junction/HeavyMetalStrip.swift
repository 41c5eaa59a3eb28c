/// The heavy-metal strip under a junction that is written by spin-orbit torque, with the field along it.
public struct HeavyMetalStrip: Hashable, Sendable {
    /// Damping-like efficiency; nil where only torques, not currents, are known.
    public var spinHallAngle: Double?
    /// Field-like over damping-like torque.
    public var fieldLikeRatio: Double
    /// Field along the strip over the anisotropy field of the layer, there all the time.
    public var inPlaneFieldOverAnisotropy: Double
    public var lengthMetres: Double?
    public var widthMetres: Double?
    public var thicknessMetres: Double?
    public var resistivityOhmMetres: Double?

    public init(
        spinHallAngle: Double? = nil, fieldLikeRatio: Double = 0, inPlaneFieldOverAnisotropy: Double = 0,
        lengthMetres: Double? = nil, widthMetres: Double? = nil, thicknessMetres: Double? = nil,
        resistivityOhmMetres: Double? = nil
    ) {
        self.spinHallAngle = spinHallAngle
        self.fieldLikeRatio = fieldLikeRatio
        self.inPlaneFieldOverAnisotropy = inPlaneFieldOverAnisotropy
        self.lengthMetres = lengthMetres
        self.widthMetres = widthMetres
        self.thicknessMetres = thicknessMetres
        self.resistivityOhmMetres = resistivityOhmMetres
    }

    /// Resistance from end to end; nil where the strip's geometry is not known.
    public var resistanceOhms: Double? {
        guard let lengthMetres, let widthMetres, let thicknessMetres, let resistivityOhmMetres else { return nil }
        return resistivityOhmMetres * lengthMetres / (widthMetres * thicknessMetres)
    }

    /// Current that gives a damping-like field of so many times the anisotropy field.
    ///
    /// H_DL = ħ θ J / (2 e μ0 Ms t) with the current density J in the strip. Source: Manchon et al., Rev. Mod. Phys. 91,
    /// 035004 (2019), section II.
    public func currentAmperes(fieldOverAnisotropy: Double, layer: FreeLayer) -> Double? {
        guard let spinHallAngle, let widthMetres, let thicknessMetres else { return nil }
        let field = fieldOverAnisotropy * layer.anisotropyFieldAmperesPerMetre
        let density =
            field * 2 * PhysicalConstants.elementaryCharge * PhysicalConstants.vacuumPermeability
            * layer.saturationAmperesPerMetre * layer.thicknessMetres
            / (PhysicalConstants.reducedPlanck * spinHallAngle)
        return density * widthMetres * thicknessMetres
    }

    /// Energy of a pulse of a current in the strip, I² R ∫ share² dt: the plateau, and a third of each linear edge. An
    /// identity; the junctions on the strip carry nothing of it.
    public func energyJoules(amperes: Double, pulse: Pulse) -> Double? {
        resistanceOhms.map { ohms in
            amperes * amperes * ohms * (pulse.plateauSeconds + (pulse.riseSeconds + pulse.fallSeconds) / 3)
        }
    }
}
