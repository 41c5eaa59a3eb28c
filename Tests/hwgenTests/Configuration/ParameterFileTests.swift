import TestSupport
import Testing

@testable import hwgen

@Suite struct ParameterFileTests {
    private func read(_ text: String) throws -> [String] {
        let file = try TemporaryFile(text)
        return try ParameterFile.read(file.path).map { "\($0.key)=\($0.value)" }
    }

    @Test("parameters come in the order of the file, as decimal text")
    func order() throws {
        let text = """
            # a comment
            [parameters]
            plane-lanes = 4
            activation-bits = 0x8   # bits
            columns = 1_024
            "rows" = -3
            """
        #expect(try read(text) == ["plane-lanes=4", "activation-bits=8", "columns=1024", "rows=-3"])
    }

    @Test("each way in which TOML writes a table is the same table")
    func forms() throws {
        let expected = ["z=1", "a=2"]
        #expect(try read("[parameters]\nz = 1\na = 2") == expected)
        #expect(try read("\u{FEFF}[parameters]\r\nz = 1\r\na = 2\r\n") == expected)
        #expect(try read("parameters.z = 1\nparameters.a = 2") == expected)
        #expect(try read("parameters = { z = 1, a = 2 }") == expected)
        #expect(try read(" [ 'parameters' ] \n\t'z' = +1\n\ta = 0b10") == expected)
    }

    @Test("an empty file and an empty table set nothing")
    func empty() throws {
        #expect(try read("") == [])
        #expect(try read("# nothing\n") == [])
        #expect(try read("[parameters]\n") == [])
        #expect(try read("parameters = {}") == [])
    }

    @Test("entries have the places of their keys")
    func places() throws {
        let file = try TemporaryFile("\n[parameters]\n  plane-lanes = 4\nrows = 5\n")
        #expect(
            try ParameterFile.entries(file.path) == [
                .init(key: "plane-lanes", value: "4", line: 3, column: 3),
                .init(key: "rows", value: "5", line: 4, column: 1),
            ])
    }

    /// The file is written here in a random manner; what was written must come back.
    @Test("whatever is written comes back", arguments: [1, 2, 3] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var cases = SeededCases(seed: seed)
        for round in 0..<100 {
            var lines = [Bool.random(using: &cases) ? "[parameters]" : " [ \"parameters\" ] # the table"]
            var expected: [ParameterFile.Entry] = []
            for index in 0..<Int.random(in: 0...12, using: &cases) {
                while Bool.random(using: &cases) {
                    lines.append(["", "# rows = 1", "\t "].randomElement(using: &cases) ?? "")
                }
                let key =
                    ["plane-lanes", "rows", "Z_9", "0"].randomElement(using: &cases).map { "\($0)-\(index)" } ?? ""
                let number = Int.random(in: Bool.random(using: &cases) ? 0...9 : 0...Int.max, using: &cases)
                let values = [
                    "\(number)", "+\(number)", "0x" + String(number, radix: 16), "0o" + String(number, radix: 8),
                ]
                let indent = String(repeating: " ", count: Int.random(in: 0...3, using: &cases))
                let value = values.randomElement(using: &cases) ?? ""
                lines.append(indent + (Bool.random(using: &cases) ? "\(key)=\(value)" : "'\(key)' = \(value) # '"))
                expected.append(.init(key: key, value: "\(number)", line: lines.count, column: indent.count + 1))
            }
            let end = Bool.random(using: &cases) ? "\n" : "\r\n"
            let text = (Bool.random(using: &cases) ? "\u{FEFF}" : "") + lines.joined(separator: end)
            let file = try TemporaryFile(text)
            #expect(try ParameterFile.entries(file.path) == expected, "seed \(seed), round \(round)\n\(text)")
        }
    }
}
