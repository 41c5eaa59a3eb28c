import Figures
import Foundation
import Spintronics

/// `hwgen device plot`: figures of a device's writes.
enum DevicePlotCommand {
    static let specification = CommandSpecification(
        name: "device plot", summary: "draw a device's switching, write errors and energy as SVG",
        options: DeviceArguments.options + [
            OptionSpecification(
                "output", short: "o", .text, placeholder: "DIR", default: "figures", help: "folder for the figures")
        ],
        examples: ["hwgen device plot --device retention-stt -o figures"])

    struct Report: Encodable {
        let device: String
        let files: [String]
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let device = try DeviceArguments(command).device
        let folder = try command.text("output")
        let figures = try DeviceFigures(device)
        var files: [String] = []
        for (name, make) in [
            ("switching", figures.switching), ("write-errors", figures.writeErrors), ("energy", figures.energy),
        ] as [(String, () throws -> Figure?)] {
            if Interrupt.isRequested { throw Interrupted() }
            guard let figure = try make() else { continue }
            let path = "\(folder)/\(device.name)-\(name).svg"
            try figure.draw(to: path)
            files.append(path)
        }
        try output.result(Report(device: device.name, files: files), text: files.joined(separator: "\n"))
        return .done
    }
}
