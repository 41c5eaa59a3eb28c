/// One finding about a description: what, how bad, where.
public struct Diagnostic: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Severity: String, Sendable { case error, warning }

    /// Another place that belongs to the finding.
    public struct Note: Equatable, Sendable {
        public let location: SourceLocation
        public let message: String

        public init(at location: SourceLocation, _ message: String) {
            self.location = location
            self.message = message
        }
    }

    public let severity: Severity
    public let location: SourceLocation
    /// The module in which it was found, as it is named in the Verilog.
    public let module: String
    public let message: String
    public let notes: [Note]

    public init(
        _ severity: Severity = .error, at location: SourceLocation, in module: String, _ message: String,
        notes: [Note] = []
    ) {
        self.severity = severity
        self.location = location
        self.module = module
        self.message = message
        self.notes = notes
    }

    /// The finding as a compiler prints it, `File.swift:12: error: … (module 'm')`, and its notes in lines below.
    public var description: String {
        let lines =
            ["\(location): \(severity.rawValue): \(message) (module '\(module)')"]
            + notes.map { "\($0.location): note: \($0.message)" }
        return lines.joined(separator: "\n")
    }
}

/// Everything that is wrong with a description, reported together; warnings are among it.
public struct ElaborationError: Error, Equatable, Sendable, CustomStringConvertible {
    public let diagnostics: [Diagnostic]

    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}

extension [Diagnostic] {
    /// Sorted by file and line; findings of one line in the order in which they were made.
    var inOrderOfPlace: [Diagnostic] {
        enumerated().sorted { left, right in
            let files = (left.element.location.file.description, right.element.location.file.description)
            if files.0 != files.1 { return files.0 < files.1 }
            return (left.element.location.line, left.offset) < (right.element.location.line, right.offset)
        }.map(\.element)
    }
}
