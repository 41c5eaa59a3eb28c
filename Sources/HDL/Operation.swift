/// What a node of a circuit computes. Operators stay whole words down to the printer.
public enum Operation: UInt8, Sendable, CaseIterable {
    // Sources: `a` indexes the table of the kind.
    case input, constant, wire, register, instanceOutput
    /// `a`: memory, `b`: address.
    case memoryRead
    // One operand, `a`.
    case not, reduceAnd, reduceOr, reduceXor, popcount, isolateLowestSet, oneHotToBinary
    // Two operands of equal width, `a` and `b`.
    case and, or, xor, add, subtract, multiply, divide, modulo
    case equal, notEqual, less, lessOrEqual
    // `a` shifted by the value of `b`.
    case shiftLeft, shiftRight
    /// `a` ? `b` : `c`.
    case mux
    /// Bits `b` ..< `b + width` of `a`.
    case slice
    /// `b` operands from the pool at `a`, the first most significant.
    case concatenate
    /// `b` operands from the pool at `a`, chosen by `c`; zero beyond the last.
    case select
    /// Bit number `b` (a signal) of `a`; zero beyond the last.
    case dynamicBit

    /// The operator as the user typed it, for messages.
    public var symbol: String {
        switch self {
        case .and: "&"
        case .or: "|"
        case .xor: "^"
        case .add: "+"
        case .subtract: "-"
        case .multiply: "*"
        case .divide: "/"
        case .modulo: "%"
        case .equal: "=="
        case .notEqual: "!="
        case .less: "<"
        case .lessOrEqual: "<="
        case .shiftLeft: "<<"
        case .shiftRight: ">>"
        default: "\(self)"
        }
    }
}

/// A node of the arena: an operation on nodes that stand before it (`wire`, `register` and `instanceOutput` are
/// driven by statements instead). 24 bytes and no reference, so a million of them cost what an array costs.
public struct Node: Sendable {
    public let operation: Operation
    public let width: Int32
    public let a: Int32
    public let b: Int32
    public let c: Int32
    /// Index of the stamp (place and owner); -1 until the next located call stamps it.
    public internal(set) var stamp: Int32 = -1

    init(_ operation: Operation, width: Int, a: Int32 = -1, b: Int32 = -1, c: Int32 = -1) {
        self.operation = operation
        self.width = Int32(width)
        self.a = a
        self.b = b
        self.c = c
    }
}

/// Place of a statement and the declaration for whose sake its nodes were made; temporaries are named after it.
public struct Stamp: Sendable {
    public let location: SourceLocation
    public let owner: String
}
