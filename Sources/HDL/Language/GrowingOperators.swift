/// Arithmetic whose result has room for every value, with operands of any widths.
infix operator +^ : AdditionPrecedence
infix operator -^ : AdditionPrecedence
infix operator *^ : MultiplicationPrecedence

extension Bits {
    /// The sum, in one bit more than the wider operand.
    public static func +^ (left: Bits, right: Bits) -> Bits {
        let width = max(left.width, right.width) + 1
        return left.zeroExtended(to: width) + right.zeroExtended(to: width)
    }
    /// `+^` with an integer of the left operand's width.
    public static func +^ (left: Bits, right: Int) -> Bits { left +^ left.literal(right) }

    /// The difference as a number with a sign, in one bit more than the wider operand.
    public static func -^ (left: Bits, right: Bits) -> Signed {
        let width = max(left.width, right.width) + 1
        return Signed(left.zeroExtended(to: width) - right.zeroExtended(to: width))
    }
    /// `-^` with an integer of the left operand's width.
    public static func -^ (left: Bits, right: Int) -> Signed { left -^ left.literal(right) }

    /// The product, in as many bits as both operands have.
    public static func *^ (left: Bits, right: Bits) -> Bits {
        let width = left.width + right.width
        return left.zeroExtended(to: width) * right.zeroExtended(to: width)
    }
    /// `*^` with an integer of the left operand's width.
    public static func *^ (left: Bits, right: Int) -> Bits { left *^ left.literal(right) }
}

extension Signed {
    /// The sum, in one bit more than the wider operand.
    public static func +^ (left: Signed, right: Signed) -> Signed {
        let width = max(left.width, right.width) + 1
        return left.extended(to: width) + right.extended(to: width)
    }
    /// `+^` with an integer of the left operand's width.
    public static func +^ (left: Signed, right: Int) -> Signed { left +^ left.literal(right) }

    /// The difference, in one bit more than the wider operand.
    public static func -^ (left: Signed, right: Signed) -> Signed {
        let width = max(left.width, right.width) + 1
        return left.extended(to: width) - right.extended(to: width)
    }
    /// `-^` with an integer of the left operand's width.
    public static func -^ (left: Signed, right: Int) -> Signed { left -^ left.literal(right) }

    /// The product, in as many bits as both operands have.
    public static func *^ (left: Signed, right: Signed) -> Signed {
        let width = left.width + right.width
        return left.extended(to: width) * right.extended(to: width)
    }
    /// `*^` with an integer of the left operand's width.
    public static func *^ (left: Signed, right: Int) -> Signed { left *^ left.literal(right) }
}
