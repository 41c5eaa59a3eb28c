import Engine
import Verification

/// A design as a command names it: its name and the parameters set.
struct DesignArguments {
    let name: String
    let settings: [(key: String, value: String)]

    static let positional = PositionalSpecification(
        "DESIGN", choices: Catalog.designs.map { $0.name }, help: "the design, one of 'hwgen list'")

    static let options = [
        OptionSpecification(
            "set", .keyValue, occurrence: .repeated, help: "a parameter of the design, one of 'hwgen list'"),
        OptionSpecification(
            "config", .text, placeholder: "F.toml", help: "a file with a table [parameters]; --set goes before it"),
    ]

    init(_ command: ParsedCommand) throws {
        name = try command.text("DESIGN")
        var settings: [(key: String, value: String)] = []
        if let path = command.optionalText("config") { settings = try ParameterFile.read(path) }
        self.settings = settings + command.pairs("set")
    }

    var pair: any BlockPair.Type {
        get throws {
            guard let pair = Catalog.design(named: name) else { throw DesignError.unknown(name) }
            return pair
        }
    }

    /// The design's module with its parameters set, ranges and relations checked.
    func hardware<Pair: BlockPair>(_ pair: Pair.Type) throws -> Pair.Hardware {
        var hardware = Pair.Hardware()
        for (key, text) in settings {
            guard let value = Int(text) else {
                throw DesignError.notANumber(parameter: key, found: text)
            }
            do {
                try hardware.set(key, to: value)
            } catch .unknown(let name, let known) {
                throw DesignError.unknownParameter(name, nearest: nearestName(to: name, among: known), known: known)
            }
        }
        try hardware.validate()
        return hardware
    }
}

/// A design or parameter that there is not.
enum DesignError: Error, Equatable, CustomStringConvertible {
    case unknown(String)
    case notANumber(parameter: String, found: String)
    case unknownParameter(String, nearest: String?, known: [String])

    var description: String {
        switch self {
        case .unknown(let name):
            "unknown design '\(name)'; see 'hwgen list'"
        case .notANumber(let parameter, let found):
            "parameter \(parameter): found '\(found)', allowed is a whole number"
        case .unknownParameter(let name, let nearest, let known):
            "unknown parameter '\(name)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
                + " (parameters: \(known.joined(separator: ", ")))"
        }
    }
}
