import Testing

@testable import hwgen

/// The full text of every message, reached by the command line that causes it.
@Suite struct UsageErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let message: String

        init(_ arguments: String..., message: String) {
            self.arguments = arguments
            self.message = message
        }

        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let all = "demo, emit, bench, device switching, device list"

    static let commands = [
        Case(message: "no command given (commands: \(all)); 'hwgen --help' says what they do"),
        Case("dmo", message: "unknown command 'dmo'; did you mean 'demo'? (commands: \(all))"),
        Case("dmo", "--images", "5", message: "unknown command 'dmo'; did you mean 'demo'? (commands: \(all))"),
        Case("frobnicate", message: "unknown command 'frobnicate' (commands: \(all))"),
        Case("", message: "unknown command '' (commands: \(all))"),
        Case("a\nb", message: "unknown command 'a\\nb' (commands: \(all))"),
        Case(
            "device",
            message:
                "no command given (commands: device switching, device list); 'hwgen device --help' says what they do"
        ),
        Case(
            "device", "lst",
            message:
                "unknown command 'device lst'; did you mean 'device list'? (commands: device switching, device list)"),
        Case("help", "emi", message: "unknown command 'emi'; did you mean 'emit'? (commands: \(all))"),
    ]

    static let options = [
        Case(
            "demo", "--imges", "5", message: "unknown option '--imges' for 'hwgen demo'; did you mean '--images'?"),
        Case("demo", "--imges=5", message: "unknown option '--imges' for 'hwgen demo'; did you mean '--images'?"),
        Case("demo", "--up", "1", message: "unknown option '--up' for 'hwgen demo'; did you mean '--upset-rate'?"),
        Case(
            "demo", "--frobnicate",
            message: "unknown option '--frobnicate' for 'hwgen demo'; 'hwgen demo --help' lists its options"),
        Case("demo", "-x", message: "unknown option '-x' for 'hwgen demo'; 'hwgen demo --help' lists its options"),
        Case(
            "device", "list", "--jsn", message: "unknown option '--jsn' for 'hwgen device list'; did you mean '--json'?"
        ),
        Case("--versoin", message: "unknown option '--versoin' for 'hwgen'; did you mean '--version'?"),
        Case("--json", "demo", message: "option '--json' stands before the command; write 'hwgen COMMAND --json'"),
        Case("--seed", "5", "demo", message: "option '--seed' stands before the command; write 'hwgen COMMAND --seed'"),
        Case("-j", "5", "demo", message: "option '-j' stands before the command; write 'hwgen COMMAND -j'"),
        Case("demo", "--seed", "1", "--seed", "2", message: "--seed: found more than once, allowed once"),
        Case("demo", "--json=1", message: "--json: found value '1', allowed no value"),
        Case("demo", "--json=", message: "--json: found value '', allowed no value"),
        Case("device", "switching", message: "'hwgen device switching' needs --pulse: length of the write pulse"),
        Case("emit", message: "'hwgen emit' needs DESIGN: the design to emit"),
        Case("emit", "a", "b", message: "unexpected argument 'b' for 'hwgen emit', allowed DESIGN"),
        Case("demo", "b", message: "unexpected argument 'b' for 'hwgen demo', allowed options only"),
        Case("demo", "demo", message: "unexpected argument 'demo' for 'hwgen demo', allowed options only"),
        Case("demo", "++", message: "unexpected argument '++' for 'hwgen demo', allowed options only"),
        Case("demo", "--", "--help", message: "unexpected argument '--help' for 'hwgen demo', allowed options only"),
        Case("demo", "--", "--a=b", message: "unexpected argument '--a=b' for 'hwgen demo', allowed options only"),
    ]

    static let values = [
        Case("demo", "--images", message: "--images: found no value, allowed an integer 1 or more"),
        Case("demo", "-n", message: "--images: found no value, allowed an integer 1 or more"),
        Case("demo", "-bn", message: "--images: found no value, allowed an integer 1 or more"),
        Case(
            "demo", "--images", "--json",
            message: "--images: found option '--json' in place of a value, allowed an integer 1 or more; "
                + "'--images=--json' if it is the value"),
        Case(
            "emit", "d", "-o", "--set", "a=b",
            message: "--output: found option '--set' in place of a value, allowed a text; "
                + "'--output=--set' if it is the value"),
        Case(
            "emit", "d", "--set", "-o",
            message: "--set: found option '-o' in place of a value, allowed key=value; '--set=-o' if it is the value"),
        Case("demo", "--images", "ten", message: "--images: found 'ten', allowed an integer 1 or more"),
        Case("demo", "--images", "1.5", message: "--images: found '1.5', allowed an integer 1 or more"),
        Case("demo", "--images=", message: "--images: found '', allowed an integer 1 or more"),
        Case("demo", "--images", "0", message: "--images: found '0', allowed 1 or more"),
        Case("demo", "--images", "-5", message: "--images: found '-5', allowed 1 or more"),
        Case(
            "demo", "--images", "9223372036854775808",
            message: "--images: found '9223372036854775808', allowed 1 to 9223372036854775807"),
        Case("demo", "--offset", "11", message: "--offset: found '11', allowed -10 to 10"),
        Case("demo", "-j0", message: "--jobs: found '0', allowed 1 to 1024"),
        Case("demo", "-j=4", message: "--jobs: found '=4', allowed an integer 1 to 1024"),
        Case("demo", "--seed", "-1", message: "--seed: found '-1', allowed 0 or more"),
        Case("demo", "--seed", "0x", message: "--seed: found '0x', allowed an integer 0 or more"),
        Case(
            "demo", "--seed", "18446744073709551616",
            message: "--seed: found '18446744073709551616', allowed 0 to 18446744073709551615"),
        Case("demo", "--upset-rate", "1.5", message: "--upset-rate: found '1.5', allowed 0 to 1"),
        Case("demo", "--upset-rate", "1e999", message: "--upset-rate: found '1e999', allowed 0 to 1"),
        Case("demo", "--upset-rate", "nan", message: "--upset-rate: found 'nan', allowed a number 0 to 1"),
        Case("demo", "--upset-rate", "5%", message: "--upset-rate: found '5%', allowed a number 0 to 1"),
        Case(
            "demo", "--waves", "alwys",
            message: "--waves: found 'alwys', allowed one of never, on-failure, always; did you mean 'always'?"),
        Case("demo", "--waves", "x", message: "--waves: found 'x', allowed one of never, on-failure, always"),
        Case("bench", "emt", message: "WHAT: found 'emt', allowed one of emit, demo, all; did you mean 'emit'?"),
        Case("emit", "d", "--set", "columns", message: "--set: found 'columns', allowed key=value"),
        Case("emit", "d", "--set", "=4", message: "--set: found '=4', allowed key=value"),
        Case("device", "switching", "--pulse", "0", message: "--pulse: found '0', allowed above 0"),
        Case("device", "switching", "--pulse", "1", "ns", message: "--pulse: found 'ns', allowed a number above 0"),
    ]

    @Test(
        "a wrong command line gives one line that says what was found and what is allowed",
        arguments: commands + options + values)
    func message(_ wrong: Case) throws {
        guard case .failure(let error) = sampleParser.parse(wrong.arguments) else {
            Issue.record("no error for \(wrong.arguments)")
            return
        }
        #expect(error.description == wrong.message)
        #expect(!error.description.contains("\n"))
    }

    @Test("a table that declares a name twice is reported, not trapped")
    func contradictoryTable() {
        let flag = OptionSpecification("x", .flag, help: "a flag")
        func message(_ commands: CommandSpecification...) -> String? {
            let parser = CommandLineParser(program: "hwgen", version: "0", commands: commands)
            guard case .failure(let error) = parser.parse(["a"]) else { return nil }
            return error.description
        }
        let prefix = "the command line could not be parsed: "
        let twice = CommandSpecification(name: "a", summary: "", options: [flag, flag], examples: [])
        #expect(message(twice) == prefix + "option '--x' of 'a' cannot be declared")
        let command = CommandSpecification(name: "a", summary: "", examples: [])
        #expect(message(command, command) == prefix + "command 'a' cannot be declared")
    }

    @Test("a value that a command asks for and nobody gave is named")
    func missingValueOfGetter() throws {
        let command = try parsed("demo")
        let error = #expect(throws: UsageError.self) { try command.integer("offset") }
        #expect(error?.description == "'hwgen demo' needs --offset: a shift")
    }
}
