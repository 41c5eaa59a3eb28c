public import BitVectors
public import HDL

/// The meaning of every operation over `BitVector`, bit by bit where the vector has no such operator. It shares no code
/// with the simulator: numbers with signs are taken apart into sign and magnitude.
public enum ReferenceValues {
    public static func bit(_ value: Bool) -> BitVector { BitVector(value ? 1 : 0, width: 1) }

    public static func isNegative(_ value: BitVector) -> Bool { value[value.width - 1] }

    public static func negated(_ value: BitVector) -> BitVector { .zeros(value.width) - value }

    public static func magnitude(_ value: BitVector) -> BitVector { isNegative(value) ? negated(value) : value }

    public static func lessSigned(_ left: BitVector, _ right: BitVector) -> Bool {
        // An offset of half the range turns the order of signed numbers into that of unsigned ones.
        let offset = BitVector(1, width: left.width) << (left.width - 1)
        return (left ^ offset) < (right ^ offset)
    }

    public static func divideSigned(_ left: BitVector, _ right: BitVector) -> BitVector {
        if right.isZero { return .ones(left.width) }
        let quotient = magnitude(left) / magnitude(right)
        return isNegative(left) != isNegative(right) ? negated(quotient) : quotient
    }

    public static func moduloSigned(_ left: BitVector, _ right: BitVector) -> BitVector {
        if right.isZero { return left }
        let rest = magnitude(left) % magnitude(right)
        return isNegative(left) ? negated(rest) : rest
    }

    /// An amount or index as an integer; nil when it is larger than any of the tests needs.
    public static func amount(_ value: BitVector) -> Int? { value.intValue.flatMap { $0 < 1_000_000 ? $0 : nil } }

    public static func shiftRightSigned(_ value: BitVector, _ amount: BitVector) -> BitVector {
        let shift = ReferenceValues.amount(amount) ?? value.width
        return BitVector(bits: (0..<value.width).map { value[min($0 + shift, value.width - 1)] })
    }

    public static func oneHotToBinary(_ value: BitVector, width: Int) -> BitVector {
        BitVector((0..<value.width).filter { value[$0] }.reduce(0, |), width: width)
    }

    /// The result of an operation on two values.
    public static func binary(_ operation: Operation, _ a: BitVector, _ b: BitVector) -> BitVector? {
        switch operation {
        case .and: a & b
        case .or: a | b
        case .xor: a ^ b
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: b.isZero ? .ones(a.width) : a / b
        case .modulo: b.isZero ? a : a % b
        case .divideSigned: divideSigned(a, b)
        case .moduloSigned: moduloSigned(a, b)
        case .equal: bit(a == b)
        case .notEqual: bit(a != b)
        case .less: bit(a < b)
        case .lessOrEqual: bit(!(b < a))
        case .lessSigned: bit(lessSigned(a, b))
        case .lessOrEqualSigned: bit(!lessSigned(b, a))
        case .shiftLeft: amount(b).map { a << $0 } ?? .zeros(a.width)
        case .shiftRight: amount(b).map { a >> $0 } ?? .zeros(a.width)
        case .shiftRightSigned: shiftRightSigned(a, b)
        case .dynamicBit: bit(amount(b).map { $0 < a.width && a[$0] } ?? false)
        default: nil
        }
    }

    /// The result of an operation on one value.
    public static func unary(_ operation: Operation, _ a: BitVector, width: Int) -> BitVector? {
        switch operation {
        case .not: ~a
        case .reduceAnd: bit((0..<a.width).allSatisfy { a[$0] })
        case .reduceOr: bit((0..<a.width).contains { a[$0] })
        case .reduceXor: bit((0..<a.width).reduce(false) { $0 != a[$1] })
        case .popcount: BitVector((0..<a.width).count { a[$0] }, width: width)
        case .isolateLowestSet: BitVector(bits: (0..<a.width).map { i in a[i] && !(0..<i).contains { a[$0] } })
        case .oneHotToBinary: oneHotToBinary(a, width: width)
        default: nil
        }
    }
}
