/// An option that would be ignored beside another, or by this design: better refused than believed.
struct OptionConflict: Error, Equatable, CustomStringConvertible {
    let option: String
    let reason: String
    var description: String { "\(option): has no use \(reason)" }

    /// Throws when the option stands on the command line and the condition holds.
    static func refuse(
        _ option: String, in command: ParsedCommand, if condition: Bool, _ reason: String
    ) throws(OptionConflict) {
        if condition, command.isGiven(option) { throw OptionConflict(option: "--\(option)", reason: reason) }
    }
}
