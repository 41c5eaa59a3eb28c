/// A synthesis that could not be done, or whose result would be no circuit of cells.
public enum SynthesisError: Error, Equatable, Sendable, CustomStringConvertible {
    case missingTool(String, package: String)
    /// No liberty file was named, and the default one is not installed.
    case missingLibrary(path: String, package: String)
    case noLiberty(path: String, reason: String)
    /// The cell that is to drive the inputs.
    case badDrivingCell(String, path: String, allowed: String)
    case noFlipFlop(path: String)
    case badOption(String, found: Double, allowed: String)
    case blackBox(String)
    /// A domain whose clock is a signal of its module.
    case innerClock(String, module: String)
    /// Signals that keep their value without a clock, as `module.signal`.
    case latches([String])
    /// A signal depends on itself without a register between; the signals of the loop.
    case combinationalLoop(module: String, signals: [String])
    /// What else yosys' check finds: several drivers, or none.
    case defect(String)
    /// Operations for which the library has no cell, with how many there are.
    case unmapped([String: Int])
    case toolFailed(String, message: String)
    case unreadableOutput(String, reason: String)

    public var description: String {
        switch self {
        case .missingTool(let name, let package):
            "\(name) is not found (PATH); install it: sudo apt-get install \(package)"
        case .missingLibrary(let path, let package):
            "the default liberty file '\(path)' is not there; install it: sudo apt-get install \(package)"
        case .noLiberty(let path, let reason):
            "'\(path)' is no liberty file: \(reason)"
        case .badDrivingCell(let name, let path, let allowed):
            "driving cell: found '\(name)', allowed is \(allowed) of '\(path)'"
        case .noFlipFlop(let path):
            "'\(path)' has no flip-flop, so registers cannot be mapped"
        case .badOption(let name, let found, let allowed):
            "\(name): found \(found), allowed \(allowed)"
        case .blackBox(let module):
            "module '\(module)' is a black box: there is nothing to synthesise"
        case .innerClock(let domain, let module):
            "the clock of domain '\(domain)' is made inside module '\(module)'; synthesis takes clocks that are ports"
        case .latches(let signals):
            "a latch would be needed for \(signals.joined(separator: ", ")): give it a value in every case"
        case .combinationalLoop(let module, let signals):
            "a combinational loop in '\(module)' through \(signals.joined(separator: ", "))"
        case .defect(let text):
            "the netlist is not sound: \(text)"
        case .unmapped(let types):
            "the library has no cell for "
                + types.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value) times)" }.joined(separator: ", ")
        case .toolFailed(let tool, let message):
            "\(tool) failed: \(message)"
        case .unreadableOutput(let tool, let reason):
            "the output of \(tool) cannot be read: \(reason)"
        }
    }
}
