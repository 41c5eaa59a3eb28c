/// What the value of an option is, and what of it is allowed.
enum ValueKind: Equatable, Sendable {
    /// No value: the option is there or not.
    case flag
    /// Any text.
    case text
    /// One of the texts listed.
    case choice([String])
    /// `key=value` with a key of at least one character.
    case keyValue
    /// A decimal integer.
    case integer(ClosedRange<Int>)
    /// A decimal or `0x` hexadecimal integer without sign.
    case unsigned(ClosedRange<UInt64>)
    /// A finite number.
    case real(ClosedRange<Double>)

    /// An integer of at least 1.
    static let count = ValueKind.integer(1...Int.max)
    /// A number from 0 to 1.
    static let probability = ValueKind.real(0...1)
    /// A number above 0.
    static let positive = ValueKind.real(Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude)

    /// The range or the choices in words, nil where nothing is excluded.
    var range: String? {
        switch self {
        case .flag, .text: nil
        case .choice(let choices): choices.joined(separator: ", ")
        case .keyValue: "key=value"
        case .integer(let range): words(range, lowest: .min, highest: .max)
        case .unsigned(let range): words(range, lowest: nil, highest: .max)
        case .real(let range) where range.lowerBound == .leastNonzeroMagnitude:
            range.upperBound == .greatestFiniteMagnitude ? "above 0" : "above 0 to \(short(range.upperBound))"
        case .real(let range):
            words(range, lowest: -Double.greatestFiniteMagnitude, highest: .greatestFiniteMagnitude)
        }
    }

    /// What an error message says is allowed, in place of a value that is not.
    var allowed: String {
        switch self {
        case .flag: "no value"
        case .text: "a text"
        case .choice: "one of \(range ?? "")"
        case .keyValue: "key=value"
        case .integer, .unsigned: ["an integer", range].compactMap(\.self).joined(separator: " ")
        case .real: ["a number", range].compactMap(\.self).joined(separator: " ")
        }
    }

    /// What an error message says is allowed, in place of a value that is of the kind but not in the range.
    func allowed(insteadOf found: String) -> String {
        switch self {
        // "1 or more" would be no help for a number that is too large for the machine.
        case .integer(let range) where Int(found) == nil: "\(range.lowerBound) to \(range.upperBound)"
        case .unsigned(let range) where UInt64(found) == nil && !found.hasPrefix("-"):
            "\(range.lowerBound) to \(range.upperBound)"
        case .integer, .unsigned, .real: range ?? allowed
        default: allowed
        }
    }

    /// The word that stands for a value in a help text.
    var placeholder: String {
        switch self {
        case .flag: ""
        case .text: "TEXT"
        case .choice: "NAME"
        case .keyValue: "KEY=VALUE"
        case .integer, .unsigned: "N"
        case .real: "X"
        }
    }
}

private func words<Number: Comparable>(_ range: ClosedRange<Number>, lowest: Number?, highest: Number) -> String? {
    switch (range.lowerBound == lowest, range.upperBound == highest) {
    case (true, true): nil
    case (true, false): "up to \(short(range.upperBound))"
    case (false, true): "\(short(range.lowerBound)) or more"
    case (false, false): "\(short(range.lowerBound)) to \(short(range.upperBound))"
    }
}

/// The shortest text of a number: whole numbers without a fraction.
private func short<Number>(_ number: Number) -> String {
    if let real = number as? Double, let whole = Int(exactly: real), abs(real) < 1e9 { return String(whole) }
    return "\(number)"
}
