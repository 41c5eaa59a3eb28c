import CShims

/// The table of commands as the C++ parser holds it.
final class CommandTable {
    /// Which command and option a parse ended at, and the text it found there.
    struct Outcome {
        let status: cshims_status
        let command: Int?
        let option: Int?
        let found: String
    }

    private let parser: OpaquePointer

    /// Declares all commands; throws `UsageError.parserFailure` when two of a kind have one name.
    init(program: String, commands: [CommandSpecification]) throws(UsageError) {
        guard let parser = cshims_cli_create(program) else { throw .parserFailure(reason: "no memory") }
        self.parser = parser
        for command in commands {
            let index = cshims_cli_add_command(parser, Self.word(command.name))
            guard index >= 0 else { throw .parserFailure(reason: "command '\(command.name)' cannot be declared") }
            for positional in command.positionals { try add(positional, to: command, at: index) }
            for option in command.options { try add(option, to: command, at: index) }
        }
    }

    deinit { cshims_cli_destroy(parser) }

    /// A name of two words as one word, which is all that CLI11 allows.
    static func word(_ name: String) -> String { name.split(separator: " ").joined(separator: "/") }

    private func add(
        _ positional: PositionalSpecification, to command: CommandSpecification, at index: Int32
    ) throws(UsageError) {
        let place = cshims_cli_add_positional(parser, index, positional.isRepeated ? CSHIMS_REPEATED : CSHIMS_ONCE)
        guard place >= 0 else {
            throw .parserFailure(reason: "'\(positional.name)' of '\(command.name)' cannot be declared")
        }
        allow(positional.kind, at: index, place)
        if positional.isRequired { _ = cshims_cli_require(parser, index, place) }
        if let text = positional.defaultText { _ = cshims_cli_set_default(parser, index, place, text) }
    }

    private func add(
        _ option: OptionSpecification, to command: CommandSpecification, at index: Int32
    ) throws(UsageError) {
        let short = option.short?.asciiValue.map { CChar(bitPattern: $0) } ?? 0
        let place = cshims_cli_add_option(
            parser, index, option.name, short, option.kind.shimKind, option.occurrence.shimOccurrence)
        guard place >= 0 else {
            throw .parserFailure(reason: "option '\(option.spelling)' of '\(command.name)' cannot be declared")
        }
        allow(option.kind, at: index, place)
        if option.isRequired { _ = cshims_cli_require(parser, index, place) }
        if let text = option.defaultText { _ = cshims_cli_set_default(parser, index, place, text) }
    }

    private func allow(_ kind: ValueKind, at command: Int32, _ place: Int32) {
        switch kind {
        case .flag, .text, .keyValue: break
        case .choice(let choices):
            for choice in choices { _ = cshims_cli_allow_choice(parser, command, place, choice) }
        case .integer(let range):
            _ = cshims_cli_allow_integers(parser, command, place, Int64(range.lowerBound), Int64(range.upperBound))
        case .unsigned(let range):
            _ = cshims_cli_allow_unsigned(parser, command, place, range.lowerBound, range.upperBound)
        case .real(let range):
            _ = cshims_cli_allow_reals(parser, command, place, range.lowerBound, range.upperBound)
        }
    }

    /// Parses arguments; words about an outcome are the caller's.
    func parse(_ arguments: [String]) -> Outcome {
        let bytes = arguments.map { $0.utf8CString }
        // One buffer for all, so that every pointer holds as long as the call does.
        let flat = bytes.flatMap { Array($0) }
        var offsets = [0]
        for text in bytes { offsets.append(offsets[offsets.count - 1] + text.count) }
        return flat.withUnsafeBufferPointer { buffer in
            let pointers = offsets.dropLast().map { offset in buffer.baseAddress.map { $0 + offset } }
            let outcome = cshims_cli_parse(parser, pointers.count, pointers)
            return Outcome(
                status: outcome.status,
                command: outcome.command < 0 ? nil : Int(outcome.command),
                option: outcome.option < 0 ? nil : Int(outcome.option),
                found: outcome.found.map { String(cString: $0) } ?? "")
        }
    }

    /// The values of the last parse; throws `UsageError.invalidValue` for a pair without an equals sign or a key.
    func values(of command: CommandSpecification, fullName: String) throws(UsageError) -> ParsedCommand {
        var entries: [String: ParsedCommand.Entry] = [:]
        for (index, positional) in command.positionals.enumerated() {
            entries[positional.name] = entry(
                at: Int32(index), kind: positional.kind, spelling: positional.name, help: positional.help)
        }
        for (index, option) in command.options.enumerated() {
            let place = Int32(command.positionals.count + index)
            let entry = entry(at: place, kind: option.kind, spelling: option.spelling, help: option.help)
            if option.kind == .keyValue, let wrong = entry.values.first(where: { !isPair($0.text) }) {
                throw .invalidValue(
                    option: option.spelling, found: wrong.text, allowed: option.kind.allowed, nearest: nil)
            }
            entries[option.name] = entry
        }
        return ParsedCommand(name: command.name, fullName: fullName, entries: entries)
    }

    private func entry(at place: Int32, kind: ValueKind, spelling: String, help: String) -> ParsedCommand.Entry {
        let values = (0..<cshims_cli_value_count(parser, place)).map { index in
            ParsedCommand.Value(
                text: cshims_cli_text(parser, place, index).map { String(cString: $0) } ?? "",
                integer: Int(cshims_cli_integer(parser, place, index)),
                unsigned: cshims_cli_unsigned(parser, place, index),
                real: cshims_cli_real(parser, place, index))
        }
        let isGiven = cshims_cli_is_given(parser, place)
        return ParsedCommand.Entry(kind: kind, spelling: spelling, help: help, isGiven: isGiven, values: values)
    }

    private func isPair(_ text: String) -> Bool { text.contains("=") && !text.hasPrefix("=") }
}

extension ValueKind {
    fileprivate var shimKind: cshims_kind {
        switch self {
        case .flag: CSHIMS_KIND_FLAG
        case .text, .choice, .keyValue: CSHIMS_KIND_TEXT
        case .integer: CSHIMS_KIND_INTEGER
        case .unsigned: CSHIMS_KIND_UNSIGNED
        case .real: CSHIMS_KIND_REAL
        }
    }
}

extension OptionSpecification.Occurrence {
    fileprivate var shimOccurrence: cshims_occurrence {
        switch self {
        case .once: CSHIMS_ONCE
        case .repeated: CSHIMS_REPEATED
        case .list: CSHIMS_LIST
        }
    }
}
