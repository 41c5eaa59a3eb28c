/// Wrapping unsigned arithmetic and comparison.
extension BitVector {
    /// The sum modulo `2^width`.
    public static func + (left: BitVector, right: BitVector) -> BitVector { add(left, right, carry: 0) }

    /// The difference modulo `2^width`.
    public static func - (left: BitVector, right: BitVector) -> BitVector { add(left, ~right, carry: 1) }

    private static func add(_ left: BitVector, _ right: BitVector, carry: UInt64) -> BitVector {
        precondition(left.width == right.width, "operands of \(left.width) and \(right.width) bits")
        var carry = carry
        var sum = left.words
        for index in sum.indices {
            let (partial, first) = sum[index].addingReportingOverflow(right.words[index])
            let (total, second) = partial.addingReportingOverflow(carry)
            sum[index] = total
            carry = first || second ? 1 : 0
        }
        return BitVector(words: sum, width: left.width)
    }

    /// The product modulo `2^width`.
    public static func * (left: BitVector, right: BitVector) -> BitVector {
        precondition(left.width == right.width, "operands of \(left.width) and \(right.width) bits")
        var product = [UInt64](repeating: 0, count: left.words.count)
        for (i, a) in left.words.enumerated() {
            var carry: UInt64 = 0
            for j in 0..<(product.count - i) {
                let (high, low) = a.multipliedFullWidth(by: right.words[j])
                let (first, overflow1) = product[i + j].addingReportingOverflow(low)
                let (second, overflow2) = first.addingReportingOverflow(carry)
                product[i + j] = second
                carry = high &+ (overflow1 ? 1 : 0) &+ (overflow2 ? 1 : 0)
            }
        }
        return BitVector(words: product, width: left.width)
    }

    /// Quotient and remainder by schoolbook long division; a zero divisor gives all ones and the dividend.
    public func dividedBy(_ divisor: BitVector) -> (quotient: BitVector, remainder: BitVector) {
        precondition(width == divisor.width, "operands of \(width) and \(divisor.width) bits")
        if divisor.isZero { return (.ones(width), self) }
        // One bit more than the operands, since the shifted remainder may exceed them before it is reduced.
        var remainder = BitVector.zeros(width + 1)
        let wide = divisor.zeroExtended(to: width + 1)
        var quotient = [Bool](repeating: false, count: width)
        for index in (0..<width).reversed() {
            remainder = remainder << 1 | BitVector(self[index] ? 1 : 0, width: width + 1)
            if !(remainder < wide) {
                remainder = remainder - wide
                quotient[index] = true
            }
        }
        return (BitVector(bits: quotient), remainder.truncated(to: width))
    }

    /// The quotient of unsigned numbers; all ones when the divisor is zero.
    public static func / (left: BitVector, right: BitVector) -> BitVector { left.dividedBy(right).quotient }
    /// The remainder of unsigned numbers; the dividend when the divisor is zero.
    public static func % (left: BitVector, right: BitVector) -> BitVector { left.dividedBy(right).remainder }

    /// Whether the left one of two unsigned numbers is the lower one.
    public static func < (left: BitVector, right: BitVector) -> Bool {
        precondition(left.width == right.width, "operands of \(left.width) and \(right.width) bits")
        for index in left.words.indices.reversed() where left.words[index] != right.words[index] {
            return left.words[index] < right.words[index]
        }
        return false
    }

    /// Whether the left one of two unsigned numbers is not the greater one.
    public static func <= (left: BitVector, right: BitVector) -> Bool { !(right < left) }
    /// Whether the left one of two unsigned numbers is the greater one.
    public static func > (left: BitVector, right: BitVector) -> Bool { right < left }
    /// Whether the left one of two unsigned numbers is not the lower one.
    public static func >= (left: BitVector, right: BitVector) -> Bool { !(left < right) }
}
