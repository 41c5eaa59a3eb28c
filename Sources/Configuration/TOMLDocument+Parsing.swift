import CShims

extension TOMLDocument {
    /// Parses the bytes of a file: UTF-8 with or without a byte order mark, lines ended by LF or CR LF.
    ///
    /// Beyond TOML 1.0 a dotted key may hold at most 16 keys, and at most 16 arrays and inline tables may stand in each
    /// other.
    ///
    /// - Throws: `SyntaxError` for bytes that are no such document.
    package init(parsing bytes: [UInt8]) throws(SyntaxError) {
        let parsed = bytes.withUnsafeBytes { cshims_toml_parse($0.bindMemory(to: CChar.self).baseAddress, $0.count) }
        guard let parsed else {
            throw SyntaxError(position: Position(line: 1, column: 1), line: nil, reason: "no memory")
        }
        defer { cshims_toml_destroy(parsed) }
        var failure = cshims_toml_error()
        if cshims_toml_get_error(parsed, &failure) {
            let position = Position(failure.position)
            throw SyntaxError(
                position: position, line: Self.line(position.line, of: bytes), reason: Self.reason(failure.message))
        }
        entries = (0..<cshims_toml_entry_count(parsed)).compactMap { Self.entry($0, of: parsed) }
    }

    private static func entry(_ index: Int, of parsed: OpaquePointer) -> Entry? {
        var entry = cshims_toml_entry()
        guard cshims_toml_get_entry(parsed, index, &entry) else { return nil }
        let keys = (0..<entry.key_count).compactMap { place -> Key? in
            var key = cshims_toml_key()
            guard cshims_toml_get_key(parsed, index, place, &key) else { return nil }
            return Key(name: String(key.name), position: Position(key.position))
        }
        return Entry(keys: keys, value: value(entry.value, of: parsed), position: Position(entry.position))
    }

    private static func value(_ value: cshims_toml_value, of parsed: OpaquePointer) -> TOMLValue {
        switch value.kind {
        case CSHIMS_TOML_STRING: .string(String(value.text))
        case CSHIMS_TOML_INTEGER: .integer(Int(value.integer))
        case CSHIMS_TOML_REAL: .real(value.real)
        case CSHIMS_TOML_BOOLEAN: .boolean(value.boolean)
        case CSHIMS_TOML_ARRAY: .array(elements(of: value, in: parsed))
        case CSHIMS_TOML_TABLE: .table
        default: .other(String(value.text))
        }
    }

    private static func elements(of array: cshims_toml_value, in parsed: OpaquePointer) -> [TOMLValue] {
        (0..<array.element_count).compactMap { place in
            var element = cshims_toml_value()
            guard cshims_toml_get_element(parsed, array.element_start + place, &element) else { return nil }
            return value(element, of: parsed)
        }
    }

    /// The line of a number that counts from one, without its indentation and end; nil when from there on the file
    /// is blank.
    private static func line(_ number: Int, of bytes: [UInt8]) -> String? {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let isBlank: (UInt8) -> Bool = { " \t\r".utf8.contains($0) }
        guard number <= lines.count, !lines[(number - 1)...].allSatisfy({ $0.allSatisfy(isBlank) }) else { return nil }
        let line = lines[number - 1].drop(while: isBlank)
        let end = line.lastIndex { !isBlank($0) }
        return end.map { String(decoding: line[...$0], as: UTF8.self) } ?? ""
    }

    /// The library's sentence as a clause.
    private static func reason(_ message: cshims_toml_text) -> String {
        let text = String(message)
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}

extension TOMLDocument.Position {
    fileprivate init(_ position: cshims_toml_position) {
        self.init(line: Int(position.line), column: Int(position.column))
    }
}

extension String {
    fileprivate init(_ text: cshims_toml_text) {
        self.init(decoding: UnsafeRawBufferPointer(start: text.bytes, count: text.count), as: UTF8.self)
    }
}
