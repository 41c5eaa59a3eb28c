import Testing

@testable import hwgen

@Suite struct ParsingTests {
    @Test("what is not given has its default, or none")
    func defaults() throws {
        let command = try parsed("demo")
        #expect(command.name == "demo")
        #expect(try command.integer("images") == 100)
        #expect(try command.real("upset-rate") == 0.001)
        #expect(try command.text("waves") == "on-failure")
        #expect(try command.unsigned("seed") == 1)
        #expect(command.optionalInteger("offset") == nil)
        #expect(command.optionalReal("gain") == nil)
        #expect(!command.isGiven("images"))
        #expect(!command.isJSON)
        #expect(command.jobs >= 1)
        #expect(try parsed("bench").text("WHAT") == "all")
        #expect(try parsed("bench").texts("FILES") == [])
    }

    @Test("a value follows its option after a space, after '=' or, for a letter, at once")
    func forms() throws {
        for arguments in [["--images", "7"], ["--images=7"], ["-n", "7"], ["-n7"], ["-bn7"], ["--images", "+7"]] {
            guard case .run(let command) = sampleParser.parse(["demo"] + arguments) else {
                Issue.record("\(arguments)")
                continue
            }
            #expect(try command.integer("images") == 7)
            #expect(command.isGiven("images"))
        }
    }

    @Test("a negative number is a value, not an option")
    func negativeNumbers() throws {
        #expect(try parsed("demo", "--offset", "-5").integer("offset") == -5)
        #expect(try parsed("demo", "--offset=-5").integer("offset") == -5)
        #expect(try parsed("demo", "--gain", "-.5").real("gain") == -0.5)
        #expect(try parsed("demo", "--gain", "-1e-3").real("gain") == -0.001)
    }

    @Test("a seed may be hexadecimal and as large as 64 bits")
    func seeds() throws {
        #expect(try parsed("demo", "--seed", "0xfF").unsigned("seed") == 255)
        #expect(try parsed("demo", "--seed", "18446744073709551615").unsigned("seed") == .max)
    }

    @Test("what looks like an option is a value after '='")
    func valuesLikeOptions() throws {
        #expect(try parsed("emit", "d", "--output=--json").text("output") == "--json")
        #expect(try parsed("emit", "d", "--output=-o").text("output") == "-o")
        #expect(try parsed("emit", "d", "--output=").text("output") == "")
        #expect(try parsed("emit", "d", "-o", "-").text("output") == "-")
        #expect(try parsed("emit", "d", "--output=a=b=c").text("output") == "a=b=c")
    }

    @Test("texts that the library gives a meaning pass unchanged")
    func specialTexts() throws {
        for special in ["++", "[a,b]", "[]", "{}", "%%", "\u{1}", "\u{1}x", "a,b", "'a'", "\"", "ü€𝄞", "/x", "a b"] {
            #expect(try parsed("emit", special).text("DESIGN") == special)
            #expect(try parsed("emit", "d", "-o", special).text("output") == special)
            #expect(try parsed("emit", "d", "--output=" + special).text("output") == special)
            #expect(try parsed("bench", "all", special, special).texts("FILES") == [special, special])
        }
    }

    @Test("after '--' everything is a positional argument")
    func terminator() throws {
        #expect(try parsed("emit", "--", "--json").text("DESIGN") == "--json")
        #expect(try parsed("emit", "-o", "x", "--", "-o").text("DESIGN") == "-o")
        #expect(try parsed("bench", "all", "--", "--help", "--", "-x").texts("FILES") == ["--help", "--", "-x"])
        #expect(try parsed("bench", "all", "--", "--a=b", "++", "[x]").texts("FILES") == ["--a=b", "++", "[x]"])
    }

    @Test("a positional may be named like a command")
    func positionalNamedLikeCommand() throws {
        #expect(try parsed("bench", "emit").text("WHAT") == "emit")
        #expect(try parsed("bench", "demo").name == "bench")
    }

    @Test("a repeated option keeps its values in order, and a pair is split at its first '='")
    func repeated() throws {
        let command = try parsed("emit", "--set", "b=1", "d", "--set=a=x=y", "--set", "c=")
        #expect(command.texts("set") == ["b=1", "a=x=y", "c="])
        #expect(command.pairs("set").map(\.key) == ["b", "a", "c"])
        #expect(command.pairs("set").map(\.value) == ["1", "x=y", ""])
        #expect(try command.text("DESIGN") == "d")
    }

    @Test("a list takes several values, several times, up to the next option")
    func lists() throws {
        let command = try parsed(
            "device", "switching", "--overdrive", "1.5", "2", "--pulse", "5e-9", "--overdrive", "3", "--json")
        #expect(command.name == "device switching")
        #expect(command.reals("overdrive") == [1.5, 2, 3])
        #expect(command.reals("pulse") == [5e-9])
        #expect(command.isJSON)
    }

    @Test("a flag may be repeated")
    func flags() throws {
        #expect(try parsed("demo", "--bench", "-b", "--json").isGiven("bench"))
    }

    @Test("a parser serves many lines, each on its own")
    func independence() throws {
        #expect(try parsed("demo", "--images", "3").integer("images") == 3)
        #expect(throws: UsageError.self) { try parsed("demo", "--images") }
        #expect(try parsed("demo").integer("images") == 100)
    }
}
