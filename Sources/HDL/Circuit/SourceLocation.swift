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
}

extension SourceLocation: Equatable {
    public static func == (left: SourceLocation, right: SourceLocation) -> Bool {
        left.line == right.line && left.description == right.description
    }
}
