extension CommandLineParser {
    /// The help of the whole program: every command with its summary.
    func programHelp() -> String {
        let rows = commands.map { HelpText.Row(label: $0.name, text: $0.summary) }
        let title = summary.isEmpty ? "\(program) \(version)" : "\(program) \(version): \(summary)"
        return HelpText.sections([
            HelpText.wrapped(title),
            "Usage: \(program) COMMAND [OPTION]...",
            "Commands:\n" + HelpText.table(rows),
            """
            '\(program) COMMAND --help' shows the options of a command and an example.
            '\(program) --version' shows the version.
            Exit status: 0 done, 1 a check failed, 2 bad usage or bad input, 3 a tool is missing.
            """,
        ])
    }

    /// The help of the commands whose names share a first word.
    func groupHelp(_ group: String) -> String {
        let members = commands.filter { $0.group == group }
        let rows = members.map { HelpText.Row(label: $0.name, text: $0.summary) }
        return HelpText.sections([
            "Usage: \(program) \(group) COMMAND [OPTION]...",
            "Commands:\n" + HelpText.table(rows),
            "'\(program) \(group) COMMAND --help' shows the options of a command and an example.",
        ])
    }

    /// The help of one command: usage, arguments, options with what they allow, examples.
    func help(of command: CommandSpecification) -> String {
        var sections = [HelpText.wrapped("\(program) \(command.name): \(command.summary)"), usage(of: command)]
        if !command.details.isEmpty { sections.append(HelpText.wrapped(command.details)) }
        // One column for both tables, so that the texts stand under each other.
        let arguments = command.positionals.map { positional in
            HelpText.Row(label: positional.name, text: positional.help, notes: notes(positional))
        }
        let help = HelpText.Row(label: "-h, --help", text: "show this text", notes: [])
        let options = command.options.map(row) + [help]
        let column = HelpText.column(for: arguments + options)
        if !arguments.isEmpty { sections.append("Arguments:\n" + HelpText.table(arguments, column: column)) }
        sections.append("Options:\n" + HelpText.table(options, column: column))
        let title = command.examples.count == 1 ? "Example:" : "Examples:"
        sections.append(([title] + command.examples.map { "  " + $0 }).joined(separator: "\n"))
        return HelpText.sections(sections)
    }

    private func usage(of command: CommandSpecification) -> String {
        let positionals = command.positionals.map { positional in
            let name = positional.isRepeated ? positional.name + "..." : positional.name
            return positional.isRequired ? name : "[\(name)]"
        }
        let required = command.options.filter(\.isRequired).map { "\($0.spelling) \($0.placeholder)" }
        let words = [program, command.name] + positionals + required + ["[OPTION]..."]
        return HelpText.wrapped("Usage: " + words.joined(separator: " "), indentation: 7)
    }

    private func row(_ option: OptionSpecification) -> HelpText.Row {
        let short = option.short.map { "-\($0), " } ?? "    "
        let value = option.kind == .flag ? "" : " " + option.placeholder
        let more = option.occurrence == .list ? "..." : ""
        return HelpText.Row(label: short + option.spelling + value + more, text: option.help, notes: notes(option))
    }

    private func notes(_ option: OptionSpecification) -> [String] {
        // The placeholder of a pair says it already.
        let range = option.kind == .keyValue ? nil : option.kind.range
        let fallback = option.defaultText ?? option.defaultNote
        let repeats = option.occurrence == .repeated ? "may be repeated" : nil
        let required = option.isRequired ? "required" : nil
        return [range, fallback.map { "default \($0)" }, repeats, required].compactMap(\.self)
    }

    private func notes(_ positional: PositionalSpecification) -> [String] {
        [positional.kind.range, positional.defaultText.map { "default \($0)" }].compactMap(\.self)
    }
}
