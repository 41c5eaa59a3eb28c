import Figures
import Sensing
import Foundation
import Spintronics

/// `hwgen device plot`: figures of a device's writes.
enum DevicePlotCommand {
    static let specification = CommandSpecification(
        name: "device plot", summary: "draw a device's switching, write errors and energy as SVG",
        details:
            "With an amplifier its errors are drawn too, and with transistor models its waves by ngspice. A device "
            + "that is not symmetric about its axis, or whose torque depends on the angle, has no such figures.",
        options: DeviceArguments.options + [
            OptionSpecification(
                "amplifier", .text, placeholder: "NAME|F.toml", help: "the amplifier that reads the device"),
            OptionSpecification(
                "models", .text, placeholder: "DIR", help: "the transistor models that scripts/sky130 prints"),
            OptionSpecification("trials", .integer(100...1_000_000), default: "2000", help: "trials of each point"),
            OptionSpecification(
                "output", short: "o", .text, placeholder: "DIR", default: "figures", help: "folder for the figures"),
            .seed(), .jobs,
        ],
        examples: [
            "hwgen device plot --device retention-stt -o figures",
            "hwgen device plot --device retention-stt --amplifier sky130-pcsa --models \"$(scripts/sky130)\"",
        ])

    struct Report: Encodable {
        let device: String
        let files: [String]
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let device = try DeviceArguments(command).device
        let folder = try command.text("output")
        let figures = try DeviceFigures(device)
        var files: [String] = []
        let plan = TrialPlan(
            trials: try command.integer("trials"), seed: try command.unsigned("seed"), threads: command.jobs)
        var makers: [(String, () throws -> Figure?)] = [
            ("switching", { try figures.switching(plan) }), ("write-errors", figures.writeErrors),
            ("energy", figures.energy),
        ]
        makers += try sensing(command, figures)
        for (name, make) in makers {
            if Interrupt.isRequested { throw Interrupted() }
            guard let figure = try make() else { continue }
            let path = "\(folder)/\(device.name)-\(name).svg"
            try figure.draw(to: path)
            files.append(path)
        }
        try output.result(Report(device: device.name, files: files), text: files.joined(separator: "\n"))
        return .done
    }

    private static func sensing(
        _ command: ParsedCommand, _ figures: DeviceFigures
    ) throws -> [(String, () throws -> Figure?)] {
        guard command.isGiven("amplifier") else {
            try OptionConflict.refuse("models", in: command, if: true, "without --amplifier")
            return []
        }
        guard let resistance = figures.junction.resistance else {
            throw DeviceError.argument(name: "sensing: resistance_area_ohm_m2", found: 0, allowed: "above 0")
        }
        let sensing = SensingFigures(
            amplifier: PrechargeSenseAmplifier(try AmplifierArguments.amplifier(command)), resistance: resistance,
            title: figures.device.name)
        guard let models = command.optionalText("models") else { return [("sensing-errors", sensing.errors)] }
        return [
            ("sensing-errors", sensing.errors),
            ("sensing-waves", { try sensing.waves(.sky130(folder: models)) }),
        ]
    }
}
