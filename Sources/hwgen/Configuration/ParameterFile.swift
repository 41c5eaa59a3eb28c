import Configuration

/// The file of a design's parameters, `--config F.toml`: one table `[parameters]` with whole numbers.
///
///     [parameters]
///     plane-lanes = 4
///
/// An empty file and an empty table set nothing.
enum ParameterFile {
    /// One parameter of the file; whether a design has it is not known here.
    struct Entry: Equatable, Sendable {
        let key: String
        /// The whole number in decimal, whatever the file writes it in.
        let value: String
        /// Where the key stands: the line, and the column of its first letter; both count from one.
        let line: Int
        let column: Int
    }

    private static let table = "parameters"

    /// The parameters of a file in its order, as `--set` gives them.
    ///
    /// - Throws: as `entries`.
    static func read(_ path: String) throws(ConfigurationError) -> [(key: String, value: String)] {
        try entries(path).map { (key: $0.key, value: $0.value) }
    }

    /// The parameters of a file in its order, with their places.
    ///
    /// - Throws: `ConfigurationError` for the first thing in the file that is none.
    static func entries(_ path: String) throws(ConfigurationError) -> [Entry] {
        var entries: [Entry] = []
        for found in try ConfigurationFile.document(path, isInterrupted: { Interrupt.isRequested }).entries {
            if let entry = try entry(found, of: path) { entries.append(entry) }
        }
        return entries
    }

    /// Nil for the table itself, which stands among the values when it is empty.
    private static func entry(
        _ found: TOMLDocument.Entry, of path: String
    ) throws(ConfigurationError) -> Entry? {
        func place(_ position: TOMLDocument.Position) -> ConfigurationError.Place {
            .init(file: path, position: position)
        }
        guard let first = found.keys.first, first.name == table else {
            let name = found.keys.first
            throw .unknownKey(
                place(name?.position ?? found.position), found: name.map { TOMLDocument.written($0.name) } ?? "",
                allowed: "the table [\(table)] with NAME = whole number",
                nearest: name.flatMap { nearestName(to: $0.name, among: [table]) })
        }
        guard let key = found.keys.dropFirst().first else {
            if found.value == .table { return nil }
            throw .value(
                place(found.position), key: table, found: found.value.description,
                allowed: "one table with NAME = whole number")
        }
        guard found.keys.count == 2 else {
            throw .unknownKey(
                place(key.position), found: found.keyPath, allowed: "NAME = whole number in the table [\(table)]",
                nearest: nil)
        }
        guard case .integer(let number) = found.value else {
            throw .value(
                place(found.position), key: key.name, found: found.value.description, allowed: "a whole number")
        }
        return Entry(key: key.name, value: "\(number)", line: key.position.line, column: key.position.column)
    }
}
