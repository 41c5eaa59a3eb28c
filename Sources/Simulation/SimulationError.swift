import HDL

/// Why a design cannot be simulated, or a signal not be found.
public enum SimulationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A module that was written elsewhere, and nothing that computes it.
    case blackBox(module: String, instance: String)
    /// Signals that depend on each other within a cycle, by their hierarchical names.
    case combinationalLoop([String])
    /// A name that no signal has, and one that is like it.
    case unknownSignal(String, nearest: String?)
    /// A name that no input port, clock's reset or clock has, and one that is like it.
    case unknownInput(String, nearest: String?)
    case unknownClock(String, known: [String])
    case unknownMemory(String, nearest: String?)

    public var description: String {
        switch self {
        case .blackBox(let module, let instance):
            "instance '\(instance)' is the black box '\(module)', which has no model for this simulator"
        case .combinationalLoop(let names):
            "signals depend on each other within a cycle: " + names.map { "'\($0)'" }.joined(separator: " -> ")
        case .unknownSignal(let name, let nearest):
            "no signal '\(name)'" + SimulationError.hint(nearest)
        case .unknownInput(let name, let nearest):
            "no input '\(name)'" + SimulationError.hint(nearest)
        case .unknownClock(let name, let known):
            "no clock '\(name)'; the clocks are " + known.map { "'\($0)'" }.joined(separator: ", ")
        case .unknownMemory(let name, let nearest):
            "no memory '\(name)'" + SimulationError.hint(nearest)
        }
    }

    private static func hint(_ nearest: String?) -> String { nearest.map { "; did you mean '\($0)'?" } ?? "" }
}
