import Foundation

/// The tunnel oxide, whose thickness makes most of the spread of resistance.
public struct TunnelOxide: Hashable, Sendable {
    public var thicknessMeters: Double
    public var barrierElectronVolts: Double

    public init(thicknessMeters: Double, barrierElectronVolts: Double) {
        self.thicknessMeters = thicknessMeters
        self.barrierElectronVolts = barrierElectronVolts
    }

    /// Resistance-area product at a relative change of the thickness, over the nominal one: t exp(1.025 t √φ) with t in
    /// ångström and φ in electronvolts. Source: Brinkman, Dynes and Rowell, J. Appl. Phys. 41, 1915 (1970), as the
    /// SPINLIB models use it.
    public func resistanceShare(relativeChange: Double) -> Double {
        let nominal = thicknessMeters * 1e10
        return (1 + relativeChange) * exp(1.025 * nominal * relativeChange * barrierElectronVolts.squareRoot())
    }
}

extension Junction {
    /// The junction of a cell that deviates from this one.
    ///
    /// Thermal stability, critical current and resistance follow together from the geometry: the barrier goes with the
    /// volume at constant anisotropy field, the resistance with the area and the oxide.
    public func varied(by deviation: Deviation, oxide: TunnelOxide?) -> Junction {
        var cell = self
        cell.layer.diameterMeters *= 1 + deviation.diameter
        cell.layer.thicknessMeters *= 1 + deviation.thickness
        if let nominal = resistance {
            let area = cell.layer.areaSquareMeters / layer.areaSquareMeters
            let oxideShare = oxide?.resistanceShare(relativeChange: deviation.oxide) ?? (1 + deviation.oxide)
            cell.resistance = JunctionResistance(
                parallelOhms: nominal.parallelOhms * oxideShare / area,
                magnetoresistance: nominal.magnetoresistance * (1 + deviation.magnetoresistance),
                halfVolts: nominal.halfVolts)
        }
        return cell
    }
}
