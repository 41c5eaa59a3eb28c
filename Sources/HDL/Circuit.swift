public import BitVectors

/// The body of one module: an arena of nodes, what is declared in it, and its statements.
///
/// A class for its identity alone: every signal knows its circuit, so there is no global builder and
/// elaborations in parallel never meet.
public final class Circuit {
    public let name: String
    public let location: SourceLocation

    public internal(set) var nodes: [Node] = []
    /// Operands of the operations that take a list.
    public internal(set) var operandPool: [Int32] = []
    public internal(set) var constants: [BitVector] = []
    public internal(set) var stamps: [Stamp] = []
    /// Names given by the user, by node.
    public internal(set) var names: [Int32: String] = [:]

    public internal(set) var ports: [CircuitPort] = []
    public internal(set) var wires: [Wire] = []
    public internal(set) var registers: [Register] = []
    public internal(set) var memories: [MemoryDeclaration] = []
    public internal(set) var instances: [InstanceDeclaration] = []

    /// Statements of the module's top level, in the order of the description.
    public internal(set) var statements: [Statement] = []
    /// Chains of `when`, indexed by `Statement.when`.
    public internal(set) var whenChains: [WhenChainBody] = []

    var openBlocks: [[Statement]] = []
    var firstUnstamped = 0
    var pendingFindings: [(node: Int32, message: String)] = []
    var diagnostics: [Diagnostic] = []

    init(name: String, location: SourceLocation) {
        self.name = name
        self.location = location
    }

    func append(_ node: Node) -> Int32 {
        nodes.append(node)
        return Int32(truncatingIfNeeded: nodes.count - 1)
    }

    func append(_ value: BitVector) -> Int32 {
        constants.append(value)
        return append(Node(.constant, width: value.width, a: Int32(constants.count - 1)))
    }

    /// Gives every node made since the last located call this place and owner. Swift operators cannot take
    /// `#line`, so an operator's node gets the place of the statement that uses it.
    func stamp(_ location: SourceLocation, owner: String) {
        guard firstUnstamped < nodes.count else { return }
        let index = Int32(stamps.count)
        stamps.append(Stamp(location: location, owner: owner))
        for node in firstUnstamped..<nodes.count { nodes[node].stamp = index }
        firstUnstamped = nodes.count
    }

    /// Records a finding about a node whose place is not known before it is stamped.
    func report(node: Int32, _ message: String) { pendingFindings.append((node, message)) }

    func report(at location: SourceLocation, _ message: String) {
        diagnostics.append(Diagnostic(at: location, in: name, message))
    }

    /// Where a node was made.
    public func location(of node: Int32) -> SourceLocation {
        let stamp = nodes[Int(node)].stamp
        return stamp >= 0 ? stamps[Int(stamp)].location : location
    }

    /// How a message calls a node: the name its user gave it, or its operator.
    public func describe(_ node: Int32) -> String {
        if let name = names[node] { return "'\(name)'" }
        let operation = nodes[Int(node)].operation
        if operation == .constant { return "constant \(constants[Int(nodes[Int(node)].a)])" }
        return "the result of '\(operation.symbol)'"
    }

    /// The value of a constant's node; nil for any other node.
    public func value(ofConstant node: Int32) -> BitVector? {
        let node = nodes[Int(node)]
        return node.operation == .constant ? constants[Int(node.a)] : nil
    }

    /// The operand list of a `concatenate` or `select` node.
    public func operands(of node: Node) -> ArraySlice<Int32> {
        operandPool[Int(node.a)..<Int(node.a + node.b)]
    }
}

/// A port of a circuit; an output's node is the wire that drives it.
public struct CircuitPort: Sendable {
    public let name: String
    public let width: Int
    public let isInput: Bool
    public let node: Int32
}

/// A signal that statements drive combinationally.
public struct Wire: Sendable {
    public enum Purpose: Sendable, Equatable {
        case declared
        case output(port: Int)
        case instanceInput(instance: Int, port: Int)
    }
    public let name: String
    public let purpose: Purpose
    public let node: Int32
    public let location: SourceLocation
}

/// A flip-flop row of the module's clock.
public struct Register: Sendable {
    public let name: String
    public let node: Int32
    /// Value after a synchronous reset; nil when the register is not reset.
    public let resetValue: BitVector?
    public let location: SourceLocation
}
