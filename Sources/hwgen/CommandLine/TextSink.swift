import Foundation

/// Where text goes: standard output, standard error, or a test's memory.
struct TextSink: Sendable {
    /// Whether a person watches it, so that a line may be rewritten in place.
    let isTerminal: Bool
    /// Whether escape sequences for colour are welcome.
    let usesColor: Bool
    /// Writes all of a text; the result is 0 or the system's error number.
    let write: @Sendable (String) -> Int32

    /// The sink of an open file descriptor. Colours only on a terminal that is not dumb, and not with a `NO_COLOR` that
    /// is not empty (no-color.org).
    static func descriptor(
        _ descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> TextSink {
        let isTerminal = isatty(descriptor) == 1
        return TextSink(
            isTerminal: isTerminal, usesColor: isTerminal && allowsColor(environment),
            write: { text in writeAll(text, to: descriptor) })
    }

    static func allowsColor(_ environment: [String: String]) -> Bool {
        environment["NO_COLOR", default: ""].isEmpty && environment["TERM", default: ""] != "dumb"
    }

    /// The text in a colour where the sink takes colours, else as it is.
    func colored(_ text: String, _ color: TextColor) -> String {
        usesColor ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
    }
}

/// The few colours in use, as their ANSI codes (ECMA-48, SGR).
enum TextColor: String, Sendable {
    case red = "31"
    case green = "32"
    case yellow = "33"
    case bold = "1"
    case faint = "2"
}

/// Writes past short writes and interruptions.
private func writeAll(_ text: String, to descriptor: Int32) -> Int32 {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let written = rest.withUnsafeBytes { bytes in write(descriptor, bytes.baseAddress, bytes.count) }
        if written < 0 {
            if errno == EINTR { continue }
            return errno
        }
        rest = rest.dropFirst(written)
    }
    return 0
}
