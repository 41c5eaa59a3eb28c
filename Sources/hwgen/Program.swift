/// The program: every command with what it takes and what runs it.
enum Program {
    static let version = "0.1.0"

    struct Command {
        let specification: CommandSpecification
        let run: @Sendable (ParsedCommand, Output) throws -> ExitStatus
    }

    static let commands: [Command] = [
        Command(specification: DemoCommand.specification, run: DemoCommand.run),
        Command(specification: EmitCommand.specification, run: EmitCommand.run),
        Command(specification: ListCommand.specification, run: ListCommand.run),
        Command(specification: CoSimCommand.specification, run: CoSimCommand.run),
        Command(specification: GoldenMakeCommand.specification, run: GoldenMakeCommand.run),
        Command(specification: GoldenDiffCommand.specification, run: GoldenDiffCommand.run),
        Command(specification: GoldenListCommand.specification, run: GoldenListCommand.run),
        Command(specification: FormalCommand.specification, run: FormalCommand.run),
        Command(specification: SynthCommand.specification, run: SynthCommand.run),
        Command(specification: TrainCommand.specification, run: TrainCommand.run),
        Command(specification: ImportCommand.specification, run: ImportCommand.run),
        Command(specification: MapCommand.specification, run: MapCommand.run),
        Command(specification: RunCommand.specification, run: RunCommand.run),
        Command(specification: DeviceListCommand.specification, run: DeviceListCommand.run),
        Command(specification: DeviceSwitchingCommand.specification, run: DeviceSwitchingCommand.run),
        Command(specification: DeviceSenseCommand.specification, run: DeviceSenseCommand.run),
        Command(specification: DeviceCalibrateCommand.specification, run: DeviceCalibrateCommand.run),
        Command(specification: DeviceStringCommand.specification, run: DeviceStringCommand.run),
        Command(specification: DeviceCornersCommand.specification, run: DeviceCornersCommand.run),
        Command(specification: DevicePlotCommand.specification, run: DevicePlotCommand.run),
        Command(specification: BenchEmitCommand.specification, run: BenchEmitCommand.run),
        Command(specification: BenchDeviceCommand.specification, run: BenchDeviceCommand.run),
        Command(specification: BenchGoldenCommand.specification, run: BenchGoldenCommand.run),
        Command(specification: BenchEngineCommand.specification, run: BenchEngineCommand.run),
        Command(specification: DoctorCommand.specification, run: DoctorCommand.run),
    ]

    static var parser: CommandLineParser {
        CommandLineParser(
            program: "hwgen", version: version,
            summary: "design, emit and co-simulate magnetic in-memory computing",
            commands: commands.map(\.specification))
    }

    /// Runs a command line and says how it ended.
    static func run(_ arguments: [String]) -> ExitStatus {
        switch parser.parse(arguments) {
        case .text(let text):
            return finish(Output(isJSON: false)) { output in
                try output.print(text)
                return .done
            }
        case .failure(let error):
            Output(isJSON: false).error(error)
            return .badUsage
        case .run(let parsed):
            guard let command = commands.first(where: { $0.specification.name == parsed.name }) else {
                return .badUsage
            }
            return finish(Output(isJSON: parsed.isJSON)) { try command.run(parsed, $0) }
        }
    }

    private static func finish(_ output: Output, _ body: (Output) throws -> ExitStatus) -> ExitStatus {
        do {
            return try body(output)
        } catch {
            output.error(error)
            return ExitStatus(for: error)
        }
    }
}
