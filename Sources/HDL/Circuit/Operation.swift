/// What a node of a circuit computes. Operators stay whole words down to the printer.
///
/// Every operation has a result for every value of its operands; the comments say it where it is a matter of choice.
public enum Operation: UInt8, Sendable, CaseIterable {
    // Sources: `a` indexes the table of the kind.
    case input, constant, wire, register, instanceOutput
    /// The clock and the reset (as the port carries it) of clock domain `a`.
    case clock, reset
    /// `a`: memory, `b`: address, `c`: the domain that the word counts as one of, or -1 for that of the writes; zero
    /// beyond the last word.
    case memoryRead
    // One operand, `a`.
    case not, reduceAnd, reduceOr, reduceXor, popcount, isolateLowestSet, oneHotToBinary
    // Two operands of equal width, `a` and `b`.
    case and, or, xor, add, subtract, multiply
    /// By zero: all ones, and the dividend.
    case divide, modulo
    /// Towards zero. By zero: all ones (-1), and the dividend; the lowest number by -1: itself, and zero.
    case divideSigned, moduloSigned
    case equal, notEqual, less, lessOrEqual, lessSigned, lessOrEqualSigned
    /// `a` shifted by the value of `b`, of any width; by the width or more, zero.
    case shiftLeft, shiftRight
    /// Copies of the sign come in; by the width or more, nothing but the sign.
    case shiftRightSigned
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

    /// The operator or the word as the user typed it, for messages.
    public var symbol: String {
        switch self {
        case .not: "~"
        case .reduceAnd: "allSet"
        case .reduceOr: "anySet"
        case .reduceXor: "parity"
        case .isolateLowestSet: "lowestSet"
        case .oneHotToBinary: "oneHotIndex"
        case .memoryRead: "read"
        case .slice, .dynamicBit: "[]"
        case .and: "&"
        case .or: "|"
        case .xor: "^"
        case .add: "+"
        case .subtract: "-"
        case .multiply: "*"
        case .divide, .divideSigned: "/"
        case .modulo, .moduloSigned: "%"
        case .equal: "=="
        case .notEqual: "!="
        case .less, .lessSigned: "<"
        case .lessOrEqual, .lessOrEqualSigned: "<="
        case .shiftLeft: "<<"
        case .shiftRight, .shiftRightSigned: ">>"
        default: "\(self)"
        }
    }

    /// Whether the node has a value of its own: it is driven by statements or from outside, not computed from operands.
    public var isSource: Bool {
        switch self {
        case .input, .constant, .wire, .register, .instanceOutput, .clock, .reset: true
        default: false
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

extension Circuit {
    /// Calls the body with each operand of a node, in order; sources have none.
    ///
    /// An `instanceOutput` depends on the instance's inputs by way of the instance's definition, a `memoryRead`
    /// on the memory besides its address: neither is an operand.
    @inlinable
    public func forEachOperand(of node: Node, _ body: (Int32) -> Void) {
        switch node.operation {
        case .input, .constant, .wire, .register, .instanceOutput, .clock, .reset:
            break
        case .memoryRead:
            body(node.b)
        case .not, .reduceAnd, .reduceOr, .reduceXor, .popcount, .isolateLowestSet, .oneHotToBinary, .slice:
            body(node.a)
        case .mux:
            body(node.a)
            body(node.b)
            body(node.c)
        case .concatenate:
            for operand in operands(of: node) { body(operand) }
        case .select:
            for operand in operands(of: node) { body(operand) }
            body(node.c)
        case .and, .or, .xor, .add, .subtract, .multiply, .divide, .modulo, .divideSigned, .moduloSigned,
            .equal, .notEqual, .less, .lessOrEqual, .lessSigned, .lessOrEqualSigned,
            .shiftLeft, .shiftRight, .shiftRightSigned, .dynamicBit:
            body(node.a)
            body(node.b)
        }
    }
}
