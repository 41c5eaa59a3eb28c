import Foundation
import Testing

/// Law: every example of the language guide is code of these tests, so it compiles and does what the guide says.
@Suite("Guide: text")
struct GuideTextTests {
    private var root: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    /// Examples by name, without their common indentation.
    private func examples() throws -> [String: String] {
        var examples: [String: String] = [:]
        for file in ["Basics.swift", "Statements.swift", "Structure.swift"] {
            let text = try String(contentsOf: root.appendingPathComponent("Tests/GuideTests/\(file)"), encoding: .utf8)
            var name: String?
            var lines: [Substring] = []
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                let trimmed = line.drop { $0 == " " }
                if trimmed.hasPrefix("// guide: ") {
                    name = String(trimmed.dropFirst(10))
                    lines = []
                } else if trimmed == "// end", let finished = name {
                    let indent = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
                    examples[finished] = lines.map { $0.dropFirst(indent) }.joined(separator: "\n")
                    name = nil
                } else {
                    lines.append(line)
                }
            }
        }
        return examples
    }

    /// Blocks of Swift in the guide.
    private func blocks() throws -> [String] {
        let text = try String(contentsOf: root.appendingPathComponent("docs/language.md"), encoding: .utf8)
        return text.components(separatedBy: "```swift\n").dropFirst().map {
            ($0.components(separatedBy: "\n```").first ?? "")
        }
    }

    @Test func everyBlockIsTestedCode() throws {
        let examples = Set(try examples().values)
        let blocks = try blocks()
        #expect(blocks.count >= 12)
        for block in blocks { #expect(examples.contains(block), "not tested:\n\(block)") }
    }

    @Test func everyExampleStandsInTheGuide() throws {
        let blocks = Set(try blocks())
        for (name, text) in try examples() { #expect(blocks.contains(text), "\(name) is not in the guide") }
    }
}
