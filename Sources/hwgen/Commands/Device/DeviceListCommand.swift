import Configuration
import Devices
import Foundation
import Spintronics

/// `hwgen device list`: the devices with their parameters, where these come from, and what follows from them.
enum DeviceListCommand {
    static let specification = CommandSpecification(
        name: "device list", summary: "show the devices, their parameters with sources, and what follows from them",
        options: [
            OptionSpecification("parameters", .flag, help: "show the parameters that a device file may hold instead"),
            OptionSpecification(
                "toml", .text, placeholder: "NAME", help: "print the file of one device instead, to be changed"),
        ],
        examples: ["hwgen device list", "hwgen device list --toml retention-stt"])

    struct Report: Encodable {
        struct Parameter: Encodable {
            let name, unit, source: String
            let value: Double
        }
        struct Derived: Encodable {
            let name, unit: String
            let value: Double
        }
        struct Device: Encodable {
            let name, kind, summary: String
            let parameters: [Parameter]
            let derived: [Derived]
            let warnings: [String]
        }
        let devices: [Device]
    }

    struct Keys: Encodable {
        struct Key: Encodable {
            let name, unit, meaning: String
            let minimum, maximum: Double
        }
        let parameters: [Key]
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        try OptionConflict.refuse("toml", in: command, if: command.isGiven("parameters"), "with --parameters")
        if command.isGiven("parameters") {
            let keys = DeviceParameter.allCases.map {
                Keys.Key(
                    name: $0.rawValue, unit: $0.unit, meaning: $0.meaning, minimum: $0.allowed.lowerBound,
                    maximum: $0.allowed.upperBound)
            }
            try output.result(Keys(parameters: keys), text: keys.map(text).joined(separator: "\n"))
            return .done
        }
        if let name = command.optionalText("toml") {
            guard let text = DeviceCatalog.text(name) else {
                throw DeviceArgumentError.notInCatalogue(
                    name, nearest: nearestName(to: name, among: DeviceCatalog.names), known: DeviceCatalog.names)
            }
            try output.result(["name": name, "toml": text], text: text)
            return .done
        }
        let devices = try DeviceCatalog.names.compactMap { try DeviceCatalog.device($0) }.map(device)
        try output.result(Report(devices: devices), text: devices.map(text).joined(separator: "\n\n"))
        return .done
    }

    private static func device(_ device: JunctionDevice) throws -> Report.Device {
        let junction = try device.junction()
        return Report.Device(
            name: device.name, kind: device.kind.rawValue, summary: device.summary,
            parameters: DeviceParameter.allCases.compactMap { parameter in
                device.values[parameter].map {
                    .init(name: parameter.rawValue, unit: parameter.unit, source: $0.source, value: $0.number)
                }
            },
            derived: derived(junction), warnings: DeviceArguments.warnings(junction, name: device.name))
    }

    private static func derived(_ junction: Junction) -> [Report.Derived] {
        let layer = junction.layer
        let all: [(String, String, Double?)] = [
            ("delta", "", layer.thermalStability),
            ("anisotropy_field_a_per_m", "A/m", layer.anisotropyFieldAmperesPerMetre),
            ("relaxation_s", "s", 1 / layer.relaxationPerSecond),
            ("attempt_s", "s", layer.attemptSeconds),
            ("critical_current_a", "A", junction.criticalCurrentAmperes),
            ("parallel_ohm", "ohm", junction.resistance?.parallelOhms),
            ("antiparallel_ohm", "ohm", junction.resistance?.antiparallelOhms),
            ("strip_ohm", "ohm", junction.strip?.resistanceOhms),
            (
                "strip_current_a", "A",
                junction.strip?.currentAmperes(fieldOverAnisotropy: 1, layer: layer)
            ),
        ]
        return all.compactMap { name, unit, value in value.map { .init(name: name, unit: unit, value: $0) } }
    }

    private static func text(_ key: Keys.Key) -> String {
        "\(key.name.padding(to: 28)) \(key.unit.padding(to: 7)) "
            + "\(number(key.minimum)) to \(number(key.maximum))".padding(to: 22) + " \(key.meaning)"
    }

    private static func text(_ device: Report.Device) -> String {
        var lines = ["\(device.name) (\(device.kind)): \(device.summary)"]
        lines += device.parameters.map {
            "  \($0.name.padding(to: 28)) \(number($0.value).padding(to: 12)) \($0.unit.padding(to: 7)) \($0.source)"
        }
        lines += device.derived.map {
            "  = \($0.name.padding(to: 26)) \(number($0.value).padding(to: 12)) \($0.unit)".trimmingTail
        }
        return (lines + device.warnings.map { "  warning: \($0)" }).joined(separator: "\n")
    }

    private static func number(_ value: Double) -> String { String(format: "%.6g", value) }
}

extension String {
    fileprivate var trimmingTail: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
