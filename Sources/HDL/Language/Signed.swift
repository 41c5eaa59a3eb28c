/// A signal read as a two's complement number. Arithmetic wraps; `+^`, `-^` and `*^` grow.
public struct Signed {
    /// The same bits without the sign.
    public let bits: Bits
    /// Number of bits, the sign among them.
    public var width: Int { bits.width }

    /// The bits as a two's complement number.
    public init(_ bits: Bits) { self.bits = bits }

    /// Names the signal.
    public func named(_ name: String, _ file: StaticString = #fileID, _ line: UInt = #line) -> Signed {
        Signed(bits.named(name, file, line))
    }

    /// The same number in more bits.
    public func extended(to width: Int) -> Signed { Signed(bits.signExtended(to: width)) }

    /// The lowest bits; the number changes unless it fits.
    public func truncated(to width: Int) -> Signed { Signed(bits.truncated(to: width)) }

    /// Whether the number is below zero.
    public var isNegative: Bits { bits[width - 1] }

    /// The absolute value as an unsigned number of as many bits.
    public var magnitude: Bits { mux(isNegative, -bits, bits) }

    func literal(_ value: Int) -> Signed { Signed(bits.signedLiteral(value)) }
}

extension Bits {
    /// The bits as a two's complement number.
    public var signed: Signed { Signed(self) }

    /// Whether an integer is a two's complement number of this signal's width.
    func fitsSigned(_ value: Int) -> Bool {
        width >= Int.bitWidth || (value >> (width - 1)) == (value < 0 ? -1 : 0)
    }

    /// An integer as a two's complement constant of this signal's width.
    func signedLiteral(_ value: Int) -> Bits {
        if fitsSigned(value) { return literal(value) }
        return flawed(width: width, "\(value) does not fit in \(circuit.bits(width)) with a sign")
    }
}

extension Signed {
    /// The sum modulo `2^width`; `+^` grows instead.
    public static func + (left: Signed, right: Signed) -> Signed { Signed(left.bits + right.bits) }
    /// `+` with an integer of the number's width.
    public static func + (left: Signed, right: Int) -> Signed { left + left.literal(right) }
    /// The difference modulo `2^width`; `-^` grows instead.
    public static func - (left: Signed, right: Signed) -> Signed { Signed(left.bits - right.bits) }
    /// `-` with an integer of the number's width.
    public static func - (left: Signed, right: Int) -> Signed { left - left.literal(right) }
    /// The product modulo `2^width`; `*^` grows instead.
    public static func * (left: Signed, right: Signed) -> Signed { Signed(left.bits * right.bits) }
    /// `*` with an integer of the number's width.
    public static func * (left: Signed, right: Int) -> Signed { left * left.literal(right) }
    /// The sum modulo `2^width`: another spelling of `+`, which wraps as well.
    public static func &+ (left: Signed, right: Signed) -> Signed { left + right }
    /// The sum modulo `2^width`: another spelling of `+`, which wraps as well.
    public static func &+ (left: Signed, right: Int) -> Signed { left + right }
    /// The difference modulo `2^width`: another spelling of `-`, which wraps as well.
    public static func &- (left: Signed, right: Signed) -> Signed { left - right }
    /// The difference modulo `2^width`: another spelling of `-`, which wraps as well.
    public static func &- (left: Signed, right: Int) -> Signed { left - right }
    /// The product modulo `2^width`: another spelling of `*`, which wraps as well.
    public static func &* (left: Signed, right: Signed) -> Signed { left * right }
    /// The product modulo `2^width`: another spelling of `*`, which wraps as well.
    public static func &* (left: Signed, right: Int) -> Signed { left * right }
    /// The quotient towards zero; -1 when the divisor is zero, the lowest number when it is divided by -1.
    public static func / (left: Signed, right: Signed) -> Signed {
        Signed(left.bits.binary(.divideSigned, right.bits))
    }
    /// `/` with an integer of the number's width.
    public static func / (left: Signed, right: Int) -> Signed { left / left.literal(right) }
    /// The remainder with the dividend's sign; the dividend when the divisor is zero.
    public static func % (left: Signed, right: Signed) -> Signed {
        Signed(left.bits.binary(.moduloSigned, right.bits))
    }
    /// `%` with an integer of the number's width.
    public static func % (left: Signed, right: Int) -> Signed { left % left.literal(right) }
    /// The negative; that of the lowest number is itself.
    public static prefix func - (value: Signed) -> Signed { Signed(-value.bits) }

    /// Ones where both values have ones.
    public static func & (left: Signed, right: Signed) -> Signed { Signed(left.bits & right.bits) }
    /// `&` with an integer of the number's width.
    public static func & (left: Signed, right: Int) -> Signed { left & left.literal(right) }
    /// Ones where either value has ones.
    public static func | (left: Signed, right: Signed) -> Signed { Signed(left.bits | right.bits) }
    /// `|` with an integer of the number's width.
    public static func | (left: Signed, right: Int) -> Signed { left | left.literal(right) }
    /// Ones where the values differ.
    public static func ^ (left: Signed, right: Signed) -> Signed { Signed(left.bits ^ right.bits) }
    /// `^` with an integer of the number's width.
    public static func ^ (left: Signed, right: Int) -> Signed { left ^ left.literal(right) }
    /// The opposite of every bit.
    public static prefix func ~ (value: Signed) -> Signed { Signed(~value.bits) }

    /// Whether the numbers are equal.
    public static func == (left: Signed, right: Signed) -> Bits { left.bits == right.bits }
    /// `==` with an integer of the number's width.
    public static func == (left: Signed, right: Int) -> Bits { left == left.literal(right) }
    /// Whether the numbers differ.
    public static func != (left: Signed, right: Signed) -> Bits { left.bits != right.bits }
    /// `!=` with an integer of the number's width.
    public static func != (left: Signed, right: Int) -> Bits { left != left.literal(right) }
    /// Whether the left number is the lower one.
    public static func < (left: Signed, right: Signed) -> Bits {
        left.bits.binary(.lessSigned, right.bits, width: 1)
    }
    /// `<` with an integer of the number's width.
    public static func < (left: Signed, right: Int) -> Bits { left < left.literal(right) }
    /// Whether the left number is not the greater one.
    public static func <= (left: Signed, right: Signed) -> Bits {
        left.bits.binary(.lessOrEqualSigned, right.bits, width: 1)
    }
    /// `<=` with an integer of the number's width.
    public static func <= (left: Signed, right: Int) -> Bits { left <= left.literal(right) }
    /// Whether the left number is the greater one.
    public static func > (left: Signed, right: Signed) -> Bits {
        right.bits.binary(.lessSigned, left.bits, width: 1, mirrored: ">")
    }
    /// `>` with an integer of the number's width.
    public static func > (left: Signed, right: Int) -> Bits { left.literal(right) < left }
    /// Whether the left number is not the lower one.
    public static func >= (left: Signed, right: Signed) -> Bits {
        right.bits.binary(.lessOrEqualSigned, left.bits, width: 1, mirrored: ">=")
    }
    /// `>=` with an integer of the number's width.
    public static func >= (left: Signed, right: Int) -> Bits {
        right == 0 ? ~left.isNegative : left.literal(right) <= left
    }

    /// Shifts towards the most significant bit; by the width or more, zero.
    public static func << (value: Signed, amount: Bits) -> Signed { Signed(value.bits << amount) }
    /// Shifts by a constant, which is wiring.
    public static func << (value: Signed, amount: Int) -> Signed { Signed(value.bits << amount) }
    /// Shifts towards the least significant bit, the sign coming in; by the width or more, nothing but the sign.
    public static func >> (value: Signed, amount: Bits) -> Signed {
        Signed(value.bits.shifted(.shiftRightSigned, by: amount))
    }
    /// Shifts by a constant, the sign coming in.
    public static func >> (value: Signed, amount: Int) -> Signed {
        if amount == 0 { return value }
        if amount < 0 { return Signed(value.bits.unshifted(">>", amount)) }
        let kept = max(value.width - amount, 1)
        return Signed(value.bits.slice(value.width - kept, kept)).extended(to: value.width)
    }
}
