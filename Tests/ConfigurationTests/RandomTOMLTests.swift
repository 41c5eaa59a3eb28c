import TestSupport
import Testing

@testable import Configuration

@Suite struct RandomTOMLTests {
    /// A document, or one line of error at a place; toml++ 3.3 by itself aborts on some of the words here.
    @Test("garbage gives a document or one line of error, and never a crash", arguments: [1, 2, 3, 4] as [UInt64])
    func garbage(seed: UInt64) {
        var cases = SeededCases(seed: seed)
        let words: [String] = [
            "[parameters]", "[", "[[", "[[[", "]", "]]", "{", "}", "=", " = ", ".", ",", "\"", "\"\"\"", "'", "'''",
            "#",
            "\n", "\r\n", "\r", "\t", " ", "\0", "\u{7F}", "é", "\u{FEFF}", "\u{A0}", "\u{3000}", "\u{2028}",
            "\u{10FFFF}",
            "\\", "\\u0000", "\\UFFFFFFFF", "0x", "-", "+", "_", "1", "00", "1_000", "9999999999999999999999", "1e400",
            "1.5", "inf", "nan", "true", "2024-02-30", "2024-02-29T07:32:00.999999999-00:00", "07:32", "a", "a = 1\n",
            "plane-lanes = 4\n", "b = [1, 2]\n", "c = {d = 1}\n",
        ]
        for round in 0..<500 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...40, using: &cases) {
                if Int.random(in: 0..<6, using: &cases) > 0 {
                    bytes += (words.randomElement(using: &cases) ?? "").utf8
                } else {
                    bytes.append(UInt8.random(in: 0...255, using: &cases))
                }
            }
            do {
                _ = try TOMLDocument(parsing: bytes)
            } catch {
                let place = ConfigurationError.Place(file: "F.toml", position: error.position)
                let text = ConfigurationError.syntax(place, found: error.line, reason: error.reason).description
                let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
                #expect(!text.contains { $0.isNewline }, "seed \(seed), round \(round), \(bytes)")
                #expect((1...lines).contains(error.position.line), "seed \(seed), round \(round), \(bytes)")
                #expect(error.position.column >= 1, "seed \(seed), round \(round), \(bytes)")
            }
        }
    }
}
