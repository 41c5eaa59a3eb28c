/// One number of an amplifier technology, by the name that files and lists use; the unit is part of the name.
public struct AmplifierParameter: Sendable {
    public let name: String
    /// What it is, for lists.
    public let meaning: String
    let path: any WritableKeyPath<AmplifierTechnology, Double> & Sendable

    init(
        _ name: String, _ meaning: String, _ path: any WritableKeyPath<AmplifierTechnology, Double> & Sendable
    ) {
        self.name = name
        self.meaning = meaning
        self.path = path
    }
}

extension AmplifierTechnology {
    /// Every number of a technology, in the order in which files and lists have them.
    public static let parameters: [AmplifierParameter] = circuitParameters + domainParameters + coefficientParameters

    /// The numbers of the circuit, which a calibration starts from.
    public static let circuitParameters: [AmplifierParameter] = [
        .init("supply_v", "supply", \.circuit.supplyVolts),
        .init("nmos_width_m", "width of the latch's N transistors", \.circuit.nmosWidthMetres),
        .init("pmos_width_m", "width of the P transistors", \.circuit.pmosWidthMetres),
        .init("tail_width_m", "width of the tail transistor", \.circuit.tailWidthMetres),
        .init("length_m", "channel length", \.circuit.lengthMetres),
        .init("output_f", "wiring and load of an output", \.circuit.outputFarads),
        .init("inner_f", "wiring of an inner node", \.circuit.innerFarads),
        .init("edge_s", "edge of the sense signal", \.circuit.edgeSeconds),
        .init("temperature_k", "temperature", \.circuit.temperatureKelvin),
    ]

    private static let domainParameters: [AmplifierParameter] = [
        .init("low_minimum_ohm", "smallest low resistance checked", \.lowMinimumOhms),
        .init("low_maximum_ohm", "largest low resistance checked", \.lowMaximumOhms),
        .init("ratio_minimum", "smallest resistance ratio checked", \.ratioMinimum),
        .init("ratio_maximum", "largest resistance ratio checked", \.ratioMaximum),
        .init("sigma_vth_maximum_v", "largest threshold spread checked", \.domain.maximumSigmaVolts),
        .init("sigma_ln_r_maximum", "largest junction spread checked", \.domain.maximumSigmaLogResistance),
    ]

    private static let coefficientParameters: [AmplifierParameter] = [
        .init("delay_constant_s", "delay, constant", \.delay.constantSeconds),
        .init("delay_s_per_ohm", "delay by the winner's resistance", \.delay.secondsPerOhm),
        .init("delay_growth_s", "growth time constant", \.delay.growthSeconds),
        .init("delay_growth_s_per_ohm", "growth time constant by the resistance", \.delay.growthSecondsPerOhm),
        .init("delay_margin_s", "delay by the margin", \.delay.marginSeconds),
        .init("delay_nmos_per_v", "ln(delay) by the winner's N threshold", \.delay.nmosPerVolt),
        .init("delay_pmos_per_v", "ln(delay) by the mean P threshold", \.delay.pmosPerVolt),
        .init("energy_constant_j", "evaluation energy, constant", \.energy.constantJoules),
        .init("energy_j_ohm", "evaluation energy by the conductance", \.energy.jouleOhms),
        .init("energy_growth_j", "evaluation energy a time constant", \.energy.growthJoules),
        .init("energy_margin_j", "evaluation energy by the margin", \.energy.marginJoules),
        .init("energy_precharge_j", "energy of a pre-charge", \.energy.prechargeJoules),
        .init("boundary_nmos_per_v", "N slope of the boundary, constant", \.boundary.nmosPerVolt),
        .init("boundary_nmos_root_ohm_per_v", "N slope by 1/sqrt(G)", \.boundary.nmosRootOhmsPerVolt),
        .init("boundary_nmos_ohm_per_v", "N slope by 1/G", \.boundary.nmosOhmsPerVolt),
        .init("boundary_pmos_per_v", "P slope of the boundary", \.boundary.pmosPerVolt),
        .init("precharge_start_s", "pre-charge, start of the decay", \.precharge.startSeconds),
        .init("precharge_time_constant_s", "pre-charge, time constant", \.precharge.timeConstantSeconds),
        .init("precharge_history_gain", "N threshold shift a volt left over", \.precharge.historyGain),
        .init("read_drive_v", "voltage behind the read current", \.read.driveVolts),
        .init("read_drive_ohm", "resistance behind the read current", \.read.driveOhms),
        .init("read_charge_c", "charge through the winner", \.read.chargeCoulombs),
        .init("noise_v", "thermal noise between the N thresholds", \.noiseVolts),
    ]

    public subscript(parameter: AmplifierParameter) -> Double {
        get { self[keyPath: parameter.path] }
        set { self[keyPath: parameter.path] = newValue }
    }

    /// A technology from named numbers, all of them and no other.
    ///
    /// Throws `SensingError` for a name that is missing or unknown, for a number of the circuit or the domain
    /// that is not positive, and for a domain that is empty.
    public init(name: String, source: String, numbers: [String: Double]) throws(SensingError) {
        self = .ptm45
        self.name = name
        self.source = source
        let known = Set(Self.parameters.map(\.name))
        if let stray = numbers.keys.sorted().first(where: { !known.contains($0) }) { throw .unknownParameter(stray) }
        for parameter in Self.circuitParameters + Self.domainParameters {
            guard let value = numbers[parameter.name] else { throw .missingParameter(parameter.name) }
            try requirePositive(parameter.name, value)
        }
        for ends in [("low_minimum_ohm", "low_maximum_ohm"), ("ratio_minimum", "ratio_maximum")] {
            let low = numbers[ends.0] ?? 0
            try require(ends.1, numbers[ends.1] ?? 0, in: low...Double.greatestFiniteMagnitude)
        }
        domain.lowOhms = (numbers["low_minimum_ohm"] ?? 0)...(numbers["low_maximum_ohm"] ?? 0)
        domain.ratio = (numbers["ratio_minimum"] ?? 0)...(numbers["ratio_maximum"] ?? 0)
        for parameter in Self.parameters {
            guard let value = numbers[parameter.name] else { throw .missingParameter(parameter.name) }
            try require(parameter.name, value, in: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)
            self[parameter] = value
        }
    }

    /// The technology as a TOML document: name, source, then one number a line.
    public var toml: String {
        let head = "name = \(Self.quoted(name))\nsource = \(Self.quoted(source))\n"
        return Self.parameters.reduce(into: head) { text, parameter in
            text += "\(parameter.name) = \(self[parameter])\n"
        }
    }

    /// A TOML basic string.
    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                "\\u" + String(repeating: "0", count: scalar.value < 0x10 ? 3 : 2) + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }

    private var lowMinimumOhms: Double {
        get { domain.lowOhms.lowerBound }
        set { domain.lowOhms = newValue...max(newValue, domain.lowOhms.upperBound) }
    }
    private var lowMaximumOhms: Double {
        get { domain.lowOhms.upperBound }
        set { domain.lowOhms = min(newValue, domain.lowOhms.lowerBound)...newValue }
    }
    private var ratioMinimum: Double {
        get { domain.ratio.lowerBound }
        set { domain.ratio = newValue...max(newValue, domain.ratio.upperBound) }
    }
    private var ratioMaximum: Double {
        get { domain.ratio.upperBound }
        set { domain.ratio = min(newValue, domain.ratio.lowerBound)...newValue }
    }
}
