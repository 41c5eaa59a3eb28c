/// Why a running model can go no further.
public enum ModelError: Error, Equatable, Sendable {
    /// The design executed `$finish`, in the cycle counted from 0 since the model was created.
    case finished(cycle: UInt64)
    /// `$stop`, `$fatal`, a failed assertion or logic that does not settle; `message` names the Verilog file and line.
    case died(cycle: UInt64, message: String)
}

extension ModelError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .finished(let cycle): "the model finished by itself ($finish) in cycle \(cycle)"
        case .died(let cycle, let message): "the model died in cycle \(cycle): \(message)"
        }
    }
}
