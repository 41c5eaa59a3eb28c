import Configuration
import Devices
import Spintronics

/// A device as a command names it: from the catalogue or a file, with parameters set.
struct DeviceArguments {
    let device: JunctionDevice

    static let options = [
        OptionSpecification(
            "device", .text, placeholder: "NAME|F.toml", isRequired: true,
            help: "a device of 'hwgen device list', or a device file"),
        OptionSpecification(
            "set", .keyValue, occurrence: .repeated,
            help: "a parameter of the device, in SI units; see 'hwgen device list --parameters'"),
    ]

    init(_ command: ParsedCommand) throws {
        var device = try Self.named(try command.text("device"))
        for (key, value) in command.pairs("set") {
            guard let parameter = DeviceParameter(rawValue: key) else {
                throw DeviceArgumentError.unknownParameter(
                    key, nearest: nearestName(to: key, among: DeviceParameter.allCases.map(\.rawValue)))
            }
            guard let number = Double(value), number.isFinite else {
                throw DeviceArgumentError.notANumber(parameter, found: value)
            }
            device = try device.setting(parameter, to: number)
        }
        self.device = device
    }

    private static func named(_ text: String) throws -> JunctionDevice {
        if text.hasSuffix(".toml") || text.contains("/") {
            return try DeviceFile.read(text, isInterrupted: { Interrupt.isRequested })
        }
        guard let device = try DeviceCatalog.device(text) else {
            throw DeviceArgumentError.unknownDevice(
                text, nearest: nearestName(to: text, among: DeviceCatalog.names), known: DeviceCatalog.names)
        }
        return device
    }

    /// What a user should know before relying on the device.
    static func warnings(_ junction: Junction, name: String) -> [String] {
        let stability = junction.layer.thermalStability
        guard stability < JunctionDevice.leastNonVolatileStability else { return [] }
        return [
            "device '\(name)': its thermal stability is \(decimal(stability, 1)), below "
                + "\(Int(JunctionDevice.leastNonVolatileStability)): the bit is not non-volatile"
        ]
    }
}

/// A device or parameter that there is not.
enum DeviceArgumentError: Error, Equatable, CustomStringConvertible {
    case unknownDevice(String, nearest: String?, known: [String])
    case notInCatalogue(String, nearest: String?, known: [String])
    case unknownParameter(String, nearest: String?)
    case notANumber(DeviceParameter, found: String)

    var description: String {
        switch self {
        case .unknownDevice(let name, let nearest, let known):
            "--device: found '\(name)', allowed \(known.joined(separator: ", ")), or a file with the ending .toml"
                + (nearest.map { "; did you mean '\($0)'?" } ?? "")
        case .notInCatalogue(let name, let nearest, let known):
            "--toml: found '\(name)', allowed \(known.joined(separator: ", "))"
                + (nearest.map { "; did you mean '\($0)'?" } ?? "")
        case .unknownParameter(let key, let nearest):
            "--set: found parameter '\(key)', allowed those that 'hwgen device list --parameters' shows"
                + (nearest.map { "; did you mean '\($0)'?" } ?? "")
        case .notANumber(let parameter, let found):
            "--set: \(parameter.rawValue): found '\(found)', allowed a number"
                + (parameter.unit.isEmpty ? "" : " in \(parameter.unit), without its unit")
        }
    }
}
