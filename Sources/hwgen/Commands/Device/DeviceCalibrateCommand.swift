import Configuration
import Foundation
import Sensing
import Tools

/// `hwgen device calibrate`: fits an amplifier's coefficients to ngspice runs of its circuit.
enum DeviceCalibrateCommand {
    static let specification = CommandSpecification(
        name: "device calibrate", summary: "fit a sense amplifier's coefficients to ngspice runs of its circuit",
        details:
            "The circuit (supply, sizes, capacitors) is that of the amplifier named, with --set changed. About 250 "
            + "senses are simulated. Thermal noise is not among them: it stays that of the amplifier named.",
        options: [
            AmplifierArguments.option,
            OptionSpecification(
                "models", .text, placeholder: "PATH", isRequired: true,
                help: "the folder that scripts/sky130 prints, or a SPICE model card"),
            OptionSpecification("nmos", .text, placeholder: "NAME", default: "nmos", help: "N model of the card"),
            OptionSpecification("pmos", .text, placeholder: "NAME", default: "pmos", help: "P model of the card"),
            OptionSpecification(
                "set", .keyValue, occurrence: .repeated,
                help: "a number of the circuit, as in an amplifier file: supply_v, nmos_width_m and so on"),
            OptionSpecification(
                "name", .text, placeholder: "NAME", default: "calibrated", help: "of the new amplifier"),
            OptionSpecification(
                "output", short: "o", .text, placeholder: "F.toml", default: "amplifier.toml", help: "the file to write"
            ),
        ],
        examples: [
            "hwgen device calibrate --amplifier sky130-pcsa --models \"$(scripts/sky130)\" --name mine -o mine.toml"
        ])

    struct Report: Encodable {
        struct Residual: Encodable {
            let law: String
            let points: Int
            let maximum, root_mean_square: Double
        }
        let amplifier, path: String
        let residuals: [Residual]
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let base = try circuit(command)
        let path = try command.text("models")
        var isFolder = ObjCBool(false)
        _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        try OptionConflict.refuse("nmos", in: command, if: isFolder.boolValue, "with a folder of models")
        try OptionConflict.refuse("pmos", in: command, if: isFolder.boolValue, "with a folder of models")
        let models: TransistorModels =
            isFolder.boolValue
            ? .sky130(folder: path)
            : .card(path: path, nmos: try command.text("nmos"), pmos: try command.text("pmos"))
        try models.check()
        // Better now than after the simulation.
        let file = try command.text("output")
        try makeFolder(of: file)
        let calibration = AmplifierCalibration(circuit: base.circuit, models: models)
        let name = try command.text("name")
        output.note("Simulating the amplifier with ngspice")
        let result = try calibration.calibrate(
            name: name, source: "hwgen device calibrate, from \(base.name)", noiseVolts: base.noiseVolts)
        try writeFile(file, Array(result.technology.toml.utf8))
        let report = Report(
            amplifier: name, path: file,
            residuals: result.residuals.map {
                .init(law: $0.law, points: $0.points, maximum: $0.maximum, root_mean_square: $0.rootMeanSquare)
            })
        try output.result(report, text: text(report))
        return .done
    }

    /// The amplifier named, with the circuit as `--set` changes it.
    private static func circuit(_ command: ParsedCommand) throws -> AmplifierTechnology {
        var amplifier = try AmplifierArguments.amplifier(command)
        for (key, value) in command.pairs("set") {
            guard let parameter = AmplifierTechnology.circuitParameters.first(where: { $0.name == key }) else {
                throw CalibrationArgumentError.unknownParameter(key)
            }
            guard let number = Double(value), number > 0, number < .infinity else {
                throw CalibrationArgumentError.notPositive(key, found: value)
            }
            amplifier[parameter] = number
        }
        return amplifier
    }

    private static func text(_ report: Report) -> String {
        let lines = report.residuals.map {
            "\($0.law.padding(to: 24)) \(String(format: "%3d points, at most %.2f %%, rms %.2f %%", $0.points, 100 * $0.maximum, 100 * $0.root_mean_square))"
        }
        return (["\(report.amplifier) in \(report.path); what the laws leave of ngspice's values:"] + lines)
            .joined(separator: "\n")
    }
}

/// A number of a circuit that there is not, or that cannot be.
enum CalibrationArgumentError: Error, Equatable, CustomStringConvertible {
    case unknownParameter(String)
    case notPositive(String, found: String)

    var description: String {
        switch self {
        case .unknownParameter(let key):
            "--set: found parameter '\(key)', allowed \(Self.names.joined(separator: ", "))"
                + (nearestName(to: key, among: Self.names).map { "; did you mean '\($0)'?" } ?? "")
        case .notPositive(let key, let found):
            "--set: \(key): found '\(found)', allowed a number above 0, in the unit of the name"
        }
    }

    private static let names = AmplifierTechnology.circuitParameters.map(\.name)
}
