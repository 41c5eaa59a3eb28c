/// A proof that could not be tried; what was found false is a verdict and no error.
public enum ProofError: Error, Equatable, Sendable, CustomStringConvertible {
    case missingTool(String, package: String)
    case badOption(String, found: Int, allowed: String)
    case blackBox(String)
    /// A domain whose clock is a signal of its module.
    case innerClock(String, module: String)
    case noProperties(String)
    /// A check of the description that the tool's model does not have, so that no verdict would be one on it.
    case lostProperty(String)
    case toolFailed(String, status: Int32, message: String)
    case unreadableTrace(String, reason: String)
    case cannotWrite(String, reason: String)

    public var description: String {
        switch self {
        case .missingTool(let name, let package): "\(name) is not in PATH: apt install \(package)"
        case .badOption(let name, let found, let allowed): "\(name): found \(found), allowed \(allowed)"
        case .blackBox(let module): "module '\(module)' is a black box: there is nothing to reason about"
        case .innerClock(let domain, let module):
            "the clock of domain '\(domain)' is made inside module '\(module)'; proofs take clocks that are ports"
        case .noProperties(let top): "design '\(top)' has no assert and no cover"
        case .lostProperty(let name): "property '\(name)' is not in the model that yosys made"
        case .toolFailed(let tool, let status, let message): "\(tool) ended with \(status): \(message)"
        case .unreadableTrace(let file, let reason): "trace '\(file)': \(reason)"
        case .cannotWrite(let path, let reason): "cannot write '\(path)': \(reason)"
        }
    }
}
