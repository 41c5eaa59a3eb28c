public import BitVectors

/// A Verilog module as data: what the printer writes, without any decision left to make.
public struct VerilogModule: Sendable {
    public var name: String
    public var ports: [Port]
    public var items: [Item]

    public struct Port: Sendable {
        public enum Direction: String, Sendable { case input, output }
        public var direction: Direction
        /// An output that an `always` block assigns.
        public var isVariable: Bool
        public var width: Int
        public var name: String
    }

    public enum Item: Sendable {
        case wire(name: String, width: Int, value: Expression?)
        case variable(name: String, width: Int)
        case memory(name: String, width: Int, depth: Int)
        case assign(name: String, value: Expression)
        /// `initial` loop that clears a memory.
        case clear(memory: String, index: String, width: Int, depth: Int)
        case sequential([Statement])
        case combinational([Statement])
        case instance(module: String, name: String, connections: [(port: String, value: Expression)])
        case blank
    }

    public indirect enum Statement: Sendable {
        case assign(target: String, value: Expression)
        case assignMemory(memory: String, address: Expression, value: Expression)
        case branch([(condition: Expression?, body: [Statement])])
        case choose(Expression, arms: [(value: BitVector, body: [Statement])], otherwise: [Statement])
    }

    public indirect enum Expression: Sendable {
        case identifier(String)
        case literal(BitVector)
        case unary(String, Expression)
        case binary(Expression, String, Expression)
        case conditional(Expression, Expression, Expression)
        case concatenation([Expression])
        case replication(Int, Expression)
        case element(String, Expression)
        case range(String, high: Int, low: Int)
        case countOnes(Expression)
    }
}
