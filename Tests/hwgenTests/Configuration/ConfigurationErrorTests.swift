import Configuration
import Foundation
import Testing

@testable import hwgen

/// What is said of a file, its name replaced by F.toml; nil when nothing is wrong with it.
private func complaint(_ bytes: [UInt8]) throws -> String? {
    let file = try TemporaryFile(bytes)
    do {
        _ = try ParameterFile.read(file.path)
        return nil
    } catch {
        return "\(error)".replacing(file.path, with: "F.toml")
    }
}

private func complaint(_ text: String) throws -> String? { try complaint(Array(text.utf8)) }

@Suite struct ConfigurationErrorTests {
    @Test("a file that cannot be read, with the system's reason")
    func unreadable() throws {
        let missing = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        for (path, reason) in [
            (missing, "No such file or directory"), ("", "No such file or directory"), ("/", "Is a directory"),
        ] {
            let error = #expect(throws: ConfigurationError.self) { try ParameterFile.read(path) }
            #expect(error?.description == "\(path): cannot be read: \(reason)")
        }
    }

    @Test("a file too large to be a configuration, and one as large as allowed")
    func size() throws {
        let limit = 1_048_576
        let table = Array("[parameters]\na=1\n#".utf8)
        let largest = table + [UInt8](repeating: UInt8(ascii: "."), count: limit - table.count)
        #expect(try complaint(largest) == nil)
        #expect(
            try complaint(largest + [UInt8(ascii: ".")])
                == "F.toml: found more than 1048576 bytes, allowed 1048576 at most")
    }

    @Test(
        "a line that is no TOML",
        arguments: [
            (
                "[parameters]\n  a = four  # bits\n",
                "F.toml:2:8: found 'a = four  # bits', which cannot be read as TOML: error while parsing boolean: "
                    + "expected 'false', saw 'fo'"
            ),
            (
                "[parameters]\n\ta = x4",
                "F.toml:2:6: found 'a = x4', which cannot be read as TOML: error while parsing value: "
                    + "could not determine value type"
            ),
            (
                "[parameters]\r\na 4\r\n",
                "F.toml:2:3: found 'a 4', which cannot be read as TOML: error while parsing key-value pair: "
                    + "expected '=', saw '4'"
            ),
            (
                "[parameters]\na = 99999999999999999999",
                "F.toml:2:25: found 'a = 99999999999999999999', which cannot be read as TOML: "
                    + "error while parsing decimal integer: '99999999999999999999' is not representable in 64 bits"
            ),
            (
                "[parameters\na = 1",
                "F.toml:1:12: found '[parameters', which cannot be read as TOML: error while parsing table header: "
                    + "expected ']', saw '\\n'"
            ),
            (
                "[[",
                "F.toml:1:3: found '[[', which cannot be read as TOML: error while parsing table header: "
                    + "encountered end-of-file"
            ),
            (
                "[@]",
                "F.toml:1:2: found '[@]', which cannot be read as TOML: error while parsing key: "
                    + "expected bare key starting character or string delimiter, saw '@'"
            ),
            (
                "[parameters]\na = é",
                "F.toml:2:5: found 'a = é', which cannot be read as TOML: error while parsing value: "
                    + "could not determine value type"
            ),
        ])
    func syntax(text: String, expected: String) throws {
        #expect(try complaint(text) == expected)
    }

    @Test("a key or table that stands twice")
    func duplicates() throws {
        #expect(
            try complaint("[parameters]\nrows = 1\nrows = 1\n")
                == "F.toml:3:8: found 'rows = 1', which cannot be read as TOML: error while parsing key-value pair: "
                + "cannot redefine existing integer 'rows'")
        #expect(
            try complaint("[parameters]\na = 1\n[parameters]\nb = 1")
                == "F.toml:3:1: found '[parameters]', which cannot be read as TOML: error while parsing table header: "
                + "cannot redefine existing table 'parameters'")
    }

    @Test("a file that ends too early")
    func end() throws {
        #expect(
            try complaint("a = '''\n\n")
                == "F.toml:2:2: found the end of the file, where TOML goes on: error while parsing literal string: "
                + "encountered end-of-file")
    }

    @Test("a binary file")
    func binary() throws {
        #expect(
            try complaint([0x7F, 0x45, 0x4C, 0x46, 0xFF])
                == "F.toml:1:4: found '\\u{7F}ELF\u{FFFD}', which cannot be read as TOML: "
                + "encountered invalid utf-8 sequence")
    }

    @Test("an unknown table or key, with the one that was meant")
    func unknown() throws {
        let allowed = "allowed the table [parameters] with NAME = whole number"
        let meant = "; did you mean 'parameters'?"
        #expect(
            try complaint("\n [paramters]\nrows = 1") == "F.toml:2:3: found key 'paramters', \(allowed)\(meant)")
        #expect(try complaint("[paramters]") == "F.toml:1:2: found key 'paramters', \(allowed)\(meant)")
        #expect(try complaint("[Parameters]") == "F.toml:1:2: found key 'Parameters', \(allowed)\(meant)")
        #expect(try complaint("plane-lanes = 4") == "F.toml:1:1: found key 'plane-lanes', \(allowed)")
        #expect(try complaint("[[other]]\na = 1") == "F.toml:1:3: found key 'other', \(allowed)")
        #expect(try complaint("\"a\\nb\" = 1") == "F.toml:1:1: found key '\"a\\nb\"', \(allowed)")
        #expect(
            try complaint("[parameters]\na = 1\n[other.table]") == "F.toml:3:2: found key 'other', \(allowed)")
    }

    @Test("a table within the table")
    func nested() throws {
        let allowed = "allowed NAME = whole number in the table [parameters]"
        #expect(
            try complaint("[parameters.engine]\nrows = 1")
                == "F.toml:1:13: found key 'parameters.engine.rows', \(allowed)")
        #expect(
            try complaint("[parameters]\na = 1\nplane.lanes = 4")
                == "F.toml:3:1: found key 'parameters.plane.lanes', \(allowed)")
    }

    @Test(
        "a value that is no whole number",
        arguments: [
            ("4.0", "4.0"), ("\"4\"", "\"4\""), ("true", "true"), ("[1, 2.5]", "[1, 2.5]"), ("{}", "{…}"),
            ("[{b = 1}]", "[{…}]"), ("2024-02-29", "2024-02-29"), ("nan", "nan"), ("'''\na\n\tb'''", "\"a\\n\\tb\""),
            ("'a\u{2028}b\u{202E}'", "\"a\\u{2028}b\\u{202E}\""),
            ("'\(String(repeating: "x", count: 100))'", "\"\(String(repeating: "x", count: 59))…"),
        ])
    func value(text: String, found: String) throws {
        #expect(
            try complaint("[parameters]\nrows = \(text)")
                == "F.toml:2:8: rows: found '\(found)', allowed a whole number")
    }

    @Test("parameters that are no table")
    func noTable() throws {
        let allowed = "allowed one table with NAME = whole number"
        #expect(try complaint("parameters = 4") == "F.toml:1:14: parameters: found '4', \(allowed)")
        #expect(try complaint("[[parameters]]\na = 1") == "F.toml:1:1: parameters: found '[{…}]', \(allowed)")
    }

    @Test("a file's name with a line feed stays in the line")
    func fileName() {
        let place = ConfigurationError.Place(file: "a\nb", position: .init(line: 1, column: 2))
        #expect(place.description == "a\\nb:1:2")
    }
}
