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
                "set", .keyValue, occurrence: .repeated, help: "a number of the circuit, as in an amplifier file"),
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
        var base = try AmplifierArguments.amplifier(command)
        for (key, value) in command.pairs("set") {
            guard let parameter = AmplifierTechnology.parameters.first(where: { $0.name == key }) else {
                throw SensingError.unknownParameter(key)
            }
            guard let number = Double(value), number.isFinite else {
                throw CalibrationArgumentError.notANumber(key, found: value)
            }
            base[parameter] = number
        }
        let path = try command.text("models")
        var isFolder = ObjCBool(false)
        _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        let models: TransistorModels =
            isFolder.boolValue
            ? .sky130(folder: path)
            : .card(path: path, nmos: try command.text("nmos"), pmos: try command.text("pmos"))
        try models.check()
        let calibration = AmplifierCalibration(circuit: base.circuit, models: models)
        let name = try command.text("name")
        output.note("Simulating the amplifier with ngspice")
        let result = try calibration.calibrate(
            name: name, source: "hwgen device calibrate, from \(base.name)", noiseVolts: base.noiseVolts)
        let file = try command.text("output")
        try writeFile(file, Array(result.technology.toml.utf8))
        let report = Report(
            amplifier: name, path: file,
            residuals: result.residuals.map {
                .init(law: $0.law, points: $0.points, maximum: $0.maximum, root_mean_square: $0.rootMeanSquare)
            })
        try output.result(report, text: text(report))
        return .done
    }

    private static func text(_ report: Report) -> String {
        let lines = report.residuals.map {
            "\($0.law.padding(to: 24)) \(String(format: "%3d points, at most %.2f %%, rms %.2f %%", $0.points, 100 * $0.maximum, 100 * $0.root_mean_square))"
        }
        return (["\(report.amplifier) in \(report.path); what the laws leave of ngspice's values:"] + lines)
            .joined(separator: "\n")
    }
}

enum CalibrationArgumentError: Error, Equatable, CustomStringConvertible {
    case notANumber(String, found: String)

    var description: String {
        switch self {
        case .notANumber(let key, let found): "--set: \(key): found '\(found)', allowed a number"
        }
    }
}
