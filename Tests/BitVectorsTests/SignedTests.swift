import BitVectors
import Testing

/// Laws: the value read with a sign obeys integer arithmetic in narrow words, and bit-by-bit arithmetic in wide ones.
@Suite("Bit vectors with a sign")
struct SignedTests {
    /// Every pair of numbers of a width, as integers.
    private func forEachPair(width: Int, _ body: (_ a: Int, _ b: Int, _ lowest: Int) -> Void) {
        let half = 1 << (width - 1)
        for a in -half..<half {
            for b in -half..<half { body(a, b, -half) }
        }
    }

    @Test("comparison and division of every pair of narrow numbers", arguments: [1, 2, 3, 5])
    func narrow(width: Int) {
        forEachPair(width: width) { a, b, lowest in
            let (left, right) = (BitVector(a, width: width), BitVector(b, width: width))
            let context: Comment = "\(a) and \(b) of \(width) bits"
            #expect(left.signedIntValue == a, context)
            #expect(left.isNegative == (a < 0), context)
            #expect(left.isLessSigned(than: right) == (a < b), context)
            #expect(left.isLessOrEqualSigned(than: right) == (a <= b), context)
            let (quotient, remainder) = left.dividedSigned(by: right)
            #expect(quotient == BitVector(b == 0 ? -1 : a / b, width: width), context)
            #expect(remainder == BitVector(b == 0 ? a : a % b, width: width), context)
            #expect(-left == BitVector(-a, width: width), context)
            #expect(left.magnitude == BitVector(abs(a), width: width), context)
        }
    }

    @Test("saturation, distance and order of every pair of narrow numbers", arguments: [1, 2, 3, 5])
    func narrowWords(width: Int) {
        forEachPair(width: width) { a, b, lowest in
            let (left, right) = (BitVector(a, width: width), BitVector(b, width: width))
            let context: Comment = "\(a) and \(b) of \(width) bits"
            func clamped(_ value: Int) -> BitVector { BitVector(min(max(value, lowest), -lowest - 1), width: width) }
            #expect(saturatingAddSigned(left, right) == clamped(a + b), context)
            #expect(saturatingSubtractSigned(left, right) == clamped(a - b), context)
            #expect(absoluteDifferenceSigned(left, right) == BitVector(abs(a - b), width: width), context)
            #expect(minSigned(left, right) == BitVector(min(a, b), width: width), context)
            #expect(maxSigned(left, right) == BitVector(max(a, b), width: width), context)
        }
    }

    @Test("quotient times divisor plus remainder is the dividend, the remainder is nearer to zero", arguments: widths)
    func divisionIdentity(width: Int) {
        let seed: UInt64 = 0x51D
        BitVectorsTests.forEachPair(width: width, seed: seed) { a, b, _ in
            guard b.contains(true) else { return }
            let (left, right) = (BitVector(bits: a), BitVector(bits: b))
            let context: Comment = "seed \(seed), \(left) and \(right)"
            let (quotient, remainder) = left.dividedSigned(by: right)
            #expect(Bitwise.add(Bitwise.multiply(quotient.bits, b), remainder.bits) == a, context)
            #expect(remainder.isZero || remainder.bits[width - 1] == a[width - 1], context)
            func distance(_ bits: Reference) -> Reference {
                bits[width - 1] ? Bitwise.subtract(Reference(repeating: false, count: width), bits) : bits
            }
            #expect(Bitwise.isLess(distance(remainder.bits), distance(b)), context)
        }
    }

    @Test("the order is that of the numbers with their top bit turned over", arguments: widths)
    func comparison(width: Int) {
        let seed: UInt64 = 0x51C
        BitVectorsTests.forEachPair(width: width, seed: seed) { a, b, _ in
            let (left, right) = (BitVector(bits: a), BitVector(bits: b))
            // Adding half of the range maps two's complement to unsigned numbers and keeps the order.
            func shifted(_ bits: Reference) -> Reference { bits.dropLast() + [!bits[width - 1]] }
            #expect(
                left.isLessSigned(than: right) == Bitwise.isLess(shifted(a), shifted(b)),
                "seed \(seed), \(left) and \(right)")
        }
    }

    @Test("a shift to the right keeps the sign, and by the width or more leaves nothing else", arguments: widths)
    func shifts(width: Int) {
        let seed: UInt64 = 0x51F
        var random = SplitMix(state: seed)
        for bits in operands(width: width, random: &random) {
            let value = BitVector(bits: bits)
            for amount in Set([0, 1, 31, 63, 64, 65, width - 1, width, 2 * width, 1000]) {
                let expected = bits.indices.map { $0 + amount < width ? bits[$0 + amount] : bits[width - 1] }
                #expect(value.shiftedRightSigned(by: amount).bits == expected, "seed \(seed), \(value) by \(amount)")
            }
        }
    }

    @Test("a number with a sign is an integer when it fits in one")
    func integers() {
        for width in [63, 64, 65, 128, 300] {
            for value in [0, 1, -1, 1 << 61, -1 << 62] {
                #expect(BitVector(value, width: width).signedIntValue == value, "\(value) in \(width) bits")
            }
        }
        #expect(BitVector(.min, width: 64).signedIntValue == .min)
        #expect(BitVector(.min, width: 65).signedIntValue == .min)
        #expect((BitVector(1, width: 65) << 64).signedIntValue == nil)
        #expect((BitVector(1, width: 66) << 63).signedIntValue == nil)
        #expect((BitVector(1, width: 129) << 128).signedIntValue == nil)
    }
}
