import Verilog

/// The options that say how Verilog is written.
enum EmissionArguments {
    static let popcount = OptionSpecification(
        "popcount", .choice(EmissionOptions.Popcount.allCases.map(\.rawValue)),
        default: EmissionOptions().popcount.rawValue,
        help: "how ones are counted: $countones, or sums in plain Verilog-2005")

    static let options = [
        popcount,
        OptionSpecification(
            "no-power-up-values", .flag, help: "leave registers and memories undefined until reset or written"),
        OptionSpecification(
            "source-comments", .flag, help: "end lines with the place in the Swift sources that they come from"),
    ]

    static func popcount(_ command: ParsedCommand) throws -> EmissionOptions.Popcount {
        EmissionOptions.Popcount(rawValue: try command.text("popcount")) ?? EmissionOptions().popcount
    }

    static func parse(_ command: ParsedCommand) throws -> EmissionOptions {
        var options = EmissionOptions()
        options.popcount = try popcount(command)
        options.powerUpValues = !command.isGiven("no-power-up-values")
        options.sourceComments = command.isGiven("source-comments")
        return options
    }
}
