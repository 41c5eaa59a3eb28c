public import BitVectors
public import HDL

/// The parts of a Verilog module as data: what the printer writes, without any decision left to make. They are
/// printed as they come, so that a large module never is in memory as a tree.
public enum VerilogModule {
    public struct Port: Sendable {
        public enum Direction: String, Sendable { case input, output }
        public var direction: Direction
        /// An output that an `always` block assigns.
        public var isVariable: Bool
        public var width: Int
        public var name: String
    }

    public enum Item: Sendable {
        /// A comment may say from where in the description the signal is.
        case wire(name: String, width: Int, value: Expression?, SourceLocation?, isKept: Bool = false)
        case variable(name: String, width: Int, SourceLocation?)
        case memory(name: String, width: Int, depth: Int, SourceLocation?)
        case parameter(name: String, value: BitVector)
        case assign(name: String, value: Expression, SourceLocation?)
        case integer(name: String)
        /// Runs once, at power-up.
        case initial([Statement])
        case sequential(Trigger, label: String?, [Statement])
        case combinational(label: String?, [Statement])
        case instance(
            module: String, parameters: [(name: String, value: String)], name: String,
            connections: [(port: String, value: Expression)], SourceLocation?)
        case blank
    }

    /// The edges that wake a sequential block.
    public struct Trigger: Sendable, Hashable {
        public var clock: String
        public var isFalling: Bool
        /// An asynchronous reset.
        public var reset: String?
        public var isResetFalling: Bool
    }

    public indirect enum Statement: Sendable {
        case assign(target: Target, value: Expression, SourceLocation?)
        case branch([(condition: Expression?, body: [Statement])])
        case choose(Expression, isDontCare: Bool, arms: [Arm], otherwise: [Statement]?, comment: String?)
        /// `for (index = from; index < to; index = index + 1)` around one statement.
        case loop(index: String, from: Int, to: Int, Statement)
        /// An immediate assertion: `assert`, `assume` or `cover`.
        case check(String, Expression)
    }

    public struct Arm: Sendable {
        public var labels: [Label]
        public var body: [Statement]
    }

    public enum Label: Sendable {
        case literal(BitVector)
        case identifier(String)
        /// `?` where `care` is zero.
        case pattern(value: BitVector, care: BitVector)
    }

    /// What is assigned: a signal, some of its bits, a word of a memory, or some bits of one.
    public struct Target: Sendable {
        public var name: String
        public var element: Expression?
        public var bits: Range<Int>?

        public init(_ name: String, element: Expression? = nil, bits: Range<Int>? = nil) {
            self.name = name
            self.element = element
            self.bits = bits
        }
    }

    /// A name is not indirect: most operands are one, and need no memory of their own.
    public enum Expression: Sendable {
        case identifier(String)
        indirect case literal(BitVector)
        indirect case unary(String, Expression)
        indirect case binary(Expression, String, Expression)
        indirect case conditional(Expression, Expression, Expression)
        indirect case concatenation([Expression])
        indirect case replication(Int, Expression)
        indirect case element(String, Expression)
        indirect case range(String, high: Int, low: Int)
        /// A system function of one argument: `$countones`, `$signed`.
        indirect case function(String, Expression)
    }
}
