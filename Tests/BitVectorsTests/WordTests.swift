import BitVectors
import Testing

/// Laws: each word function is what a list of bits, or an integer, says it is.
@Suite("Word functions of bit vectors")
struct WordTests {
    private func forEachValue(width: Int, seed: UInt64, _ body: (BitVector, Reference, Comment) -> Void) {
        var random = SplitMix(state: seed &+ UInt64(width))
        for bits in operands(width: width, random: &random) {
            let value = BitVector(bits: bits)
            body(value, bits, "seed \(seed), \(value)")
        }
    }

    @Test("rotation and reversal move every bit to its place", arguments: widths)
    func rotation(width: Int) {
        forEachValue(width: width, seed: 0x207) { value, bits, context in
            #expect(value.reversedBits.bits == bits.reversed(), context)
            for amount in [0, 1, 2, 63, 64, 65, width - 1, width, 3 * width + 1] {
                let left = bits.indices.map { bits[(($0 - amount) % width + width) % width] }
                let right = bits.indices.map { bits[($0 + amount) % width] }
                #expect(value.rotatedLeft(by: amount).bits == left, context)
                #expect(value.rotatedRight(by: amount).bits == right, context)
            }
        }
    }

    @Test("set bits are found from both ends", arguments: widths)
    func finding(width: Int) {
        var single = (0..<width).map { only in BitVector(bits: (0..<width).map { $0 == only }) }
        forEachValue(width: width, seed: 0xF1D) { value, _, _ in single.append(value) }
        for value in single {
            let bits = value.bits
            let context: Comment = "\(value)"
            let last = bits.lastIndex(of: true)
            #expect(value.lastSetIndex == last, context)
            #expect(value.isolatedHighestSet.bits == bits.indices.map { $0 == last }, context)
            #expect(value.leadingZeroCount == bits.reversed().prefix { !$0 }.count, context)
            #expect(value.trailingZeroCount == bits.prefix { !$0 }.count, context)
            let positions = bits.indices.filter { bits[$0] }
            #expect(value.oneHotIndex == positions.reduce(0, |), context)
        }
    }

    @Test("a number as one-hot bits, none beyond the last", arguments: [1, 2, 5, 64, 65])
    func oneHot(count: Int) {
        for number in 0..<130 {
            let expected = (0..<count).map { $0 == number }
            #expect(BitVector(number, width: 8).oneHot(count).bits == expected, "\(number) of \(count)")
        }
        #expect(BitVector.ones(300).oneHot(count).isZero)
    }

    @Test("some bits at a place, and one bit changed", arguments: widths)
    func parts(width: Int) {
        forEachValue(width: width, seed: 0x9A7) { value, bits, context in
            for place in [0, 1, 31, 64, width - 1, width, width + 70] {
                for count in [1, (width + 1) / 2, width] {
                    let expected = (place..<place + count).map { $0 < width && bits[$0] }
                    #expect(value.bits(at: place, count: count).bits == expected, context)
                }
                for bit in [false, true] {
                    #expect(
                        value.with(bit: place, bit).bits == bits.indices.map { $0 == place ? bit : bits[$0] }, context)
                }
            }
            #expect(value.replicated(3).bits == bits + bits + bits, context)
            for count in [1, 2, 3, 32, 64, width] where width % count == 0 {
                #expect(value.splitting(every: count).flatMap(\.bits) == bits, context)
                #expect(value.splitting(every: count).allSatisfy { $0.width == count }, context)
            }
        }
    }

    @Test("successive Gray codes differ in one bit, and each number has its own", arguments: [1, 2, 3, 7])
    func gray(width: Int) {
        let numbers = (0..<1 << width).map { BitVector($0, width: width) }
        let codes = numbers.map(\.grayEncoded)
        #expect(Set(codes).count == numbers.count)
        for (code, next) in zip(codes, codes.dropFirst() + codes.prefix(1)) where width > 1 {
            #expect((code ^ next).bits.filter { $0 }.count == 1, "\(code) and \(next)")
        }
        #expect(codes.map(\.grayDecoded) == numbers)
    }

    @Test("a Gray code bit is one where a number's bit differs from the one above", arguments: widths)
    func wideGray(width: Int) {
        forEachValue(width: width, seed: 0x62A) { value, bits, context in
            #expect(
                value.grayEncoded.bits == bits.indices.map { bits[$0] != ($0 + 1 < width && bits[$0 + 1]) }, context)
            #expect(value.grayEncoded.grayDecoded == value, context)
        }
    }

    @Test("saturation, distance and order of every pair of narrow numbers", arguments: [1, 2, 3, 5])
    func narrow(width: Int) {
        let largest = 1 << width - 1
        for a in 0...largest {
            for b in 0...largest {
                let (left, right) = (BitVector(a, width: width), BitVector(b, width: width))
                let context: Comment = "\(a) and \(b) of \(width) bits"
                #expect(saturatingAdd(left, right) == BitVector(min(a + b, largest), width: width), context)
                #expect(saturatingSubtract(left, right) == BitVector(max(a - b, 0), width: width), context)
                #expect(absoluteDifference(left, right) == BitVector(abs(a - b), width: width), context)
                #expect(min(left, right) == BitVector(min(a, b), width: width), context)
                #expect(max(left, right) == BitVector(max(a, b), width: width), context)
                #expect(left.addingGrowing(right).intValue == a + b, context)
                #expect(left.subtractingGrowing(right).signedIntValue == a - b, context)
                #expect(left.multipliedGrowing(by: right).intValue == a * b, context)
            }
        }
    }

    @Test("saturation, distance and order of wide numbers", arguments: widths)
    func wide(width: Int) {
        let seed: UInt64 = 0x5A7
        forEachPair(width: width, seed: seed) { a, b, _ in
            let (left, right) = (BitVector(bits: a), BitVector(bits: b))
            let context: Comment = "seed \(seed), \(left) and \(right)"
            let (low, high) = Bitwise.isLess(a, b) ? (a, b) : (b, a)
            #expect(min(left, right).bits == low, context)
            #expect(max(left, right).bits == high, context)
            #expect(absoluteDifference(left, right).bits == Bitwise.subtract(high, low), context)
            let sum = Bitwise.add(a + [false], b + [false])
            #expect(left.addingGrowing(right).bits == sum, context)
            let saturated = sum[width] ? Reference(repeating: true, count: width) : Reference(sum.dropLast())
            #expect(saturatingAdd(left, right).bits == saturated, context)
            let zero = Reference(repeating: false, count: width)
            #expect(saturatingSubtract(left, right).bits == (low == a ? zero : Bitwise.subtract(a, b)), context)
            #expect(left.subtractingGrowing(right).bits == Bitwise.subtract(a + [false], b + [false]), context)
            let wideProduct = Bitwise.multiply(a + zero, b + zero)
            #expect(left.multipliedGrowing(by: right).bits == wideProduct, context)
        }
    }
}
