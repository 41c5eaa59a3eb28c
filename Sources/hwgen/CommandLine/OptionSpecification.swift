/// One option of a command.
struct OptionSpecification: Equatable, Sendable {
    /// How often it may stand on a command line, and how many values follow it.
    enum Occurrence: Equatable, Sendable {
        /// At most once, with one value.
        case once
        /// Any number of times, with one value each.
        case repeated
        /// Any number of times, with one or more values each; a list ends at the next option or at `--`.
        case list
    }

    /// The long name without its dashes.
    let name: String
    /// The letter of the short name.
    let short: Character?
    let kind: ValueKind
    /// The word that stands for the value in the help text.
    let placeholder: String
    /// The value, as it would be typed, when the option is not given.
    let defaultText: String?
    /// What happens without the option, where that is no fixed value ("all cores").
    let defaultNote: String?
    let occurrence: Occurrence
    let isRequired: Bool
    /// What the option does, as a clause without a full stop.
    let help: String

    init(
        _ name: String, short: Character? = nil, _ kind: ValueKind, placeholder: String? = nil,
        default defaultText: String? = nil, defaultNote: String? = nil, occurrence: Occurrence = .once,
        isRequired: Bool = false, help: String
    ) {
        self.name = name
        self.short = short
        self.kind = kind
        self.placeholder = placeholder ?? kind.placeholder
        self.defaultText = defaultText
        self.defaultNote = defaultNote
        self.occurrence = occurrence
        self.isRequired = isRequired
        self.help = help
    }

    /// The name with its dashes, as messages show it.
    var spelling: String { "--\(name)" }

    /// `--json`, which every command has.
    static let json = OptionSpecification(
        "json", .flag, help: "print the result as one JSON object on standard output")

    /// `--seed N`, for every command that chance enters.
    static func seed(default value: UInt64 = 1) -> OptionSpecification {
        OptionSpecification(
            "seed", .unsigned(0...UInt64.max), default: String(value),
            help: "seed of everything random")
    }

    /// `-j N`, for every command that works in parallel.
    static let jobs = OptionSpecification(
        "jobs", short: "j", .integer(1...1024), defaultNote: "all cores", help: "how many threads work at once")
}

/// One positional argument of a command.
struct PositionalSpecification: Equatable, Sendable {
    /// The name in capitals, as usage and messages show it.
    let name: String
    /// The names allowed, empty where any text is.
    let choices: [String]
    /// The value when the argument is not given.
    let defaultText: String?
    let isRequired: Bool
    /// Whether several may be given; only the last positional may say so.
    let isRepeated: Bool
    /// What the argument is, as a clause without a full stop.
    let help: String

    init(
        _ name: String, choices: [String] = [], default defaultText: String? = nil, isRequired: Bool = true,
        isRepeated: Bool = false, help: String
    ) {
        self.name = name
        self.choices = choices
        self.defaultText = defaultText
        self.isRequired = isRequired && defaultText == nil
        self.isRepeated = isRepeated
        self.help = help
    }

    var kind: ValueKind { choices.isEmpty ? .text : .choice(choices) }
}
