import Foundation

/// A pre-charge sense amplifier of one technology: its circuit, and the few coefficients of its behaviour.
///
/// R is the resistance of the branch that discharges first (the *winner*), x = |ln(R_right / R_left)| the margin,
/// and G = √(R_left R_right). See docs/sensing.md for each law and how far it is from ngspice.
public struct AmplifierTechnology: Hashable, Sendable {
    public var name: String
    /// Where the coefficients come from.
    public var source: String
    public var circuit: AmplifierCircuit
    public var domain: AmplifierDomain

    public var delay: DelayCoefficients
    public var energy: EnergyCoefficients
    public var boundary: BoundaryCoefficients
    public var precharge: PrechargeCoefficients
    public var read: ReadCoefficients
    /// Thermal noise of one sense at the circuit's temperature, as a difference of the two N thresholds (one sigma).
    public var noiseVolts: Double

    public init(
        name: String, source: String, circuit: AmplifierCircuit, domain: AmplifierDomain, delay: DelayCoefficients,
        energy: EnergyCoefficients, boundary: BoundaryCoefficients, precharge: PrechargeCoefficients,
        read: ReadCoefficients, noiseVolts: Double
    ) {
        self.name = name
        self.source = source
        self.circuit = circuit
        self.domain = domain
        self.delay = delay
        self.energy = energy
        self.boundary = boundary
        self.precharge = precharge
        self.read = read
        self.noiseVolts = noiseVolts
    }
}

/// ln coth(x / 2): the number of time constants by which the imbalance (R_high − R_low) / (R_high + R_low) must grow.
func decades(ofMargin x: Double) -> Double { -log(tanh(x / 2)) }

/// The delay from the middle of `sen`'s edge until the outputs differ by half the supply.
///
/// Law: the branch currents differ by the part tanh(x/2) of their sum, and the cross-coupled pair lets that difference
/// grow exponentially, so the delay is a discharge time plus a time constant times ln coth(x/2); both are linear in R.
/// A term in x corrects large margins, and a threshold shift multiplies the delay.
public struct DelayCoefficients: Hashable, Sendable {
    public var constantSeconds: Double
    public var secondsPerOhm: Double
    public var growthSeconds: Double
    public var growthSecondsPerOhm: Double
    public var marginSeconds: Double
    /// Change of ln(delay) per volt of the threshold of the winner's N transistor.
    public var nmosPerVolt: Double
    /// Change of ln(delay) per volt that both P thresholds (of SPICE's sign, so negative is stronger inverted) shift.
    public var pmosPerVolt: Double

    public init(
        constantSeconds: Double, secondsPerOhm: Double, growthSeconds: Double, growthSecondsPerOhm: Double,
        marginSeconds: Double, nmosPerVolt: Double, pmosPerVolt: Double
    ) {
        self.constantSeconds = constantSeconds
        self.secondsPerOhm = secondsPerOhm
        self.growthSeconds = growthSeconds
        self.growthSecondsPerOhm = growthSecondsPerOhm
        self.marginSeconds = marginSeconds
        self.nmosPerVolt = nmosPerVolt
        self.pmosPerVolt = pmosPerVolt
    }

    /// The delay without threshold shifts.
    func seconds(winnerOhms r: Double, margin x: Double) -> Double {
        constantSeconds + secondsPerOhm * r + (growthSeconds + growthSecondsPerOhm * r) * decades(ofMargin: x)
            + marginSeconds * x
    }
}

/// The energy taken from the supply.
///
/// Law: while the outputs are close both inverters conduct, so the evaluation's energy grows with ln coth(x/2); the
/// rest restores the output that stays high, more for a fast discharge. Pre-charging refills the capacitances, the same
/// charge whatever the junctions.
public struct EnergyCoefficients: Hashable, Sendable {
    public var constantJoules: Double
    public var jouleOhms: Double
    public var growthJoules: Double
    public var marginJoules: Double
    /// One pre-charge, after an evaluation that ended.
    public var prechargeJoules: Double

    public init(
        constantJoules: Double, jouleOhms: Double, growthJoules: Double, marginJoules: Double, prechargeJoules: Double
    ) {
        self.constantJoules = constantJoules
        self.jouleOhms = jouleOhms
        self.growthJoules = growthJoules
        self.marginJoules = marginJoules
        self.prechargeJoules = prechargeJoules
    }

    /// Energy of the evaluation.
    func joules(winnerOhms r: Double, margin x: Double) -> Double {
        constantJoules + jouleOhms / r + growthJoules * decades(ofMargin: x) + marginJoules * x
    }
}

/// Where the decision flips: ln(R_right / R_left) = a(G) (dN_left − dN_right) + b (dP_left − dP_right).
///
/// Law: a threshold shift acts like a change of its branch's voltage, and a junction's share of that voltage falls with
/// G, so a shift counts more for small junctions. a = a0 + a1/√G + a2/G, and b is constant.
public struct BoundaryCoefficients: Hashable, Sendable {
    public var nmosPerVolt: Double
    public var nmosRootOhmsPerVolt: Double
    public var nmosOhmsPerVolt: Double
    public var pmosPerVolt: Double

    public init(nmosPerVolt: Double, nmosRootOhmsPerVolt: Double, nmosOhmsPerVolt: Double, pmosPerVolt: Double) {
        self.nmosPerVolt = nmosPerVolt
        self.nmosRootOhmsPerVolt = nmosRootOhmsPerVolt
        self.nmosOhmsPerVolt = nmosOhmsPerVolt
        self.pmosPerVolt = pmosPerVolt
    }

    /// a(G), per volt: flip of the logarithmic ratio per volt between the N thresholds.
    public func nmosSlope(geometricMeanOhms g: Double) -> Double {
        nmosPerVolt + nmosRootOhmsPerVolt / g.squareRoot() + nmosOhmsPerVolt / g
    }
}

/// How fast the outputs forget the last decision.
///
/// Law: the pre-charge transistors close the difference exponentially, v = supply · exp(−(t − start) / timeConstant).
/// What remains favours the last decision like a shift of `historyGain` · v between the N thresholds.
public struct PrechargeCoefficients: Hashable, Sendable {
    public var startSeconds: Double
    public var timeConstantSeconds: Double
    public var historyGain: Double

    public init(startSeconds: Double, timeConstantSeconds: Double, historyGain: Double) {
        self.startSeconds = startSeconds
        self.timeConstantSeconds = timeConstantSeconds
        self.historyGain = historyGain
    }
}

/// The current through the junction of the winner.
///
/// Law: the peak current is that of a voltage behind a resistance, I = V / (R + R_drive), and the charge is that of the
/// output which discharges, the same whatever R; charge over peak is the width of the equivalent rectangular pulse.
public struct ReadCoefficients: Hashable, Sendable {
    public var driveVolts: Double
    public var driveOhms: Double
    public var chargeCoulombs: Double

    public init(driveVolts: Double, driveOhms: Double, chargeCoulombs: Double) {
        self.driveVolts = driveVolts
        self.driveOhms = driveOhms
        self.chargeCoulombs = chargeCoulombs
    }
}
