@testable import hwgen

/// A table with every kind of option that the tests parse against.
let sampleParser = CommandLineParser(
    program: "hwgen", version: "0.1.0", summary: "hardware from one description",
    commands: [
        CommandSpecification(
            name: "demo", summary: "runs the main job",
            options: [
                OptionSpecification("images", short: "n", .count, default: "100", help: "how many images"),
                OptionSpecification("upset-rate", .probability, placeholder: "P", default: "0.001", help: "errors"),
                OptionSpecification("offset", .integer(-10...10), help: "a shift"),
                OptionSpecification("gain", .real(-2...2), help: "a factor"),
                OptionSpecification(
                    "waves", .choice(["never", "on-failure", "always"]), placeholder: "WHEN", default: "on-failure",
                    help: "when to write waves"),
                OptionSpecification("bench", short: "b", .flag, help: "measure speed"),
                .seed(), .jobs,
            ],
            examples: ["hwgen demo --images 100", "hwgen demo --seed 7 -j 2"]),
        CommandSpecification(
            name: "emit", summary: "writes Verilog", details: "With --check nothing is written.",
            positionals: [PositionalSpecification("DESIGN", help: "the design to emit")],
            options: [
                OptionSpecification("set", .keyValue, occurrence: .repeated, help: "set a parameter"),
                OptionSpecification(
                    "output", short: "o", .text, placeholder: "DIR", default: "rtl", help: "the folder"),
            ],
            examples: ["hwgen emit sub-array -o rtl"]),
        CommandSpecification(
            name: "bench", summary: "measures",
            positionals: [
                PositionalSpecification("WHAT", choices: ["emit", "demo", "all"], default: "all", help: "the subject"),
                PositionalSpecification("FILES", isRequired: false, isRepeated: true, help: "files to read"),
            ],
            examples: ["hwgen bench emit"]),
        CommandSpecification(
            name: "device switching", summary: "switching probability",
            options: [
                OptionSpecification("overdrive", .positive, placeholder: "I", occurrence: .list, help: "overdrives"),
                OptionSpecification(
                    "pulse", .positive, placeholder: "SECONDS", occurrence: .list, isRequired: true,
                    help: "length of the write pulse"),
            ],
            examples: ["hwgen device switching --pulse 5e-9"]),
        CommandSpecification(name: "device list", summary: "all devices", examples: ["hwgen device list"]),
    ])

/// The command of a line that must be right.
func parsed(_ arguments: String...) throws -> ParsedCommand {
    switch sampleParser.parse(arguments) {
    case .run(let command): return command
    case .text(let text): throw Unexpected(text: text)
    case .failure(let error): throw error
    }
}

/// The text that a line asks for.
func text(_ arguments: String...) throws -> String {
    switch sampleParser.parse(arguments) {
    case .text(let text): return text
    case .run(let command): throw Unexpected(text: command.fullName)
    case .failure(let error): throw error
    }
}

struct Unexpected: Error { let text: String }
