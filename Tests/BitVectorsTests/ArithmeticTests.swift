import BitVectors
import Testing

/// Laws: each operator equals bit-by-bit arithmetic modulo `2^width`.
@Suite("Arithmetic of bit vectors")
struct ArithmeticTests {
    @Test("sums, differences and products are those of bit-by-bit arithmetic", arguments: widths)
    func sumsAndProducts(width: Int) {
        let seed: UInt64 = 0xA11
        forEachPair(width: width, seed: seed) { a, b, _ in
            let (left, right) = (BitVector(bits: a), BitVector(bits: b))
            let context: Comment = "seed \(seed), \(left) and \(right)"
            #expect((left + right).bits == Bitwise.add(a, b), context)
            #expect((left - right).bits == Bitwise.subtract(a, b), context)
            #expect((left * right).bits == Bitwise.multiply(a, b), context)
        }
    }

    @Test("quotients and remainders are those of long division", arguments: widths)
    func quotients(width: Int) {
        let seed: UInt64 = 0xD17
        forEachPair(width: width, seed: seed) { a, b, _ in
            let (left, right) = (BitVector(bits: a), BitVector(bits: b))
            let expected = Bitwise.divide(a, b)
            let context: Comment = "seed \(seed), \(left) and \(right)"
            #expect((left / right).bits == expected.quotient, context)
            #expect((left % right).bits == expected.remainder, context)
            let both = left.dividedBy(right)
            #expect(both.quotient == left / right && both.remainder == left % right, context)
        }
    }

    @Test("a quotient times its divisor plus the remainder is the dividend", arguments: widths)
    func divisionIdentity(width: Int) {
        let seed: UInt64 = 0x1D
        forEachPair(width: width, seed: seed) { a, b, _ in
            let (left, right) = (BitVector(bits: a), BitVector(bits: b))
            guard b.contains(true) else { return }
            let both = left.dividedBy(right)
            #expect(both.quotient * right + both.remainder == left, "seed \(seed), \(left) and \(right)")
            #expect(both.remainder < right, "seed \(seed), \(left) and \(right)")
        }
    }

    @Test("division by zero gives all ones and the dividend", arguments: widths)
    func divisionByZero(width: Int) {
        let seed: UInt64 = 0xD0
        var random = SplitMix(state: seed)
        for bits in operands(width: width, random: &random) {
            let value = BitVector(bits: bits)
            #expect(value / .zeros(width) == .ones(width), "seed \(seed), \(value)")
            #expect(value % .zeros(width) == value, "seed \(seed), \(value)")
        }
    }

    @Test("the order is that of unsigned numbers", arguments: widths)
    func comparison(width: Int) {
        let seed: UInt64 = 0xC0
        forEachPair(width: width, seed: seed) { a, b, _ in
            let (left, right) = (BitVector(bits: a), BitVector(bits: b))
            let context: Comment = "seed \(seed), \(left) and \(right)"
            #expect((left < right) == Bitwise.isLess(a, b), context)
            #expect((left > right) == Bitwise.isLess(b, a), context)
            #expect((left <= right) == !Bitwise.isLess(b, a), context)
            #expect((left >= right) == !Bitwise.isLess(a, b), context)
            #expect((left == right) == (a == b), context)
            #expect((left != right) == (a != b), context)
            if a == b { #expect(left.hashValue == right.hashValue, context) }
        }
    }
}
