import Configuration
import Engine
import Verification

/// A design as a command names it: its name and the parameters set.
struct DesignArguments {
    let name: String
    private let settings: [Setting]

    /// A parameter to be set; `place` is file, line and column where it does not come from the command line.
    private struct Setting {
        let key: String
        let value: String
        var place: String?
    }

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
        var settings: [Setting] = []
        if let path = command.optionalText("config") {
            settings = try ParameterFile.entries(path).map {
                Setting(key: $0.key, value: $0.value, place: "\(path):\($0.line):\($0.column)")
            }
        }
        self.settings = settings + command.pairs("set").map { Setting(key: $0.key, value: $0.value) }
    }

    /// A design with parameters that were given as pairs.
    init(name: String, pairs: [(key: String, value: String)]) {
        self.name = name
        settings = pairs.map { Setting(key: $0.key, value: $0.value) }
    }

    var pair: any BlockPair.Type {
        get throws {
            guard let pair = Catalog.design(named: name) else { throw DesignError.unknown(name) }
            return pair
        }
    }

    /// The design's module with its parameters set, ranges and relations checked.
    func hardware<Pair: BlockPair>(_ pair: Pair.Type) throws -> Pair.Hardware {
        let hardware = try parameters(of: Pair.Hardware.self)
        try hardware.validate()
        return hardware
    }

    /// The module with its parameters set, each in its range.
    func parameters<Hardware: ConfigurableModule>(of module: Hardware.Type) throws -> Hardware {
        var hardware = Hardware()
        for setting in settings {
            guard let value = Int(setting.value) else {
                throw DesignError.notANumber(parameter: setting.key, found: setting.value)
            }
            do {
                try hardware.set(setting.key, to: value)
            } catch .unknown(let name, let known) {
                throw DesignError.unknownParameter(
                    name, nearest: nearestName(to: name, among: known), known: known, place: setting.place)
            } catch {
                throw DesignError.parameter("\(error)", place: setting.place)
            }
        }
        return hardware
    }
}

/// A design or parameter that there is not.
enum DesignError: Error, Equatable, CustomStringConvertible {
    case unknown(String)
    case notANumber(parameter: String, found: String)
    case unknownParameter(String, nearest: String?, known: [String], place: String?)
    case parameter(String, place: String?)

    var description: String {
        switch self {
        case .unknown(let name):
            "unknown design '\(name)'; see 'hwgen list'"
        case .notANumber(let parameter, let found):
            "parameter \(parameter): found '\(found)', allowed is a whole number"
        case .parameter(let message, let place):
            (place.map { "\($0): " } ?? "") + message
        case .unknownParameter(let name, let nearest, let known, let place):
            (place.map { "\($0): " } ?? "") + "unknown parameter '\(name)'"
                + (nearest.map { "; did you mean '\($0)'?" } ?? "")
                + " (parameters: \(known.joined(separator: ", ")))"
        }
    }
}
