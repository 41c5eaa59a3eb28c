/// Reads the text of a liberty file as a stream of groups and attributes, in one pass and without a tree: files of
/// 10 MB are common, and little of them is wanted here.
struct LibertyReader {
    /// What stands in the file.
    enum Item: Equatable {
        /// `kind (argument, …) {`
        case open(kind: String, argument: String)
        /// `name : value ;`
        case attribute(name: String, value: String)
        /// `}`
        case close
    }

    /// What keeps the text from being liberty, with its line.
    struct Fault: Error, Equatable {
        let line: Int
        let message: String
    }

    private let bytes: [UInt8]
    private var place = 0
    private var line = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next group or attribute; nil at the end. Attributes with arguments (`index_1 ("…");`) are passed over.
    mutating func next() throws(Fault) -> Item? {
        while true {
            try skipBlanks(alsoSemicolons: true)
            guard let byte = peek else { return nil }
            if byte == UInt8(ascii: "}") {
                place += 1
                return .close
            }
            let name = try word()
            try skipBlanks()
            switch peek {
            case UInt8(ascii: ":"):
                place += 1
                return .attribute(name: name, value: try value())
            case UInt8(ascii: "("):
                let argument = try arguments()
                try skipBlanks()
                if peek == UInt8(ascii: "{") {
                    place += 1
                    return .open(kind: name, argument: argument)
                }
            default:
                throw Fault(line: line, message: "found '\(name)' without ':' or '(' after it")
            }
        }
    }

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func advance() {
        if bytes[place] == UInt8(ascii: "\n") { line += 1 }
        place += 1
    }

    /// Passes over blanks, comments and continued line ends.
    private mutating func skipBlanks(alsoSemicolons: Bool = false) throws(Fault) {
        while let byte = peek {
            let next = place + 1 < bytes.count ? bytes[place + 1] : 0
            if byte == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
                let start = line
                place += 2
                while place + 1 < bytes.count,
                    !(bytes[place] == UInt8(ascii: "*") && bytes[place + 1] == UInt8(ascii: "/"))
                { advance() }
                guard place + 1 < bytes.count else { throw Fault(line: start, message: "a comment is not closed") }
                place += 2
            } else if byte == UInt8(ascii: "/"), next == UInt8(ascii: "/") {
                while let byte = peek, byte != UInt8(ascii: "\n") { place += 1 }
            } else if isBlank(byte) || byte == UInt8(ascii: "\\") || (alsoSemicolons && byte == UInt8(ascii: ";")) {
                advance()
            } else {
                return
            }
        }
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

    private func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ":"),
            UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\""):
            true
        default: isBlank(byte)
        }
    }

    private mutating func word() throws(Fault) -> String {
        let start = place
        while let byte = peek, !isDelimiter(byte) { place += 1 }
        guard place > start else {
            throw Fault(line: line, message: "found '\(Character(UnicodeScalar(bytes[place])))' in place of a name")
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func quoted() throws(Fault) -> String {
        let start = line
        place += 1
        let first = place
        while let byte = peek, byte != UInt8(ascii: "\"") { advance() }
        guard peek != nil else { throw Fault(line: start, message: "a text is not closed") }
        place += 1
        return String(decoding: bytes[first..<place - 1], as: UTF8.self)
    }

    /// A value ends at a semicolon, at the line's end or before a closing brace.
    private mutating func value() throws(Fault) -> String {
        while let byte = peek, byte == 32 || byte == 9 { place += 1 }
        if peek == UInt8(ascii: "\"") { return try quoted() }
        let start = place
        while let byte = peek, byte != UInt8(ascii: ";"), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "}") {
            place += 1
        }
        var end = place
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// What stands between parentheses, of which the first is next; the first argument alone.
    private mutating func arguments() throws(Fault) -> String {
        let start = line
        place += 1
        var first: String?
        while let byte = peek, byte != UInt8(ascii: ")") {
            if byte == UInt8(ascii: "\"") {
                let text = try quoted()
                first = first ?? text
            } else if isDelimiter(byte) || byte == UInt8(ascii: "\\") {
                guard byte != UInt8(ascii: "{"), byte != UInt8(ascii: "}"), byte != UInt8(ascii: ";") else { break }
                advance()
            } else {
                let text = try word()
                first = first ?? text
            }
        }
        guard peek == UInt8(ascii: ")") else { throw Fault(line: start, message: "a parenthesis is not closed") }
        place += 1
        return first ?? ""
    }

    /// Line that is read, from 1.
    var currentLine: Int { line }
}
