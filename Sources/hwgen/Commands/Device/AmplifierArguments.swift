import Configuration
import Devices
import Sensing

/// An amplifier as a command names it: built in, or a file.
enum AmplifierArguments {
    static let option = OptionSpecification(
        "amplifier", .text, placeholder: "NAME|F.toml", isRequired: true,
        help: "a built-in amplifier (\(AmplifierTechnology.builtIn.map(\.name).joined(separator: ", "))), or a file of "
            + "'hwgen device calibrate'")

    static func amplifier(_ command: ParsedCommand) throws -> AmplifierTechnology {
        let text = try command.text("amplifier")
        if text.hasSuffix(".toml") || text.contains("/") {
            return try AmplifierFile.read(text, isInterrupted: { Interrupt.isRequested })
        }
        guard let found = AmplifierTechnology.builtIn.first(where: { $0.name == text }) else {
            let names = AmplifierTechnology.builtIn.map(\.name)
            throw AmplifierArgumentError.unknown(text, nearest: nearestName(to: text, among: names), known: names)
        }
        return found
    }
}

/// An amplifier, or a pair of resistances, that there is not.
enum AmplifierArgumentError: Error, Equatable, CustomStringConvertible {
    case unknown(String, nearest: String?, known: [String])
    case pairs(low: Int, high: Int)

    var description: String {
        switch self {
        case .unknown(let name, let nearest, let known):
            "--amplifier: found '\(name)', allowed \(known.joined(separator: ", ")), or a file with the ending .toml"
                + (nearest.map { "; did you mean '\($0)'?" } ?? "")
        case .pairs(let low, let high):
            "--r-high: found \(high) values, allowed \(low), one for each of --r-low"
        }
    }
}
