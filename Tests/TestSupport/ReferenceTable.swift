import Foundation

/// A table of reference points: comma-separated values below a line of column names.
public struct ReferenceTable: Sendable {
    /// One line of the table, by the names of its columns.
    public struct Row: Sendable {
        let fields: [String: String]

        /// The number in a column; a column without one is a mistake of the test and traps.
        public subscript(column: String) -> Double {
            guard let number = fields[column].flatMap({ Double($0) }) else {
                preconditionFailure("no number in column '\(column)' of \(fields)")
            }
            return number
        }
    }

    public let rows: [Row]

    public init(path: String) throws {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
        func fields(_ line: Substring) -> [String] {
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let names = lines.first.map(fields) ?? []
        rows = lines.dropFirst().map { Row(fields: Dictionary(uniqueKeysWithValues: zip(names, fields($0)))) }
    }

    /// The table of a name in the folder Reference beside a source file, the caller's if none is given.
    public init(_ name: String, beside file: String = #filePath) throws {
        let folder = URL(filePath: file).deletingLastPathComponent()
        try self.init(path: folder.appending(path: "Reference/\(name).csv").path)
    }
}
