/// Why a device cannot be, or cannot be asked what it was asked. Each description is one line.
public enum DeviceError: Error, Equatable, Sendable {
    case absent(DeviceParameter, device: String, needed: String)
    case outOfRange(DeviceParameter, device: String, found: Double)
    /// Thermal stability and anisotropy field are both given and do not belong together.
    case contradictory(device: String, thermalStability: Double, fromField: Double)
    /// A parameter that another one needs, or that devices of the kind do not have.
    case superfluous(DeviceParameter, device: String, kind: DeviceKind)
    /// At or above the Curie temperature there is no magnet.
    case aboveCurie(device: String, temperatureKelvin: Double, curieKelvin: Double)
    /// The anisotropy has changed its sign at this temperature.
    case notPerpendicular(device: String, temperatureKelvin: Double)
    /// The law of the electrodes' polarisation has come to nothing at this temperature.
    case notPolarized(device: String, temperatureKelvin: Double)
    /// A number of the question itself, in the words of the caller's option.
    case argument(name: String, found: Double, allowed: String)
    /// A closed form was asked for where it does not hold.
    case outsideClosedForm(overdrive: Double, allowed: String)
    /// A method that does not hold for devices of the kind.
    case method(SwitchingMethod, device: String, kind: DeviceKind)
    /// A pulse beyond what a table was built for.
    case outsideTable(name: String, found: Double, allowed: ClosedRange<Double>)
}

extension DeviceError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .absent(let parameter, let device, let needed):
            "device '\(device)': \(parameter.rawValue) is absent, needed: \(needed)"
        case .outOfRange(let parameter, let device, let found):
            "device '\(device)': \(parameter.rawValue): found \(found), allowed \(text(parameter.allowed, parameter.unit))"
        case .contradictory(let device, let stability, let fromField):
            "device '\(device)': found delta \(rounded(stability)) and an anisotropy_field_a_per_m that makes it "
                + "\(rounded(fromField)), allowed: one of the two, or both within 1 %"
        case .superfluous(let parameter, let device, let kind):
            "device '\(device)': found \(parameter.rawValue), which devices of kind '\(kind.rawValue)' do not have"
        case .aboveCurie(let device, let temperature, let curie):
            "device '\(device)': found \(rounded(temperature)) K, allowed: below the Curie temperature of "
                + "\(rounded(curie)) K"
        case .notPerpendicular(let device, let temperature):
            "device '\(device)': at \(rounded(temperature)) K its anisotropy is no longer perpendicular, allowed: "
                + "temperatures at which the anisotropy field is above zero"
        case .notPolarized(let device, let temperature):
            "device '\(device)': at \(rounded(temperature)) K its electrodes are no longer polarised, allowed: "
                + "temperatures at which polarization_decay_per_k15 times T^1.5 is below 1"
        case .argument(let name, let found, let allowed):
            "\(name): found \(found), allowed \(allowed)"
        case .outsideClosedForm(let overdrive, let allowed):
            "closed form: found overdrive \(overdrive), allowed \(allowed); the method 'fp' holds everywhere"
        case .method(let method, let device, let kind):
            "device '\(device)': found method '\(method.rawValue)', allowed 'llg' for devices of kind '\(kind.rawValue)', "
                + "which are not symmetric about their axis"
        case .outsideTable(let name, let found, let allowed):
            "table of write errors: \(name): found \(found), allowed \(text(allowed, ""))"
        }
    }

    private func text(_ range: ClosedRange<Double>, _ unit: String) -> String {
        "\(range.lowerBound) to \(range.upperBound)" + (unit.isEmpty ? "" : " \(unit)")
    }

    /// Three decimals at most: enough to see what differs.
    private func rounded(_ number: Double) -> String {
        let thousandths = (number * 1000).rounded() / 1000
        return thousandths == thousandths.rounded() && abs(thousandths) < 1e15
            ? "\(Int(thousandths))" : "\(thousandths)"
    }
}
