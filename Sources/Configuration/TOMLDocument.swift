/// A TOML 1.0 document as a flat list: every value with the path of keys that leads to it.
package struct TOMLDocument: Equatable, Sendable {
    /// A place in a file; both count from one, the column in code points.
    package struct Position: Equatable, Sendable {
        package let line: Int
        package let column: Int

        package init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }
    }

    /// One key of a path, where the file first names it.
    package struct Key: Equatable, Sendable {
        package let name: String
        package let position: Position
    }

    /// A value that is no table, or an empty table, so that nothing in the file goes unseen.
    package struct Entry: Equatable, Sendable {
        /// At least one key.
        package let keys: [Key]
        package let value: TOMLValue
        /// Where the value begins.
        package let position: Position

        /// The names of the keys with dots between them, as TOML writes them: quoted where they must be.
        package var keyPath: String { keys.map { TOMLDocument.written($0.name) }.joined(separator: ".") }
    }

    /// Where a text ceases to be TOML.
    package struct SyntaxError: Error, Equatable, Sendable {
        package let position: Position
        /// The line of the position without its indentation; nil when from there on the file is blank.
        package let line: String?
        /// What the parser says of it, a clause without a full stop.
        package let reason: String
    }

    /// In the order of the file.
    package let entries: [Entry]

    /// A key as TOML writes it: bare where it may be.
    package static func written(_ key: String) -> String {
        let isBare = key.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return isBare && !key.isEmpty ? key : "\"\(key)\""
    }
}
