import Testing

@testable import hwgen

@Suite struct HelpTests {
    @Test("every command has a help text with its usage, its options and an example")
    func everyCommand() throws {
        for command in sampleParser.commands {
            let arguments = command.name.split(separator: " ").map(String.init) + ["--help"]
            guard case .text(let help) = sampleParser.parse(arguments) else {
                Issue.record("no help for \(command.name)")
                continue
            }
            #expect(help.contains("Usage: hwgen \(command.name)"))
            for option in command.options { #expect(help.contains(option.spelling)) }
            for example in command.examples { #expect(help.contains("\n  \(example)\n")) }
            #expect(help.contains("--help"))
            #expect(help.contains("--json"))
        }
    }

    @Test("help is asked for in any of the usual ways, also on a line that is wrong otherwise")
    func ways() throws {
        let demo = try text("demo", "--help")
        #expect(try text("demo", "-h") == demo)
        #expect(try text("help", "demo") == demo)
        #expect(try text("demo", "--images", "0", "--nonsense", "--help") == demo)
        #expect(try text("help") == text("--help"))
        #expect(try text("device", "-h") == text("help", "device"))
    }

    @Test("no line is wider than a page, and none ends in a space")
    func width() throws {
        let texts = try [text("--help"), text("device", "--help"), text("demo", "-h"), text("emit", "-h")]
        for line in texts.flatMap({ $0.split(separator: "\n") }) {
            #expect(line.count <= HelpText.width)
            #expect(line.last != " ")
        }
    }

    @Test("the help of a command, whole")
    func wholeText() throws {
        #expect(
            try text("demo", "--help") == """
                hwgen demo: runs the main job

                Usage: hwgen demo [OPTION]...

                Options:
                  -n, --images N      how many images (1 or more; default 100)
                      --upset-rate P  errors (0 to 1; default 0.001)
                      --offset N      a shift (-10 to 10)
                      --gain X        a factor (-2 to 2)
                      --waves WHEN    when to write waves (never, on-failure, always; default on-failure)
                  -b, --bench         measure speed
                      --seed N        seed of everything random (0 or more; default 1)
                  -j, --jobs N        how many threads work at once (1 to 1024; default all cores)
                      --json          print the result as one JSON object on standard output
                  -h, --help          show this text

                Examples:
                  hwgen demo --images 100
                  hwgen demo --seed 7 -j 2

                """)
    }

    @Test("arguments, required options and repeated options are marked in usage and tables")
    func marks() throws {
        #expect(try text("emit", "-h").contains("Usage: hwgen emit DESIGN [OPTION]...\n"))
        #expect(try text("bench", "-h").contains("Usage: hwgen bench [WHAT] [FILES...] [OPTION]...\n"))
        #expect(try text("bench", "-h").contains("WHAT        the subject (emit, demo, all; default all)\n"))
        #expect(
            try text("device", "switching", "-h").contains("Usage: hwgen device switching --pulse SECONDS [OPTION]"))
        #expect(
            try text("device", "switching", "-h").contains(
                "--pulse SECONDS...  length of the write pulse (above 0; req"))
        #expect(try text("emit", "-h").contains("set a parameter (may be repeated)\n"))
        #expect(try text("emit", "-h").contains("\n\nWith --check nothing is written.\n\n"))
    }

    @Test("the program's help lists all commands, a group's help its own")
    func lists() throws {
        #expect(
            try text("--help") == """
                hwgen 0.1.0: hardware from one description

                Usage: hwgen COMMAND [OPTION]...

                Commands:
                  demo              runs the main job
                  emit              writes Verilog
                  bench             measures
                  device switching  switching probability
                  device list       all devices

                'hwgen COMMAND --help' shows the options of a command and an example.
                'hwgen --version' shows the version.
                Exit status: 0 done, 1 a check failed, 2 bad usage or bad input, 3 a tool is missing.

                """)
        #expect(
            try text("device", "--help") == """
                Usage: hwgen device COMMAND [OPTION]...

                Commands:
                  device switching  switching probability
                  device list       all devices

                'hwgen device COMMAND --help' shows the options of a command and an example.

                """)
        #expect(try text("--version") == "hwgen 0.1.0\n")
    }

    @Test("long texts break between words under their column, long labels have a line of their own")
    func wrapping() {
        let words = Array(repeating: "word", count: 40).joined(separator: " ")
        let label = String(repeating: "x", count: 40)
        let rows = [HelpText.Row(label: "short", text: words), HelpText.Row(label: label, text: "text")]
        let lines = HelpText.table(rows).split(separator: "\n").map(String.init)
        #expect(lines.count == 5)
        #expect(lines[0].hasPrefix("  short  word"))
        #expect(lines[1].hasPrefix("         word"))
        #expect(lines[3] == "  " + label)
        #expect(lines[4] == "         text")
        #expect(lines.prefix(3).joined(separator: " ").split(separator: " ").filter { $0 == "word" }.count == 40)
    }
}
