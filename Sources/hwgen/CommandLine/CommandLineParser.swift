import CShims
import Configuration

/// Turns arguments into a command to run, a text to print or an error to show.
struct CommandLineParser: Sendable {
    /// What a command line asks for.
    enum Request: Equatable, Sendable {
        case run(ParsedCommand)
        /// Help or version: to be printed on standard output, exit status 0.
        case text(String)
        /// To be printed on standard error, exit status 2.
        case failure(UsageError)
    }

    let program: String
    let version: String
    /// What the program is for, as a clause without a full stop.
    let summary: String
    let commands: [CommandSpecification]

    init(program: String, version: String, summary: String = "", commands: [CommandSpecification]) {
        self.program = program
        self.version = version
        self.summary = summary
        self.commands = commands
    }

    /// Parses arguments, the program's own name not among them. Never traps, whatever they are.
    func parse(_ arguments: [String]) -> Request {
        var arguments = arguments
        // `hwgen help emit` is `hwgen emit --help`.
        if arguments.first == "help" { arguments = arguments.dropFirst() + ["--help"] }
        do {
            if let group = arguments.first, commands.contains(where: { $0.group == group }) {
                guard let joined = try joinGroup(group, arguments) else { return .text(groupHelp(group)) }
                arguments = joined
            }
            let table = try CommandTable(program: program, commands: commands)
            return try request(table.parse(arguments), of: table)
        } catch {
            return .failure(error)
        }
    }

    /// Joins the two words of a command of a group into the one word that the table knows; nil asks for the group's help.
    private func joinGroup(_ group: String, _ arguments: [String]) throws(UsageError) -> [String]? {
        let members = commands.filter { $0.group == group }.map(\.name)
        guard arguments.count > 1 else { throw .noCommand(program: "\(program) \(group)", commands: members) }
        if arguments[1] == "--help" || arguments[1] == "-h" { return nil }
        let name = "\(group) \(arguments[1])"
        guard members.contains(name) else {
            throw .unknownCommand(found: name, nearest: nearestName(to: name, among: members), commands: members)
        }
        return [CommandTable.word(name)] + arguments.dropFirst(2)
    }

    private func request(_ outcome: CommandTable.Outcome, of table: CommandTable) throws(UsageError) -> Request {
        let command = outcome.command.map { commands[$0] }
        let fullName = command.map { "\(program) \($0.name)" } ?? program
        let place = command.flatMap { command in outcome.option.map { Place(command, $0) } }
        switch (outcome.status, command, place) {
        case (CSHIMS_OK, let command?, _):
            return .run(try table.values(of: command, fullName: fullName))
        case (CSHIMS_HELP, let command, _):
            return .text(command.map(help(of:)) ?? programHelp())
        case (CSHIMS_VERSION, _, _):
            return .text("\(program) \(version)\n")
        case (CSHIMS_NO_COMMAND, _, _):
            throw .noCommand(program: program, commands: commands.map(\.name))
        case (CSHIMS_UNKNOWN_COMMAND, _, _):
            let names = commands.map(\.name)
            let nearest = nearestName(to: outcome.found, among: names)
            throw .unknownCommand(found: outcome.found, nearest: nearest, commands: names)
        case (CSHIMS_UNKNOWN_OPTION, nil, _):
            throw misplacedOrUnknown(outcome.found)
        case (CSHIMS_UNKNOWN_OPTION, let command?, _):
            let names = command.options.map(\.spelling) + ["--help"]
            let found = optionName(outcome.found)
            throw .unknownOption(found: found, command: fullName, nearest: nearestName(to: found, among: names))
        case (CSHIMS_MISSING_VALUE, _, let place?):
            let found = outcome.found.isEmpty ? nil : outcome.found
            throw .missingValue(option: place.spelling, allowed: place.kind.allowed, found: found)
        case (CSHIMS_UNEXPECTED_VALUE, _, let place?):
            throw .unexpectedValue(option: place.spelling, found: outcome.found)
        case (CSHIMS_REPEATED_OPTION, _, let place?):
            throw .repeatedOption(option: place.spelling)
        case (CSHIMS_MALFORMED, _, let place?):
            throw .invalidValue(
                option: place.spelling, found: outcome.found, allowed: place.kind.allowed, nearest: nil)
        case (CSHIMS_OUT_OF_RANGE, _, let place?):
            throw .invalidValue(
                option: place.spelling, found: outcome.found, allowed: place.kind.allowed(insteadOf: outcome.found),
                nearest: nearestName(to: outcome.found, among: place.choices))
        case (CSHIMS_MISSING_OPTION, _, let place?):
            throw .missingOption(option: place.spelling, command: fullName, help: place.help)
        case (CSHIMS_UNEXPECTED_ARGUMENT, let command?, _):
            throw .unexpectedArgument(
                found: outcome.found, command: fullName, positionals: command.positionals.map(\.name))
        default:
            throw .parserFailure(reason: outcome.found)
        }
    }

    /// An option before the command: known to some command, or to none.
    private func misplacedOrUnknown(_ found: String) -> UsageError {
        let name = optionName(found)
        let isKnown = commands.contains { command in
            command.options.contains { $0.spelling == name || $0.short.map { "-\($0)" } == name }
        }
        if isKnown { return .misplacedOption(found: name, program: program) }
        let nearest = nearestName(to: name, among: ["--help", "--version"])
        return .unknownOption(found: name, command: program, nearest: nearest)
    }

    /// `--name` of `--name=value`.
    private func optionName(_ found: String) -> String {
        found.hasPrefix("--") ? String(found.prefix { $0 != "=" }) : found
    }
}

/// The option or positional that an outcome points to.
private struct Place {
    let spelling: String
    let kind: ValueKind
    let help: String

    /// Positionals are declared first, so they are counted first.
    init(_ command: CommandSpecification, _ index: Int) {
        if index < command.positionals.count {
            let positional = command.positionals[index]
            (spelling, kind, help) = (positional.name, positional.kind, positional.help)
        } else {
            let option = command.options[index - command.positionals.count]
            (spelling, kind, help) = (option.spelling, option.kind, option.help)
        }
    }

    var choices: [String] {
        if case .choice(let choices) = kind { choices } else { [] }
    }
}
