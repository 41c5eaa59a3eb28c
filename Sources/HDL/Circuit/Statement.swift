public import BitVectors

/// What a module does, kept as written: conditions stay `when`, so that they become `if` in the Verilog.
/// A later assignment wins over an earlier one.
public enum Statement: Sendable {
    /// A wire takes the value, or a register takes it at the next clock edge.
    case assign(target: Int32, value: Int32, SourceLocation)
    /// As `assign`, for the bits from `low` of the target, as many as the value has.
    case assignSlice(target: Int32, low: Int32, value: Int32, SourceLocation)
    /// A memory word takes the value at the next clock edge; `mask` is -1, or a node whose bit i lets the i-th lane
    /// of the word be written.
    case write(memory: Int32, address: Int32, value: Int32, mask: Int32, SourceLocation)
    /// Index into `Circuit.whenChains`.
    case when(Int)
    /// Index into `Circuit.switches`.
    case choose(Int)
}

/// A chain of `when` … `elseWhen` … `otherwise`.
public struct WhenChainBody: Sendable {
    public struct Arm: Sendable {
        /// One-bit node; nil for `otherwise`.
        public internal(set) var condition: Int32?
        public internal(set) var body: [Statement]
    }
    public internal(set) var arms: [Arm]
    public let location: SourceLocation
    /// Whether some arm is always taken.
    public var isComplete: Bool { !arms.isEmpty && arms.last?.condition == nil }
}

/// A choice by the value of a signal: the first arm with a matching pattern is taken. One that covers all values and
/// has no default takes its last arm for whatever no arm names, so every value has a stated arm.
public struct SwitchBody: Sendable {
    /// A value in which the bits that are not in `care` may be anything.
    public struct Pattern: Sendable, Hashable {
        public let value: BitVector
        public let care: BitVector
        /// Whether every bit counts.
        public var isExact: Bool { care.reduceAnd }
    }
    public struct Arm: Sendable {
        public let patterns: [Pattern]
        /// Names of the patterns when the subject is an enum, one each.
        public let names: [String]
        public internal(set) var body: [Statement]
        public let location: SourceLocation
    }
    public internal(set) var subject: Int32
    public internal(set) var arms: [Arm]
    /// Statements for every other value; nil when the arms cover all of them.
    public internal(set) var otherwise: [Statement]?
    public let location: SourceLocation
    /// Index into `Circuit.enumerations` when the subject is an enum.
    public let enumeration: Int?
}

/// A property that a proof or a simulation looks at.
public struct CheckDeclaration: Sendable {
    public enum Kind: String, Sendable { case assert, assume, cover }
    public let kind: Kind
    /// Names the block in the Verilog, and the verdict.
    public let name: String
    /// One-bit node, the conditions of the arms around included: an assertion or assumption fails when it is zero, a
    /// cover is reached when it is one.
    public internal(set) var condition: Int32
    /// Domain at whose edges it is looked at.
    public let domain: Int32
    public let location: SourceLocation
}

/// An arm around a statement. What it asks for is known when the whole chain or switch is.
enum Guard {
    case when(chain: Int, arm: Int)
    /// The default when the arm is nil.
    case choose(Int, arm: Int?)
}

extension Circuit {
    func add(_ statement: Statement) {
        if openBlocks.isEmpty {
            statements.append(statement)
        } else {
            openBlocks[openBlocks.count - 1].append(statement)
        }
    }

    /// Whether a chain or a switch may get another arm: it stands in the block that is being described, and nothing
    /// behind it assigns what it assigns, or the order of the text would not be that of the assignments.
    func mayGrow(_ matches: (Statement) -> Bool) -> Bool {
        let block = openBlocks.last ?? statements
        guard let place = block.lastIndex(where: matches) else { return false }
        if place == block.count - 1 { return true }
        let own = targets(of: [block[place]])
        return targets(of: Array(block[(place + 1)...])).isDisjoint(with: own)
    }

    /// The signals that a block assigns, and -1 - m for each memory m that it writes.
    private func targets(of block: [Statement]) -> Set<Int32> {
        var result: Set<Int32> = []
        for statement in block {
            switch statement {
            case .assign(let target, _, _), .assignSlice(let target, _, _, _): result.insert(target)
            case .write(let memory, _, _, _, _): result.insert(-1 - memory)
            case .when(let index):
                for arm in whenChains[index].arms { result.formUnion(targets(of: arm.body)) }
            case .choose(let index):
                for arm in switches[index].arms { result.formUnion(targets(of: arm.body)) }
                result.formUnion(targets(of: switches[index].otherwise ?? []))
            }
        }
        return result
    }

    /// Runs an arm's body and returns the statements that it made.
    func collect(_ guardOfArm: Guard, _ body: () -> Void) -> [Statement] {
        openBlocks.append([])
        openGuards.append(guardOfArm)
        body()
        openGuards.removeLast()
        return openBlocks.removeLast()
    }

    /// The name of the first thing that a block assigns, to name the temporaries of its condition.
    func firstTarget(in block: [Statement]) -> String? {
        for statement in block {
            switch statement {
            case .assign(let target, _, _), .assignSlice(let target, _, _, _): return names[target]
            case .write(let memory, _, _, _, _): return memories[Int(memory)].name
            case .when(let chain):
                for arm in whenChains[chain].arms {
                    if let target = firstTarget(in: arm.body) { return target }
                }
            case .choose(let index):
                for body in switches[index].arms.map(\.body) + [switches[index].otherwise ?? []] {
                    if let target = firstTarget(in: body) { return target }
                }
            }
        }
        return nil
    }
}
