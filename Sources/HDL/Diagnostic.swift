/// One finding about a description: what, how bad, where.
public struct Diagnostic: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Severity: String, Sendable { case error, warning }

    public let severity: Severity
    public let location: SourceLocation
    /// The module in which it was found, as it is named in the Verilog.
    public let module: String
    public let message: String

    public init(_ severity: Severity = .error, at location: SourceLocation, in module: String, _ message: String) {
        self.severity = severity
        self.location = location
        self.module = module
        self.message = message
    }

    /// The finding as a compiler prints it: `File.swift:12: error: … (module 'm')`.
    public var description: String { "\(location): \(severity.rawValue): \(message) (module '\(module)')" }
}

/// Everything that is wrong with a description, reported together.
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
