/// What the netlist of a pre-charge sense amplifier is made of, in SI units.
///
/// Topology: Zhao, Chappert, Javerliac and Noziere, IEEE Transactions on Magnetics 45(10) 3784 (2009). Two pre-charge
/// transistors pull both outputs to the supply while `sen` is low; then the tail transistor opens, both outputs
/// discharge through their branch, and the cross-coupled pair decides for the branch that is faster.
public struct AmplifierCircuit: Hashable, Sendable {
    public var supplyVolts: Double
    /// Width of the two latch transistors of type N.
    public var nmosWidthMetres: Double
    /// Width of the two latch and the two pre-charge transistors of type P.
    public var pmosWidthMetres: Double
    /// Width of the tail transistor.
    public var tailWidthMetres: Double
    /// Channel length of all transistors.
    public var lengthMetres: Double
    /// Wiring and load at each output, without the transistors.
    public var outputFarads: Double
    /// Wiring at the source of each latch transistor and at the drain of the tail, without the transistors.
    public var innerFarads: Double
    /// Time in which `sen` goes from 0 to 100 %.
    public var edgeSeconds: Double
    public var temperatureKelvin: Double

    public init(
        supplyVolts: Double, nmosWidthMetres: Double, pmosWidthMetres: Double, tailWidthMetres: Double,
        lengthMetres: Double, outputFarads: Double = 1e-15, innerFarads: Double = 0.5e-15,
        edgeSeconds: Double = 20e-12, temperatureKelvin: Double = 300.15
    ) {
        self.supplyVolts = supplyVolts
        self.nmosWidthMetres = nmosWidthMetres
        self.pmosWidthMetres = pmosWidthMetres
        self.tailWidthMetres = tailWidthMetres
        self.lengthMetres = lengthMetres
        self.outputFarads = outputFarads
        self.innerFarads = innerFarads
        self.edgeSeconds = edgeSeconds
        self.temperatureKelvin = temperatureKelvin
    }
}

/// The inputs for which the coefficients of an amplifier were checked against a simulation of its circuit.
public struct AmplifierDomain: Hashable, Sendable {
    /// Resistance of the branch that discharges first.
    public var lowOhms: ClosedRange<Double>
    /// Higher over lower branch resistance.
    public var ratio: ClosedRange<Double>
    /// Largest standard deviation of a transistor's threshold voltage.
    public var maximumSigmaVolts: Double
    /// Largest standard deviation of the logarithm of a junction's resistance.
    public var maximumSigmaLogResistance: Double

    public init(
        lowOhms: ClosedRange<Double>, ratio: ClosedRange<Double>, maximumSigmaVolts: Double = 0.06,
        maximumSigmaLogResistance: Double = 0.2
    ) {
        self.lowOhms = lowOhms
        self.ratio = ratio
        self.maximumSigmaVolts = maximumSigmaVolts
        self.maximumSigmaLogResistance = maximumSigmaLogResistance
    }
}
