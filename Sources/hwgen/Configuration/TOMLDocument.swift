/// A TOML 1.0 document as a flat list: every value with the path of keys that leads to it.
struct TOMLDocument: Equatable, Sendable {
    /// A place in a file; both count from one, the column in code points.
    struct Position: Equatable, Sendable {
        let line: Int
        let column: Int
    }

    /// One key of a path, where the file first names it.
    struct Key: Equatable, Sendable {
        let name: String
        let position: Position
    }

    /// A value that is no table, or an empty table, so that nothing in the file goes unseen.
    struct Entry: Equatable, Sendable {
        /// At least one key.
        let keys: [Key]
        let value: TOMLValue
        /// Where the value begins.
        let position: Position

        /// The names of the keys with dots between them, as TOML writes them: quoted where they must be.
        var keyPath: String { keys.map { TOMLDocument.written($0.name) }.joined(separator: ".") }
    }

    /// Where a text ceases to be TOML.
    struct SyntaxError: Error, Equatable, Sendable {
        let position: Position
        /// The line of the position without its indentation; nil when from there on the file is blank.
        let line: String?
        /// What the parser says of it, a clause without a full stop.
        let reason: String
    }

    /// In the order of the file.
    let entries: [Entry]

    /// A key as TOML writes it: bare where it may be.
    static func written(_ key: String) -> String {
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
