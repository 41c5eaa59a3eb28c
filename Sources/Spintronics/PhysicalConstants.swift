/// Constants of nature in SI units, CODATA 2018 (the first three are exact by the definition of the SI).
public enum PhysicalConstants {
    /// Boltzmann constant in joules a kelvin.
    public static let boltzmann = 1.380649e-23
    /// Elementary charge in coulombs.
    public static let elementaryCharge = 1.602176634e-19
    /// Reduced Planck constant in joule seconds, h / 2π.
    public static let reducedPlanck = 1.054571817e-34
    /// Vacuum permeability in henries a metre.
    public static let vacuumPermeability = 1.25663706212e-6
    /// Gyromagnetic ratio of the electron times the vacuum permeability, in metres an ampere and second: a field in
    /// amperes a metre times it is an angular frequency.
    public static let gyromagneticRatio = 2.2127618e5
}
