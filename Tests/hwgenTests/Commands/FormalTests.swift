import Foundation
import Testing

/// Law: `hwgen formal` gives every property a verdict with its place, and ends with 1 when one is not decided.
@Suite struct FormalTests {
    @Test func provesTheArbiter() throws {
        let outcome = try Executable.run(["formal", "round-robin-arbiter", "--json", "-o", "proof"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try outcome.json()
        #expect(report["design"] as? String == "round-robin-arbiter")
        let properties = try #require(report["properties"] as? [[String: Any]])
        #expect(properties.contains { $0["kind"] as? String == "assert" })
        for property in properties {
            let verdict = property["kind"] as? String == "cover" ? "reached" : "proved"
            #expect(property["verdict"] as? String == verdict)
            #expect((property["file"] as? String)?.hasPrefix("Components/") == true)
            #expect(property["line"] is Int && property["depth"] is Int && property["seconds"] is Double)
        }
        let cover = try #require(properties.first { $0["kind"] as? String == "cover" })
        let wave = try #require(cover["wave"] as? String)
        let text = try String(contentsOfFile: Executable.scratch + "/" + wave, encoding: .utf8)
        #expect(text.contains("$enddefinitions"))
        let stimulus = try #require(cover["stimulus"] as? String)
        #expect(FileManager.default.fileExists(atPath: Executable.scratch + "/" + stimulus))
    }

    @Test func aSearchTooShortForACoverEndsWithOne() throws {
        let outcome = try Executable.run(["formal", "stream-fifo", "--cover-depth", "1"])
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("unreached"), "\(outcome.output)\(outcome.errors)")
    }

    @Test func badInputIsOneLine() throws {
        let unknown = try Executable.run(["formal", "stream-fif"])
        #expect(unknown.status == 2)
        #expect(unknown.errors.contains("stream-fifo"))
        let deep = try Executable.run(["formal", "stream-fifo", "--depth", "3", "--induction-depth", "3"])
        #expect(deep.status == 2)
        #expect(deep.errors.contains("inductionDepth: found 3, allowed 0 to 2"), "\(deep.errors)")
    }
}
