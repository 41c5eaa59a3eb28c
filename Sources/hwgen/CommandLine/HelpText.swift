/// The layout of help texts: paragraphs and two-column tables at a width that fits a terminal and a page.
enum HelpText {
    /// One line of a table; the notes follow the text in brackets.
    struct Row: Equatable, Sendable {
        let label: String
        let text: String
        var notes: [String] = []

        var wholeText: String { notes.isEmpty ? text : "\(text) (\(notes.joined(separator: "; ")))" }
    }

    /// Columns of a line at most.
    static let width = 92
    /// The text of a table never starts further right; a longer label has a line of its own.
    static let widestLabel = 30

    /// Sections with an empty line between them and a line feed at the end.
    static func sections(_ sections: [String]) -> String { sections.joined(separator: "\n\n") + "\n" }

    /// Breaks a text between words; lines after the first are indented.
    static func wrapped(_ text: String, indentation: Int = 0, first: Int = 0) -> String {
        let margin = String(repeating: " ", count: indentation)
        var lines: [String] = []
        var line = ""
        var room = width - first
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > room {
                lines.append(line)
                line = ""
                room = width - indentation
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        return (lines + [line]).joined(separator: "\n" + margin)
    }

    /// Where the texts of a table start.
    static func column(for rows: [Row]) -> Int {
        let fitting = rows.map(\.label.count).filter { $0 <= widestLabel }
        return (fitting.max() ?? 0) + 4
    }

    static func table(_ rows: [Row], column: Int? = nil) -> String {
        let column = column ?? Self.column(for: rows)
        let margin = String(repeating: " ", count: column)
        let lines = rows.map { row in
            let text = wrapped(row.wholeText, indentation: column, first: column)
            if row.label.count + 4 > column { return "  \(row.label)\n\(margin)\(text)" }
            let gap = String(repeating: " ", count: column - 2 - row.label.count)
            return "  \(row.label)\(gap)\(text)"
        }
        return lines.joined(separator: "\n")
    }
}
