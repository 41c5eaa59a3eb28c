/// One command: what it is called, takes and does.
struct CommandSpecification: Equatable, Sendable {
    /// The name, `emit`, or two words for a command of a group, `device switching`.
    let name: String
    /// What it does, as a clause without a full stop.
    let summary: String
    /// Whole sentences for the command's own help text; empty for none.
    let details: String
    let positionals: [PositionalSpecification]
    /// All options, `--json` among them.
    let options: [OptionSpecification]
    /// Command lines that work as they stand.
    let examples: [String]

    /// `--json` is added to the options; `--help` needs no declaration.
    init(
        name: String, summary: String, details: String = "", positionals: [PositionalSpecification] = [],
        options: [OptionSpecification] = [], examples: [String]
    ) {
        self.name = name
        self.summary = summary
        self.details = details
        self.positionals = positionals
        self.options = options + [.json]
        self.examples = examples
    }

    /// The first word of a name of two words, nil for a command that stands alone.
    var group: String? {
        let words = name.split(separator: " ")
        return words.count == 2 ? String(words[0]) : nil
    }
}
