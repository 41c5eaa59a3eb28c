import Testing

@testable import Configuration

@Suite struct TOMLDocumentTests {
    private func entries(_ text: String) throws -> [TOMLDocument.Entry] {
        try TOMLDocument(parsing: Array(text.utf8)).entries
    }

    /// Every entry as text: path, value, and the places of the last key and of the value.
    private func summary(_ text: String) throws -> [String] {
        try entries(text).map { entry in
            let key = entry.keys.last?.position
            let places = "\(key?.line ?? 0):\(key?.column ?? 0) \(entry.position.line):\(entry.position.column)"
            return "\(entry.keyPath) = \(entry.value) \(places)"
        }
    }

    @Test("every kind of value comes with its type")
    func kinds() throws {
        let text = """
            text = "a\\tb"
            literal = 'a\\tb'
            whole = -1_000
            hexadecimal = 0xFF
            real = 6.5e-1
            endless = -inf
            yes = true
            list = [1, "two", [3.0, false], { four = 4 }, []]
            none = []
            day = 1979-05-27
            moment = 07:32:00
            both = 1979-05-27T07:32:00Z
            """
        #expect(
            try entries(text).map(\.value) == [
                .string("a\tb"), .string("a\\tb"), .integer(-1000), .integer(255), .real(0.65), .real(-.infinity),
                .boolean(true),
                .array([.integer(1), .string("two"), .array([.real(3), .boolean(false)]), .table, .array([])]),
                .array([]), .other("1979-05-27"), .other("07:32:00"), .other("1979-05-27T07:32:00Z"),
            ])
    }

    @Test("values read like TOML in messages")
    func descriptions() throws {
        #expect(
            try entries("a = ['b', 0x10, 2.5, true, {c = 1}, 07:32:00]").map(\.value.description)
                == ["[\"b\", 16, 2.5, true, {…}, 07:32:00]"])
    }

    @Test("entries stand in the order of the file, with the places of keys and values")
    func order() throws {
        let text = """
            z = 1
              [m]
            b =    2
            a.c = { y = 3, x = 4 }

            [ e . "f g" ]
            [e.h]
            """
        #expect(
            try summary(text) == [
                "z = 1 1:1 1:5", "m.b = 2 3:1 3:8", "m.a.c.y = 3 4:9 4:13", "m.a.c.x = 4 4:16 4:20",
                "e.\"f g\" = {…} 6:7 6:1", "e.h = {…} 7:4 7:1",
            ])
    }

    @Test("a path has the place of each of its keys")
    func keyPositions() throws {
        let keys = try entries("\n[outer.inner]\nlast = 1").first?.keys
        #expect(
            keys == [
                .init(name: "outer", position: .init(line: 2, column: 2)),
                .init(name: "inner", position: .init(line: 2, column: 8)),
                .init(name: "last", position: .init(line: 3, column: 1)),
            ])
    }

    @Test("tables in a list are one value, whatever they hold")
    func tableArrays() throws {
        #expect(try summary("[[a]]\nb = 1\n[[a]]\nc = 2") == ["a = [{…}, {…}] 1:3 1:1"])
    }

    @Test("a byte order mark and CR LF change nothing, not even the places")
    func lineEnds() throws {
        let text = "# one\n[a]\nb = 'ü' # ü\nc = 2\n"
        let plain = try entries(text)
        #expect(plain.count == 2)
        #expect(try entries("\u{FEFF}" + text) == plain)
        #expect(try entries(text.replacing("\n", with: "\r\n")) == plain)
        #expect(try entries("\u{FEFF}" + text.replacing("\n", with: "\r\n")) == plain)
    }

    @Test("columns count code points")
    func columns() throws {
        #expect(try summary("'üöä' = 1") == ["\"üöä\" = 1 1:1 1:9"])
    }

    @Test("empty documents have no entries", arguments: ["", "\u{FEFF}", "\n", "\r\n \t\n", "# nothing", "#é\n"])
    func empty(text: String) throws {
        #expect(try entries(text).isEmpty)
    }

    @Test("a zero in a text or key does not end it")
    func zeros() throws {
        let entry = try entries(#""a\u0000b" = "c\u0000d""#).first
        #expect(entry?.keys.map(\.name) == ["a\0b"])
        #expect(entry?.value == .string("c\0d"))
    }

    @Test("keys are written bare only where TOML lets them be")
    func writtenKeys() {
        #expect(TOMLDocument.written("plane-lanes_2") == "plane-lanes_2")
        #expect(TOMLDocument.written("") == "\"\"")
        #expect(TOMLDocument.written("a.b") == "\"a.b\"")
        #expect(TOMLDocument.written("ü") == "\"ü\"")
    }

    @Test("the extremes of 64 bits are whole numbers, one more is an error")
    func integerLimits() throws {
        #expect(try entries("a = 9223372036854775807").map(\.value) == [.integer(.max)])
        #expect(try entries("a = -9223372036854775808").map(\.value) == [.integer(.min)])
        for text in ["9223372036854775808", "-9223372036854775809", "0xFFFFFFFFFFFFFFFF"] {
            #expect(throws: TOMLDocument.SyntaxError.self, "\(text)") { try entries("a = \(text)") }
        }
    }

    /// A deeper tree would be destroyed by as deep a recursion: this is what keeps a file from exhausting the stack.
    @Test("depth has limits, and far beyond them there is an error and no crash")
    func depth() throws {
        func dotted(_ count: Int) -> String { Array(repeating: "a", count: count).joined(separator: ".") }
        #expect(try entries("\(dotted(16)) = 1").first?.keys.count == 16)
        #expect(try entries("[\(dotted(16))]").first?.keys.count == 16)
        for count in [17, 200_000] {
            let first = TOMLDocument.SyntaxError(
                position: .init(line: 1, column: 33), line: "\(dotted(count)) = 1",
                reason: "a dotted key of more than 16 keys")
            #expect(throws: first) { try entries("\(dotted(count)) = 1") }
            #expect(throws: TOMLDocument.SyntaxError.self) { try entries("b = 1\n[\(dotted(count))]") }
        }
        func nested(_ count: Int, _ open: String, _ close: String) -> String {
            "a = " + String(repeating: open, count: count) + "1" + String(repeating: close, count: count)
        }
        for (open, close) in [("[", "]"), ("{ a = ", "}")] {
            #expect(try entries(nested(15, open, close)).count == 1)
            #expect(throws: TOMLDocument.SyntaxError.self) { try entries(nested(17, open, close)) }
            #expect(throws: TOMLDocument.SyntaxError.self) { try entries(nested(100_000, open, close)) }
        }
    }

    @Test(
        "a long key is found behind any string",
        arguments: [
            "'b'", "'b\\'", "''", "\"\\\"\"", "\"\\\\\"", "'''b'''", "'''b\n''''", "'''b'''''", "''''''",
            "\"\"\"b\"\"\"\"", "\"\"\"b\\\"\"\"\"\"\"",
        ])
    func longKeyBehindString(string: String) throws {
        let keys = Array(repeating: "a", count: 17).joined(separator: ".")
        #expect(try entries("c = [\(string), { d = 1 }]").count == 1)
        let error = #expect(throws: TOMLDocument.SyntaxError.self) { try entries("c = [\(string), { \(keys) = 1 }]") }
        #expect(error?.reason == "a dotted key of more than 16 keys")
    }

    @Test("dots in strings, comments and lists do not make a key long")
    func harmlessDots() throws {
        let dots = String(repeating: ".", count: 40)
        let text = """
            # \(dots)
            a = "\\"\(dots)" # "\(dots)
            b = '\(dots)\\'
            c = '''\(dots)'\(dots)'''''
            d = \"""\\\"""\(dots)""\(dots)\"""\""
            "\(dots)".'\(dots)' = 5
            e = [\(Array(repeating: "0.5", count: 40).joined(separator: ", "))]
            """
        #expect(try entries(text).count == 6)
    }
}
