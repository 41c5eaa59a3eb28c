/// What a module does, kept as written: conditions stay `when`, so that they become `if` in the Verilog.
/// A later assignment wins over an earlier one.
public enum Statement: Sendable {
    /// A wire takes the value, or a register takes it at the next clock edge.
    case assign(target: Int32, value: Int32, SourceLocation)
    /// A memory word takes the value at the next clock edge.
    case write(memory: Int32, address: Int32, value: Int32, SourceLocation)
    /// Index into `Circuit.whenChains`.
    case when(Int)
}

/// A chain of `when` … `elseWhen` … `otherwise`.
public struct WhenChainBody: Sendable {
    public struct Arm: Sendable {
        /// One-bit node; nil for `otherwise`.
        public let condition: Int32?
        public var body: [Statement]
    }
    public var arms: [Arm]
    public let location: SourceLocation
    /// Whether some arm is always taken.
    public var isComplete: Bool { arms.last?.condition == nil }
}

extension Circuit {
    func add(_ statement: Statement) {
        if openBlocks.isEmpty {
            statements.append(statement)
        } else {
            openBlocks[openBlocks.count - 1].append(statement)
        }
    }

    /// Runs a body and returns the statements that it made.
    func collect(_ body: () -> Void) -> [Statement] {
        openBlocks.append([])
        body()
        return openBlocks.removeLast()
    }
}
