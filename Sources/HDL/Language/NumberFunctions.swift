/// The lower one of two unsigned numbers.
public func min(_ left: Bits, _ right: Bits) -> Bits {
    left.flaw(beside: right, "min") ?? mux(right < left, right, left)
}
/// The lower one of an unsigned number and an integer of its width.
public func min(_ left: Bits, _ right: Int) -> Bits { min(left, left.literal(right)) }

/// The greater one of two unsigned numbers.
public func max(_ left: Bits, _ right: Bits) -> Bits {
    left.flaw(beside: right, "max") ?? mux(left < right, right, left)
}
/// The greater one of an unsigned number and an integer of its width.
public func max(_ left: Bits, _ right: Int) -> Bits { max(left, left.literal(right)) }

/// The distance between two unsigned numbers.
public func absoluteDifference(_ left: Bits, _ right: Bits) -> Bits {
    left.flaw(beside: right, "absoluteDifference") ?? mux(left < right, right - left, left - right)
}
/// The distance between an unsigned number and an integer of its width.
public func absoluteDifference(_ left: Bits, _ right: Int) -> Bits { absoluteDifference(left, left.literal(right)) }

/// The sum of two unsigned numbers; all ones where it does not fit.
public func saturatingAdd(_ left: Bits, _ right: Bits) -> Bits {
    if let flaw = left.flaw(beside: right, "saturatingAdd") { return flaw }
    let sum = left +^ right
    return mux(sum[left.width], left.literal(-1), sum.truncated(to: left.width))
}
/// The sum of an unsigned number and an integer of its width; all ones where it does not fit.
public func saturatingAdd(_ left: Bits, _ right: Int) -> Bits { saturatingAdd(left, left.literal(right)) }

/// The difference of two unsigned numbers; zero where it would be below.
public func saturatingSubtract(_ left: Bits, _ right: Bits) -> Bits {
    if let flaw = left.flaw(beside: right, "saturatingSubtract") { return flaw }
    let difference = left -^ right
    return mux(difference.isNegative, left.literal(0), difference.bits.truncated(to: left.width))
}
/// The difference of an unsigned number and an integer of its width; zero where it would be below.
public func saturatingSubtract(_ left: Bits, _ right: Int) -> Bits { saturatingSubtract(left, left.literal(right)) }

/// The lower one of two numbers with signs.
public func min(_ left: Signed, _ right: Signed) -> Signed {
    left.flaw(beside: right, "min") ?? mux(right < left, right, left)
}
/// The lower one of a number with a sign and an integer of its width.
public func min(_ left: Signed, _ right: Int) -> Signed { min(left, left.literal(right)) }

/// The greater one of two numbers with signs.
public func max(_ left: Signed, _ right: Signed) -> Signed {
    left.flaw(beside: right, "max") ?? mux(left < right, right, left)
}
/// The greater one of a number with a sign and an integer of its width.
public func max(_ left: Signed, _ right: Int) -> Signed { max(left, left.literal(right)) }

/// The distance between two numbers with signs, as an unsigned number of as many bits, which is always enough.
public func absoluteDifference(_ left: Signed, _ right: Signed) -> Bits {
    left.bits.flaw(beside: right.bits, "absoluteDifference")
        ?? mux(left < right, right.bits - left.bits, left.bits - right.bits)
}
/// The distance between a number with a sign and an integer of its width, as an unsigned number of as many bits.
public func absoluteDifference(_ left: Signed, _ right: Int) -> Bits { absoluteDifference(left, left.literal(right)) }

/// The sum of two numbers with signs; beyond their range, the end of the range.
public func saturatingAdd(_ left: Signed, _ right: Signed) -> Signed {
    left.flaw(beside: right, "saturatingAdd") ?? saturated(left +^ right)
}
/// The sum of a number with a sign and an integer of its width; beyond their range, the end of the range.
public func saturatingAdd(_ left: Signed, _ right: Int) -> Signed { saturatingAdd(left, left.literal(right)) }

/// The difference of two numbers with signs; beyond their range, the end of the range.
public func saturatingSubtract(_ left: Signed, _ right: Signed) -> Signed {
    left.flaw(beside: right, "saturatingSubtract") ?? saturated(left -^ right)
}
/// The difference of a number with a sign and an integer of its width; beyond their range, the end of the range.
public func saturatingSubtract(_ left: Signed, _ right: Int) -> Signed { saturatingSubtract(left, left.literal(right)) }

/// A number in one bit fewer; beyond their range, the end of the range.
private func saturated(_ number: Signed) -> Signed {
    let width = number.width - 1
    let sign = number.isNegative
    let end = width == 1 ? sign : concatenate([sign, (~sign).replicated(width - 1)])
    return Signed(mux(sign ^ number.bits[width - 1], end, number.bits.truncated(to: width)))
}

extension Bits {
    /// What stands for the result of a function of two words that do not go together; nil when they do.
    ///
    /// Found before the function's operators are made, so that one slip is one finding under the function's name.
    func flaw(beside other: Bits, _ user: String, width wanted: Int? = nil) -> Bits? {
        if other.circuit !== circuit {
            return flawed(width: wanted ?? width, "'\(user)' with a signal of module '\(other.circuit.name)'")
        }
        if wanted == nil, other.width != width {
            return flawed(
                width: width, "'\(user)' of \(width) and \(other.width) bits; extend or truncate one of them")
        }
        return nil
    }
}

extension Signed {
    fileprivate func flaw(beside other: Signed, _ user: String) -> Signed? {
        bits.flaw(beside: other.bits, user).map(Signed.init)
    }
}
