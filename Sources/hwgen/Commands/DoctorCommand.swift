/// `hwgen doctor`: what is on this machine, and the line that installs what is not.
enum DoctorCommand {
    static let specification = CommandSpecification(
        name: "doctor", summary: "say which tools and packages are there and what is missing",
        examples: ["hwgen doctor", "hwgen doctor --json"])

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let report = DoctorReport(tools: examineTools())
        try output.result(report, text: report.text(for: output.standardOutput))
        return report.status
    }
}
