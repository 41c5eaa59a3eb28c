/// One junction at its temperature, in numbers.
public struct Junction: Hashable, Sendable {
    public var layer: FreeLayer
    /// Spin polarisation; nil for a junction through which no current writes.
    public var polarization: Double?
    /// Slonczewski's Λ: a torque that depends on the angle, 1 for none of that.
    public var asymmetry: Double
    public var resistance: JunctionResistance?
    public var strip: HeavyMetalStrip?

    public init(
        layer: FreeLayer, polarization: Double?, asymmetry: Double = 1, resistance: JunctionResistance? = nil,
        strip: HeavyMetalStrip? = nil
    ) {
        self.layer = layer
        self.polarization = polarization
        self.asymmetry = asymmetry
        self.resistance = resistance
        self.strip = strip
    }

    /// The two ways a current can switch a junction.
    public enum Direction: String, CaseIterable, Sendable {
        case parallelToAntiparallel = "p-to-ap"
        case antiparallelToParallel = "ap-to-p"

        /// Cosine of the angle between the layers where x = 1, the state that is left.
        var cosineAtStart: Double { self == .parallelToAntiparallel ? 1 : -1 }
    }

    /// Critical current of switching without heat, Ic0 = 4 e α Eb / (ħ P), for leaving the parallel state; leaving the
    /// antiparallel one takes 1/Λ² of it.
    ///
    /// Source: Sun, Phys. Rev. B 62, 570 (2000), for the energy barrier of a perpendicular layer.
    public var criticalCurrentAmperes: Double? {
        polarization.map { polarization in
            4 * PhysicalConstants.elementaryCharge * layer.damping * layer.energyBarrierJoules
                / (PhysicalConstants.reducedPlanck * polarization)
        }
    }

    /// Torque of a current at an angle over that at the parallel state: 2Λ² / ((Λ² + 1) + (Λ² − 1) cos θ).
    ///
    /// Source: Slonczewski, J. Magn. Magn. Mater. 247, 324 (2002).
    public func torqueShare(cosine: Double) -> Double {
        let square = asymmetry * asymmetry
        return 2 * square / ((square + 1) + (square - 1) * cosine)
    }

    /// A deviation of a cell from the nominal device, in relative amounts.
    public struct Deviation: Hashable, Sendable {
        public var diameter = 0.0
        public var thickness = 0.0
        public var oxide = 0.0
        public var magnetoresistance = 0.0

        public init(diameter: Double = 0, thickness: Double = 0, oxide: Double = 0, magnetoresistance: Double = 0) {
            self.diameter = diameter
            self.thickness = thickness
            self.oxide = oxide
            self.magnetoresistance = magnetoresistance
        }
    }
}
