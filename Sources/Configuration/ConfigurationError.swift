/// What is wrong with a configuration file. Each description is one line that names the file and, but for the file
/// itself, the place in it as compilers do, so that an editor can jump there.
package enum ConfigurationError: Error, Equatable, Sendable {
    /// A file with a place in it.
    package struct Place: Equatable, Sendable, CustomStringConvertible {
        package let file: String
        package let position: TOMLDocument.Position

        package init(file: String, position: TOMLDocument.Position) {
            self.file = file
            self.position = position
        }

        package var description: String { "\(oneLine(file)):\(position.line):\(position.column)" }
    }

    /// The file cannot be opened or read; `reason` is the operating system's.
    case notReadable(file: String, reason: String)
    /// The file holds more bytes than any configuration.
    case tooLarge(file: String, limitBytes: Int)
    /// The file is no TOML; `found` is the line, nil where the file is at its end. A key that stands twice is one of these.
    case syntax(Place, found: String?, reason: String)
    case unknownKey(Place, found: String, allowed: String, nearest: String?)
    /// The value of a key is of another kind than allowed.
    case value(Place, key: String, found: String, allowed: String)
}

extension ConfigurationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notReadable(let file, let reason):
            "\(oneLine(file)): cannot be read: \(reason)"
        case .tooLarge(let file, let limitBytes):
            "\(oneLine(file)): found more than \(limitBytes) bytes, allowed \(limitBytes) at most"
        case .syntax(let place, let found?, let reason):
            "\(place): found \(quoted(found)), which cannot be read as TOML: \(oneLine(reason))"
        case .syntax(let place, nil, let reason):
            "\(place): found the end of the file, where TOML goes on: \(oneLine(reason))"
        case .unknownKey(let place, let found, let allowed, let nearest):
            "\(place): found key \(quoted(found)), allowed \(allowed)"
                + (nearest.map { "; did you mean '\($0)'?" } ?? "")
        case .value(let place, let key, let found, let allowed):
            "\(place): \(oneLine(key)): found \(quoted(found)), allowed \(allowed)"
        }
    }
}

/// The characters of a text from a file that a message shows; a person knows the place by then.
private let shownLimit = 60

private func quoted(_ text: String) -> String {
    let shown = text.count > shownLimit ? text.prefix(shownLimit) + "…" : text[...]
    return "'\(oneLine(String(shown)))'"
}

/// A text from outside in one line, whatever it holds.
private func oneLine(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: scalar.escaped(asASCII: true)
        default: String(scalar)
        }
    }.joined()
}
