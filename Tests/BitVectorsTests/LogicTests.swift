import BitVectors
import Testing

/// Laws: each operator is its truth table, bit by bit.
@Suite("Logic of bit vectors")
struct LogicTests {
    @Test("bit-wise operators act on each bit alone", arguments: widths)
    func bitwise(width: Int) {
        let seed: UInt64 = 0xB17
        forEachPair(width: width, seed: seed) { a, b, _ in
            let (left, right) = (BitVector(bits: a), BitVector(bits: b))
            let context: Comment = "seed \(seed), \(left) and \(right)"
            #expect((left & right).bits == zip(a, b).map { $0 && $1 }, context)
            #expect((left | right).bits == zip(a, b).map { $0 || $1 }, context)
            #expect((left ^ right).bits == zip(a, b).map { $0 != $1 }, context)
            #expect((~left).bits == a.map { !$0 }, context)
        }
    }

    @Test("reductions and counts look at every bit", arguments: widths)
    func reductions(width: Int) {
        let seed: UInt64 = 0x2ED
        var random = SplitMix(state: seed)
        for bits in operands(width: width, random: &random) {
            let value = BitVector(bits: bits)
            let ones = bits.filter { $0 }.count
            let context: Comment = "seed \(seed), \(value)"
            #expect(value.reduceAnd == (ones == width), context)
            #expect(value.reduceOr == (ones > 0), context)
            #expect(value.reduceXor == (ones % 2 == 1), context)
            #expect(value.isZero == (ones == 0), context)
            #expect(value.nonzeroBitCount == ones, context)
            #expect(value.popcount.intValue == ones, context)
        }
    }

    @Test("a count of ones has just enough bits for the largest count")
    func popcountWidth() {
        let expected = [1: 1, 2: 2, 3: 2, 4: 3, 7: 3, 8: 4, 63: 6, 64: 7, 255: 8, 256: 9]
        for (width, bits) in expected {
            #expect(BitVector.popcountWidth(of: width) == bits, "\(width)")
            #expect(BitVector.ones(width).popcount == BitVector(width, width: bits), "\(width)")
        }
    }

    @Test("the lowest set bit is found and isolated; a zero has none", arguments: widths)
    func lowestSet(width: Int) {
        let seed: UInt64 = 0x105
        var random = SplitMix(state: seed)
        var values = operands(width: width, random: &random)
        values += (0..<width).map { only in (0..<width).map { $0 == only || ($0 > only && $0 % 3 == 0) } }
        for bits in values {
            let value = BitVector(bits: bits)
            let first = bits.firstIndex(of: true)
            #expect(value.firstSetIndex == first, "seed \(seed), \(value)")
            #expect(value.isolatedLowestSet.bits == bits.indices.map { $0 == first }, "seed \(seed), \(value)")
        }
    }
}
