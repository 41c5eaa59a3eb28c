public import BitVectors

/// A port of a circuit; an output's node is the wire that drives it. Clocks and resets are not among them: they
/// belong to the clock domains.
public struct CircuitPort: Sendable {
    public let name: String
    public let width: Int
    public let isInput: Bool
    public let node: Int32
    /// Clock domain in which the port changes; -1 when it may change at any time.
    public internal(set) var domain: Int32 = 0
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

/// A row of flip-flops of one clock domain.
public struct Register: Sendable {
    public let name: String
    public let node: Int32
    /// Value while the domain's reset is active; nil when the register is not reset.
    public let resetValue: BitVector?
    /// Value before the first clock edge and the first reset: the reset value unless another one was said.
    public let powerUpValue: BitVector
    public let domain: Int32
    /// Whether it may take its value from another domain: the first flip-flop of a synchroniser.
    public let isSynchronizer: Bool
    public let location: SourceLocation
}

/// A memory as it is declared.
public struct MemoryDeclaration: Sendable {
    public let name: String
    /// Number of words.
    public let depth: Int
    /// Bits of a word.
    public let width: Int
    /// Words at power-up from address zero on; those beyond are zero.
    public let contents: [BitVector]
    /// Whether it holds its words without power, as magnetic memory does.
    public let isNonvolatile: Bool
    /// Domain at whose edges it is written: that of its writes, and of its declaration while there is none.
    public internal(set) var domain: Int32
    public let location: SourceLocation
    /// Place of the first write, whose domain all others must have; nil for a table.
    var firstWrite: SourceLocation?
    /// Bits of an address.
    public var addressWidth: Int { HDL.addressWidth(depth) }
}

/// An instance as it is declared.
public struct InstanceDeclaration: Sendable {
    public let name: String
    /// Name of the definition.
    public internal(set) var module: String
    /// Index of the definition in `Circuit.definitions`.
    let definition: Int
    /// The definition's ports, with this circuit's node for each: a wire for an input, a source for an output.
    public let ports: [CircuitPort]
    /// This circuit's domain for each domain of the definition; -1 for one that is not connected.
    public internal(set) var domains: [Int32]
    public let location: SourceLocation
}

/// The names of the values of an enum, for the text and the waves.
public struct Enumeration: Sendable, Hashable {
    public struct Case: Sendable, Hashable {
        public let name: String
        public let code: BitVector
    }
    /// Name of the Swift type.
    public let name: String
    public let cases: [Case]
    /// What is wrong with the codes; nil when each is a number of the width.
    var flaw: String?
    /// Bits of a code.
    public var width: Int { cases.first?.code.width ?? 1 }
}

/// What stands for a module that was written elsewhere.
public struct BlackBoxDeclaration: Sendable {
    /// Verilog parameters of every instance, in order.
    public let parameters: [(name: String, value: VerilogParameter)]
    /// Verilog text of a model for simulation, and its file name; nil when the tool knows the module.
    public let simulationSource: (file: String, text: String)?
    /// Whether outputs may depend on inputs without a clock edge between.
    public let isCombinational: Bool
    /// What its Verilog calls those ports that it does not call as we do.
    public let portNames: [String: String]
}

/// A value for a parameter of a module that was written in Verilog.
public enum VerilogParameter: Sendable, Hashable {
    case integer(Int)
    case bits(BitVector)
    case string(String)
    case real(Double)
}
