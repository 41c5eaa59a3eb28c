import Foundation

/// A command line that is right: the command and the values of its options, defaults filled in.
///
/// Options are asked for by their names without dashes, positionals by theirs. To ask for what the command does not
/// declare, or for another kind than was declared, is a mistake of the program and traps.
struct ParsedCommand: Equatable, Sendable {
    /// One value in the form of its kind; the others are zero.
    struct Value: Equatable, Sendable {
        var text: String
        var integer = 0
        var unsigned: UInt64 = 0
        var real = 0.0
    }

    /// What is known of one option.
    struct Entry: Equatable, Sendable {
        let kind: ValueKind
        /// The name as messages show it.
        let spelling: String
        let help: String
        let isGiven: Bool
        let values: [Value]
    }

    /// The command's name, `emit` or `device switching`.
    let name: String
    /// The same with the program's name before it.
    let fullName: String
    let entries: [String: Entry]

    /// Whether a flag, or any option, stands on the command line.
    func isGiven(_ name: String) -> Bool { entry(name).isGiven }

    /// The value of a text, a choice or a positional; throws `UsageError.missingOption` without one.
    func text(_ name: String) throws(UsageError) -> String { try value(name).text }
    func optionalText(_ name: String) -> String? { entry(name).values.first?.text }
    func texts(_ name: String) -> [String] { entry(name).values.map(\.text) }

    /// The value of an integer; throws `UsageError.missingOption` without one.
    func integer(_ name: String) throws(UsageError) -> Int { try value(name, "integer").integer }
    func optionalInteger(_ name: String) -> Int? { entry(name, "integer").values.first?.integer }
    func integers(_ name: String) -> [Int] { entry(name, "integer").values.map(\.integer) }

    /// The value of an unsigned integer; throws `UsageError.missingOption` without one.
    func unsigned(_ name: String) throws(UsageError) -> UInt64 { try value(name, "unsigned").unsigned }
    func optionalUnsigned(_ name: String) -> UInt64? { entry(name, "unsigned").values.first?.unsigned }

    /// The value of a number; throws `UsageError.missingOption` without one.
    func real(_ name: String) throws(UsageError) -> Double { try value(name, "real").real }
    func optionalReal(_ name: String) -> Double? { entry(name, "real").values.first?.real }
    func reals(_ name: String) -> [Double] { entry(name, "real").values.map(\.real) }

    /// The keys and values of a `key=value` option, in the order given; the value may itself hold equals signs.
    func pairs(_ name: String) -> [(key: String, value: String)] {
        texts(name).map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
    }

    /// Whether the result is to be one JSON object.
    var isJSON: Bool { isGiven("json") }

    /// How many threads work at once: `-j`, or all cores.
    var jobs: Int { optionalInteger("jobs") ?? ProcessInfo.processInfo.activeProcessorCount }

    private func entry(_ name: String, _ kind: String? = nil) -> Entry {
        guard let entry = entries[name] else { preconditionFailure("'\(fullName)' declares no '\(name)'") }
        precondition(kind == nil || kind == entry.kind.storage, "'\(name)' of '\(fullName)' is no \(kind ?? "")")
        return entry
    }

    private func value(_ name: String, _ kind: String? = nil) throws(UsageError) -> Value {
        let entry = entry(name, kind)
        guard let value = entry.values.first else {
            throw .missingOption(option: entry.spelling, command: fullName, help: entry.help)
        }
        return value
    }
}

extension ValueKind {
    /// Which member of a value holds it.
    fileprivate var storage: String {
        switch self {
        case .flag: "flag"
        case .text, .choice, .keyValue: "text"
        case .integer: "integer"
        case .unsigned: "unsigned"
        case .real: "real"
        }
    }
}
