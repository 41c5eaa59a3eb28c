/// What is wrong with a command line. Each description is one line that names the place, what was found and what is
/// allowed; the program's name and "error:" are put before it where it is printed.
enum UsageError: Error, Equatable, Sendable {
    /// No argument names a command.
    case noCommand(program: String, commands: [String])
    case unknownCommand(found: String, nearest: String?, commands: [String])
    /// `command` is the whole name, with the program's before it.
    case unknownOption(found: String, command: String, nearest: String?)
    /// An option that stands before the command.
    case misplacedOption(found: String, program: String)
    /// The value is not there; `found` is the option that stands in its place, nil at the end of the line.
    case missingValue(option: String, allowed: String, found: String?)
    /// A flag that was given a value.
    case unexpectedValue(option: String, found: String)
    case repeatedOption(option: String)
    /// A value that is not allowed; commands use it too, for what only they can check.
    case invalidValue(option: String, found: String, allowed: String, nearest: String?)
    /// A required option or positional argument is not there.
    case missingOption(option: String, command: String, help: String)
    /// One positional argument too many.
    case unexpectedArgument(found: String, command: String, positionals: [String])
    /// The table of commands contradicts itself, or the parser's library failed.
    case parserFailure(reason: String)
}

extension UsageError: CustomStringConvertible {
    var description: String {
        switch self {
        case .noCommand(let program, let commands):
            "no command given (commands: \(list(commands))); '\(program) --help' says what they do"
        case .unknownCommand(let found, let nearest, let commands):
            "unknown command \(quoted(found))\(meant(nearest)) (commands: \(list(commands)))"
        case .unknownOption(let found, let command, let nearest):
            "unknown option \(quoted(found)) for '\(command)'"
                + (nearest == nil ? "; '\(command) --help' lists its options" : meant(nearest))
        case .misplacedOption(let found, let program):
            "option \(quoted(found)) stands before the command; write '\(program) COMMAND \(found)'"
        case .missingValue(let option, let allowed, let found?):
            "\(option): found option \(quoted(found)) in place of a value, allowed \(allowed)"
                + (option.hasPrefix("--") ? "; '\(option)=\(found)' if it is the value" : "")
        case .missingValue(let option, let allowed, nil):
            "\(option): found no value, allowed \(allowed)"
        case .unexpectedValue(let option, let found):
            "\(option): found value \(quoted(found)), allowed no value"
        case .repeatedOption(let option):
            "\(option): found more than once, allowed once"
        case .invalidValue(let option, let found, let allowed, let nearest):
            "\(option): found \(quoted(found)), allowed \(allowed)\(meant(nearest))"
        case .missingOption(let option, let command, let help):
            "'\(command)' needs \(option): \(help)"
        case .unexpectedArgument(let found, let command, let positionals):
            "unexpected argument \(quoted(found)) for '\(command)', allowed \(allowedPositionals(positionals))"
        case .parserFailure(let reason):
            "the command line could not be parsed: \(reason)"
        }
    }
}

private func list(_ names: [String]) -> String { names.joined(separator: ", ") }

private func meant(_ nearest: String?) -> String { nearest.map { "; did you mean '\($0)'?" } ?? "" }

private func allowedPositionals(_ positionals: [String]) -> String {
    positionals.isEmpty ? "options only" : positionals.joined(separator: " ")
}

/// A text from outside in quotes, in one line whatever it holds.
private func quoted(_ text: String) -> String {
    let printable = text.unicodeScalars.map { scalar in
        scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
    }
    return "'\(printable.joined())'"
}
