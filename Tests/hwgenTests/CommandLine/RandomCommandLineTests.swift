import TestSupport
import Testing

@testable import hwgen

@Suite struct RandomCommandLineTests {
    @Test(
        "garbage gives a command, a text or one line of error, and never a crash", arguments: [1, 2, 3, 4] as [UInt64])
    func garbage(seed: UInt64) {
        var cases = SeededCases(seed: seed)
        let words = [
            "demo", "emit", "bench", "device", "switching", "list", "help", "--help", "-h", "--version", "--", "-",
            "---",
            "--=", "--images", "--images=", "-n", "-n5", "--set", "a=b", "--pulse", "1e-9", "++", "[", "[]", "{}", "",
            "=", "-=", "--json", "--json=x", "-bbb", "-bj", "\u{1}", "--x=\u{1}", "-5", "-.5", "0x", "\u{0}", "\n",
        ]
        let letters = Array("-=ab1.e+[]{},\u{1}\"'\\ü\u{7F}:/ \t")
        for round in 0..<400 {
            let arguments = (0..<Int.random(in: 0...7, using: &cases)).map { _ in
                if Int.random(in: 0..<3, using: &cases) > 0 { return words.randomElement(using: &cases) ?? "" }
                let count = Int.random(in: 0...9, using: &cases)
                return String((0..<count).compactMap { _ in letters.randomElement(using: &cases) })
            }
            if case .failure(let error) = sampleParser.parse(arguments) {
                let isLine = !error.description.isEmpty && !error.description.contains { $0.isNewline }
                #expect(isLine, "seed \(seed), round \(round), \(arguments)")
                if case .parserFailure = error { Issue.record("seed \(seed), round \(round), \(arguments): \(error)") }
            }
        }
    }

    @Test("values come back as they were written, in any form and order", arguments: [11, 12, 13] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var cases = SeededCases(seed: seed)
        for round in 0..<200 {
            let images = Int.random(in: 1...Int.max, using: &cases)
            let offset = Int.random(in: -10...10, using: &cases)
            let rate = Double.random(in: 0...1, using: &cases)
            let seedValue = UInt64.random(in: 0...UInt64.max, using: &cases)
            var options = [
                Bool.random(using: &cases) ? ["--images", "\(images)"] : ["-n\(images)"],
                Bool.random(using: &cases) ? ["--offset", "\(offset)"] : ["--offset=\(offset)"],
                Bool.random(using: &cases) ? ["--upset-rate", "\(rate)"] : ["--upset-rate=\(rate)"],
                ["--seed", Bool.random(using: &cases) ? "\(seedValue)" : "0x" + String(seedValue, radix: 16)],
            ]
            options.shuffle(using: &cases)
            let arguments = ["demo"] + options.flatMap(\.self)
            let context: Comment = "seed \(seed), round \(round), \(arguments)"
            guard case .run(let command) = sampleParser.parse(arguments) else {
                Issue.record(context)
                continue
            }
            #expect(try command.integer("images") == images, context)
            #expect(try command.integer("offset") == offset, context)
            #expect(try command.real("upset-rate") == rate, context)
            #expect(try command.unsigned("seed") == seedValue, context)
        }
    }
}
