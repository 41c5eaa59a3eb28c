/// A place in the user's Swift source: module-relative file and line, so that output never holds a machine's path.
public struct SourceLocation: Sendable, CustomStringConvertible {
    /// `Module/File.swift`, as `#fileID` gives it.
    public let file: StaticString
    public let line: UInt

    public init(_ file: StaticString, _ line: UInt) {
        self.file = file
        self.line = line
    }

    public var description: String { "\(file):\(line)" }

    /// Whether both are the same line of the same literal: quick, and enough to put neighbours together.
    public func isIdentical(to other: SourceLocation) -> Bool {
        line == other.line && file.hasPointerRepresentation && other.file.hasPointerRepresentation
            && file.utf8Start == other.file.utf8Start
    }
}

extension SourceLocation: Equatable {
    public static func == (left: SourceLocation, right: SourceLocation) -> Bool {
        left.line == right.line && left.description == right.description
    }
}
