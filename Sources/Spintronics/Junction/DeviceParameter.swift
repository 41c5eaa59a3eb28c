/// A number that describes a device, by the key that device files and the command line use. All are SI.
public enum DeviceParameter: String, CaseIterable, Sendable {
    // Free layer.
    case diameter = "diameter_m"
    case thickness = "thickness_m"
    case saturation = "ms_a_per_m"
    case damping
    case thermalStability = "delta"
    case anisotropyField = "anisotropy_field_a_per_m"
    case temperature = "temperature_k"
    // Spin-transfer torque.
    case polarization
    case asymmetry = "slonczewski_lambda"
    // Laws of temperature.
    case referenceTemperature = "reference_temperature_k"
    case curieTemperature = "curie_temperature_k"
    case anisotropySlope = "anisotropy_slope_a_per_m_k"
    case barrierExponent = "barrier_exponent"
    case polarizationDecay = "polarization_decay_per_k15"
    // Resistance.
    case resistanceArea = "resistance_area_ohm_m2"
    case magnetoresistance = "tmr"
    case halfVoltage = "tmr_half_voltage_v"
    case oxideThickness = "oxide_thickness_m"
    case oxideBarrier = "oxide_barrier_ev"
    case breakdownVoltage = "breakdown_voltage_v"
    case accessResistance = "access_resistance_ohm"
    // Spin-orbit torque and its strip.
    case spinHallAngle = "spin_hall_angle"
    case fieldLikeRatio = "field_like_ratio"
    case inPlaneField = "in_plane_field_over_hk"
    case stripLength = "strip_length_m"
    case stripWidth = "strip_width_m"
    case stripThickness = "strip_thickness_m"
    case stripResistivity = "strip_resistivity_ohm_m"
    case junctionsPerString = "junctions_per_string"
    // Spread from cell to cell, as relative standard deviations.
    case diameterSpread = "sigma_diameter"
    case thicknessSpread = "sigma_thickness"
    case oxideSpread = "sigma_oxide"
    case magnetoresistanceSpread = "sigma_tmr"

    /// The unit as it is written after a value; empty for a pure number.
    public var unit: String { description.unit }
    /// The values that make sense; a device outside is refused.
    public var allowed: ClosedRange<Double> { description.allowed }
    /// What it is, a clause.
    public var meaning: String { description.meaning }

    private var description: (unit: String, allowed: ClosedRange<Double>, meaning: String) {
        // Spreads: a cell deviates by four of them at most, and what is left of it has to be above zero.
        switch self {
        case .diameter: ("m", 1e-9...1e-6, "diameter of the circular free layer")
        case .thickness: ("m", 1e-10...1e-8, "thickness of the free layer")
        case .saturation: ("A/m", 1e4...3e6, "saturation magnetisation")
        case .damping: ("", 1e-4...1, "Gilbert damping")
        case .thermalStability: ("", 1...500, "energy barrier over kB T")
        case .anisotropyField: ("A/m", 1e2...1e7, "effective perpendicular anisotropy field")
        case .temperature: ("K", 1...1000, "temperature of the junction")
        case .polarization: ("", 0.01...1, "spin polarisation of the current")
        case .asymmetry: ("", 1...10, "Slonczewski's asymmetry of the spin-transfer torque")
        case .referenceTemperature: ("K", 1...1000, "temperature at which the values hold")
        case .curieTemperature: ("K", 100...5000, "Curie temperature of the free layer")
        case .anisotropySlope: ("A/m/K", -1e4...1e4, "change of the anisotropy field with temperature")
        case .barrierExponent: ("", 0...10, "power of the magnetisation that the energy barrier follows")
        case .polarizationDecay: ("1/K^1.5", 0...1e-3, "decay of the electrodes' polarisation with temperature")
        case .resistanceArea: ("ohm m2", 1e-14...1e-6, "resistance-area product of the parallel state")
        case .magnetoresistance: ("", 0.01...20, "tunnel magnetoresistance without voltage")
        case .halfVoltage: ("V", 0.01...10, "voltage that halves the magnetoresistance")
        case .oxideThickness: ("m", 1e-10...1e-8, "thickness of the tunnel oxide")
        case .oxideBarrier: ("eV", 0.01...10, "height of the tunnel barrier")
        case .breakdownVoltage: ("V", 0.01...10, "highest voltage that the oxide may see")
        case .accessResistance: ("ohm", 0...1e6, "resistance of the access transistor when on")
        case .spinHallAngle: ("", 1e-3...10, "damping-like efficiency of the spin-orbit torque")
        case .fieldLikeRatio: ("", -10...10, "field-like over damping-like spin-orbit torque")
        case .inPlaneField: ("", -2...2, "field along the strip over the anisotropy field")
        case .stripLength: ("m", 1e-9...1e-4, "length of the heavy-metal strip")
        case .stripWidth: ("m", 1e-9...1e-4, "width of the heavy-metal strip")
        case .stripThickness: ("m", 1e-10...1e-7, "thickness of the heavy-metal strip")
        case .stripResistivity: ("ohm m", 1e-9...1e-3, "resistivity of the heavy-metal strip")
        case .junctionsPerString: ("", 1...64, "junctions on one strip")
        case .diameterSpread: ("", 0...0.2, "relative standard deviation of the diameter")
        case .thicknessSpread: ("", 0...0.2, "relative standard deviation of the free layer's thickness")
        case .oxideSpread: ("", 0...0.2, "relative standard deviation of the oxide's thickness")
        case .magnetoresistanceSpread: ("", 0...0.2, "relative standard deviation of the magnetoresistance")
        }
    }
}
