public import BitVectors

/// The body of one module: an arena of nodes, what is declared in it, and its statements.
///
/// A class for its identity alone: every signal knows its circuit, so there is no global builder and
/// elaborations in parallel never meet.
public final class Circuit {
    public internal(set) var name: String
    public let location: SourceLocation

    public internal(set) var nodes: [Node] = []
    /// Operands of the operations that take a list.
    public internal(set) var operandPool: [Int32] = []
    public internal(set) var constants: [BitVector] = []
    public internal(set) var stamps: [Stamp] = []
    /// Names given by the user, by node.
    public internal(set) var names: [Int32: String] = [:]
    /// Enum whose names a signal's values have, by node: an index into `enumerations`.
    public internal(set) var enumerationOfNode: [Int32: Int] = [:]

    /// The module's own clock domain first.
    public internal(set) var domains: [ClockDomainDeclaration] = []
    public internal(set) var ports: [CircuitPort] = []
    public internal(set) var wires: [Wire] = []
    public internal(set) var registers: [Register] = []
    public internal(set) var memories: [MemoryDeclaration] = []
    public internal(set) var instances: [InstanceDeclaration] = []
    public internal(set) var checks: [CheckDeclaration] = []
    public internal(set) var enumerations: [Enumeration] = []

    /// Statements of the module's top level, in the order of the description.
    public internal(set) var statements: [Statement] = []
    /// Chains of `when`, indexed by `Statement.when`.
    public internal(set) var whenChains: [WhenChainBody] = []
    /// Switches, indexed by `Statement.choose`.
    public internal(set) var switches: [SwitchBody] = []
    /// What a circuit without a body of its own stands for.
    public internal(set) var blackBox: BlackBoxDeclaration?

    /// Whether this is the module whose `build` runs: not one that is done, nor one in which an instance is being made.
    var isBeingDescribed = true
    var openBlocks: [[Statement]] = []
    /// What the arms around the present statement ask for, the outermost first.
    var openGuards: [Guard] = []
    /// Checks inside arms, with those arms, the outermost first.
    var guardedChecks: [(check: Int, guards: [Guard])] = []
    /// Names of the open scopes, joined and with a trailing underscore.
    var scopePrefix = ""
    var firstUnstamped = 0
    /// Reads that wait for all writes of their memory to be known.
    var forwardingReads: [ForwardingRead] = []
    var pendingFindings: [(node: Int32, message: String)] = []
    var diagnostics: [Diagnostic] = []
    /// Definitions of the instances, for checks that look through them.
    var definitions: [Circuit] = []

    init(name: String, location: SourceLocation) {
        self.name = name
        self.location = location
    }

    func append(_ node: Node) -> Int32 {
        if nodes.count == nodes.capacity { reserveNodes() }
        nodes.append(node)
        return Int32(truncatingIfNeeded: nodes.count - 1)
    }

    /// Makes room in large steps: an array that doubles is copied once over in all, and each time into memory that the
    /// system has to find, while memory that is reserved and not written costs nothing.
    private func reserveNodes() {
        let (smallest, largest) = (1 << 14, 1 << 22)
        if nodes.count >= smallest { nodes.reserveCapacity(max(2 * nodes.count, min(16 * nodes.count, largest))) }
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
        for node in firstUnstamped..<nodes.count where nodes[node].stamp < 0 { nodes[node].stamp = index }
        firstUnstamped = nodes.count
    }

    /// Gives a declaration's own node its place and owner; the operators before it wait for the statement that uses them.
    func stamp(declared node: Int32, _ location: SourceLocation, owner: String) {
        nodes[Int(node)].stamp = Int32(stamps.count)
        stamps.append(Stamp(location: location, owner: owner))
        if firstUnstamped == Int(node) { firstUnstamped += 1 }
    }

    /// Records a finding about a node whose place is not known before it is stamped.
    func report(node: Int32, _ message: String) { pendingFindings.append((node, message)) }

    /// Reports what is done to the circuit while another module is described, where it would be lost or in no order.
    func requireDescription(of what: @autoclosure () -> String, at location: SourceLocation) {
        // What a statement does besides is not said again.
        if isBeingDescribed || diagnostics.last?.location == location { return }
        report(at: location, "\(what()) outside the description of its module")
    }

    func report(
        _ severity: Diagnostic.Severity = .error, at location: SourceLocation, _ message: String,
        notes: [Diagnostic.Note] = []
    ) {
        diagnostics.append(Diagnostic(severity, at: location, in: name, message, notes: notes))
    }

    /// Where a node was made.
    public func location(of node: Int32) -> SourceLocation {
        let stamp = nodes[Int(node)].stamp
        return stamp >= 0 ? stamps[Int(stamp)].location : location
    }

    /// How a message calls a node: the name its user gave it, or what the user typed to get it.
    public func describe(_ id: Int32) -> String {
        if let name = names[id] { return "'\(name)'" }
        let node = nodes[Int(id)]
        switch node.operation {
        case .constant: return "constant \(constants[Int(node.a)])"
        case .memoryRead: return "a word of memory '\(memories[Int(node.a)].name)'"
        case .slice:
            return "\((Int(node.b)..<Int(node.b + node.width)).asBits) of \(describeOperand(node.a))"
        case .dynamicBit: return "a bit of \(describeOperand(node.a))"
        // Two operations that are one word.
        case .oneHotToBinary where isNameless(node.a, .isolateLowestSet): return "the result of 'findFirstSet'"
        default: return "the result of '\(node.operation.symbol)'"
        }
    }

    /// As `describe`, without what is inside: a message does not retell the whole expression.
    private func describeOperand(_ id: Int32) -> String {
        if let name = names[id] { return "'\(name)'" }
        if value(ofConstant: id) != nil { return describe(id) }
        return "the result of '\(nodes[Int(id)].operation.symbol)'"
    }

    private func isNameless(_ id: Int32, _ operation: Operation) -> Bool {
        names[id] == nil && nodes[Int(id)].operation == operation
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

    /// Whether the module uses its own clock.
    public var isClocked: Bool { domains[0].isClockUsed }
    /// Whether the module uses the reset of its own clock domain.
    public var usesReset: Bool { domains[0].isResetUsed }
}

extension Range<Int> {
    /// The numbers of some bits as a message says them, `bit 3` or `bits 0 to 3`.
    var asBits: String { count == 1 ? "bit \(lowerBound)" : "bits \(lowerBound) to \(upperBound - 1)" }
}
