/// Operators between signals, and between a signal and an integer of its width. Arithmetic is unsigned and wraps.
extension Bits {
    /// Ones where both values have ones.
    public static func & (left: Bits, right: Bits) -> Bits { left.binary(.and, right) }
    /// `&` with an integer of the signal's width.
    public static func & (left: Bits, right: Int) -> Bits { left & left.literal(right) }
    /// Ones where either value has ones.
    public static func | (left: Bits, right: Bits) -> Bits { left.binary(.or, right) }
    /// `|` with an integer of the signal's width.
    public static func | (left: Bits, right: Int) -> Bits { left | left.literal(right) }
    /// Ones where the values differ.
    public static func ^ (left: Bits, right: Bits) -> Bits { left.binary(.xor, right) }
    /// `^` with an integer of the signal's width.
    public static func ^ (left: Bits, right: Int) -> Bits { left ^ left.literal(right) }
    /// The opposite of every bit.
    public static prefix func ~ (value: Bits) -> Bits { value.unary(.not, width: value.width) }

    /// The sum modulo `2^width`; `+^` grows instead.
    public static func + (left: Bits, right: Bits) -> Bits { left.binary(.add, right) }
    /// `+` with an integer of the signal's width.
    public static func + (left: Bits, right: Int) -> Bits { left + left.literal(right) }
    /// The difference modulo `2^width`; `-^` grows instead.
    public static func - (left: Bits, right: Bits) -> Bits { left.binary(.subtract, right) }
    /// `-` with an integer of the signal's width.
    public static func - (left: Bits, right: Int) -> Bits { left - left.literal(right) }
    /// The product modulo `2^width`; `*^` grows instead.
    public static func * (left: Bits, right: Bits) -> Bits { left.binary(.multiply, right) }
    /// `*` with an integer of the signal's width.
    public static func * (left: Bits, right: Int) -> Bits { left * left.literal(right) }
    /// The sum modulo `2^width`: another spelling of `+`, which wraps as well.
    public static func &+ (left: Bits, right: Bits) -> Bits { left + right }
    /// The sum modulo `2^width`: another spelling of `+`, which wraps as well.
    public static func &+ (left: Bits, right: Int) -> Bits { left + right }
    /// The difference modulo `2^width`: another spelling of `-`, which wraps as well.
    public static func &- (left: Bits, right: Bits) -> Bits { left - right }
    /// The difference modulo `2^width`: another spelling of `-`, which wraps as well.
    public static func &- (left: Bits, right: Int) -> Bits { left - right }
    /// The product modulo `2^width`: another spelling of `*`, which wraps as well.
    public static func &* (left: Bits, right: Bits) -> Bits { left * right }
    /// The product modulo `2^width`: another spelling of `*`, which wraps as well.
    public static func &* (left: Bits, right: Int) -> Bits { left * right }
    /// The quotient; all ones when the divisor is zero.
    public static func / (left: Bits, right: Bits) -> Bits { left.binary(.divide, right) }
    /// `/` with an integer of the signal's width.
    public static func / (left: Bits, right: Int) -> Bits { left / left.literal(right) }
    /// The remainder; the dividend when the divisor is zero.
    public static func % (left: Bits, right: Bits) -> Bits { left.binary(.modulo, right) }
    /// `%` with an integer of the signal's width.
    public static func % (left: Bits, right: Int) -> Bits { left % left.literal(right) }
    /// The negative modulo `2^width`.
    public static prefix func - (value: Bits) -> Bits { value.literal(0) - value }

    /// Whether the values are equal.
    public static func == (left: Bits, right: Bits) -> Bits { left.binary(.equal, right, width: 1) }
    /// `==` with an integer of the signal's width.
    public static func == (left: Bits, right: Int) -> Bits { left == left.literal(right) }
    /// Whether the values differ.
    public static func != (left: Bits, right: Bits) -> Bits { left.binary(.notEqual, right, width: 1) }
    /// `!=` with an integer of the signal's width.
    public static func != (left: Bits, right: Int) -> Bits { left != left.literal(right) }
    /// Whether the left one of two unsigned numbers is the lower one.
    public static func < (left: Bits, right: Bits) -> Bits { left.binary(.less, right, width: 1) }
    /// `<` with an integer of the signal's width.
    public static func < (left: Bits, right: Int) -> Bits { left < left.unsignedLiteral(right) }
    /// Whether the left one of two unsigned numbers is not the greater one.
    public static func <= (left: Bits, right: Bits) -> Bits { left.binary(.lessOrEqual, right, width: 1) }
    /// `<=` with an integer of the signal's width.
    public static func <= (left: Bits, right: Int) -> Bits { left <= left.unsignedLiteral(right) }
    /// Whether the left one of two unsigned numbers is the greater one.
    public static func > (left: Bits, right: Bits) -> Bits {
        right.binary(.less, left, width: 1, mirrored: ">")
    }
    /// `>` with an integer of the signal's width.
    public static func > (left: Bits, right: Int) -> Bits { left.unsignedLiteral(right) < left }
    /// Whether the left one of two unsigned numbers is not the lower one.
    public static func >= (left: Bits, right: Bits) -> Bits {
        right.binary(.lessOrEqual, left, width: 1, mirrored: ">=")
    }
    /// `>=` with an integer of the signal's width.
    public static func >= (left: Bits, right: Int) -> Bits { left.unsignedLiteral(right) <= left }

    /// Shifts towards the most significant bit; a shift by the width or more gives zero.
    public static func << (value: Bits, amount: Bits) -> Bits { value.shifted(.shiftLeft, by: amount) }
    /// Shifts towards the least significant bit; a shift by the width or more gives zero.
    public static func >> (value: Bits, amount: Bits) -> Bits { value.shifted(.shiftRight, by: amount) }

    /// Shifts by a constant, which is wiring.
    public static func << (value: Bits, amount: Int) -> Bits {
        if amount <= 0 { return value.unshifted("<<", amount) }
        if amount >= value.width { return value.literal(0) }
        return concatenate([value.slice(0, value.width - amount), value.circuit.constant(0, width: amount)])
    }
    /// Shifts by a constant, which is wiring.
    public static func >> (value: Bits, amount: Int) -> Bits {
        if amount <= 0 { return value.unshifted(">>", amount) }
        if amount >= value.width { return value.literal(0) }
        return concatenate([
            value.circuit.constant(0, width: amount), value.slice(amount, value.width - amount),
        ])
    }

    /// Not there, for a message that says why.
    @available(*, unavailable, message: "an amount has no sign; shift by its 'bits'")
    public static func << (value: Bits, amount: Signed) -> Bits { fatalError("unavailable") }
    /// Not there, for a message that says why.
    @available(*, unavailable, message: "an amount has no sign; shift by its 'bits'")
    public static func >> (value: Bits, amount: Signed) -> Bits { fatalError("unavailable") }

    /// Not there, for a message that says why.
    @available(*, unavailable, message: "a list is not a signal; concatenate it first")
    public static func + (left: [Bits], right: Bits) -> Bits { fatalError("unavailable") }

    func unshifted(_ symbol: String, _ amount: Int) -> Bits {
        amount == 0 ? self : flawed(width: width, "'\(symbol)' by \(amount); at least 0")
    }

    func shifted(_ operation: Operation, by amount: Bits) -> Bits {
        let node = circuit.append(Node(operation, width: width, a: id, b: amount.id))
        circuit.check([amount], "'\(operation.symbol)'", at: node)
        return Bits(circuit, node, width)
    }

    /// One-bit signals that both hold; the spelling for those used to `&&`.
    public static func && (left: Bits, right: Bits) -> Bits { left.logical("&&", right, "&") & right }
    /// One-bit signals of which one holds; the spelling for those used to `||`.
    public static func || (left: Bits, right: Bits) -> Bits { left.logical("||", right, "|") | right }
    /// The opposite of a one-bit signal; the spelling for those used to `!`.
    public static prefix func ! (value: Bits) -> Bits {
        if value.width != 1 { return value.flawed(width: 1, "'!' of \(value.width) bits; use '~' or '== 0'") }
        return ~value
    }

    private func logical(_ symbol: String, _ right: Bits, _ wordSymbol: String) -> Bits {
        if width == 1 || width != right.width { return self }
        return flawed(width: width, "'\(symbol)' of \(width) bits; use '\(wordSymbol)' or 'anySet'")
    }

    /// An integer to be compared in order: a negative one is a slip, since the order is that of unsigned numbers.
    private func unsignedLiteral(_ value: Int) -> Bits {
        if value >= 0 { return literal(value) }
        return flawed(width: width, "\(value) in the order of unsigned numbers; compare '.signed'")
    }
}
