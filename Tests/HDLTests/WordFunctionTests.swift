import BitVectors
import HDL
import Testing

/// Law: each word function computes, from the arena's operations, what a list of bits says it is.
@Suite("Word functions of one signal")
struct WordFunctionTests {
    static let seed: UInt64 = 0x30D

    /// Checks functions of one operand against a reference on its bits.
    private func check(
        width: Int, to results: [Int], _ body: @escaping @Sendable (Bits) -> [Bits],
        _ reference: ([Bool]) -> [[Bool]]
    ) throws {
        var random = SplitMix(state: WordFunctionTests.seed &+ UInt64(width))
        let meaning = try WordMeaning([width], to: results) { _, operands in body(operands[0]) }
        for value in samples(width: width, random: &random) {
            let expected = reference(value.bits).map { BitVector.of($0) }
            #expect(meaning([value]) == expected, "seed \(WordFunctionTests.seed), \(value)")
        }
    }

    private func number(_ value: Int, _ width: Int) -> [Bool] { (0..<width).map { value >> $0 & 1 == 1 } }

    @Test("rotation by a constant and reversal move every bit to its place", arguments: wordWidths)
    func rotation(width: Int) throws {
        let amounts = [0, 1, width - 1, width, 2 * width + 1]
        try check(width: width, to: Array(repeating: width, count: 11)) { x in
            amounts.map { x.rotatedLeft(by: $0) } + amounts.map { x.rotatedRight(by: $0) } + [x.reversedBits]
        } _: { bits in
            let left = amounts.map { amount in bits.indices.map { bits[($0 + 3 * width - amount) % width] } }
            let right = amounts.map { amount in bits.indices.map { bits[($0 + amount) % width] } }
            return left + right + [bits.reversed()]
        }
    }

    @Test("rotation by a signal goes round, whatever its width", arguments: [1, 2, 3, 5, 8, 33, 64], [1, 3, 4, 9, 70])
    func rotationBySignal(width: Int, amountWidth: Int) throws {
        let meaning = try WordMeaning([width, amountWidth], to: [width, width]) { _, x in
            [x[0].rotatedLeft(by: x[1]), x[0].rotatedRight(by: x[1])]
        }
        var random = SplitMix(state: WordFunctionTests.seed)
        for value in samples(width: width, random: &random, count: 4) {
            for amount in samples(width: amountWidth, random: &random, count: 6) {
                // The amount modulo the width, digit by digit.
                let places = amount.bits.reversed().reduce(0) { ($0 * 2 + ($1 ? 1 : 0)) % width }
                let left = value.bits.indices.map { value[($0 + width - places) % width] }
                let right = value.bits.indices.map { value[($0 + places) % width] }
                #expect(meaning([value, amount]) == [.of(left), .of(right)], "\(value) by \(amount)")
            }
        }
    }

    @Test("set bits are found from both ends", arguments: wordWidths)
    func finding(width: Int) throws {
        let count = BitVector.popcountWidth(of: width)
        let address = addressWidth(width)
        try check(width: width, to: [width, width, address, address, count, count]) { x in
            [x.lowestSet, x.highestSet, findFirstSet(x), findLastSet(x), x.leadingZeroCount, x.trailingZeroCount]
        } _: { bits in
            let (first, last) = (bits.firstIndex(of: true), bits.lastIndex(of: true))
            return [
                bits.indices.map { $0 == first }, bits.indices.map { $0 == last }, number(first ?? 0, address),
                number(last ?? 0, address), number(bits.reversed().prefix { !$0 }.count, count),
                number(bits.prefix { !$0 }.count, count),
            ]
        }
    }

    @Test("a number as one-hot bits, none beyond the last", arguments: [1, 2, 4, 7], [1, 2, 5, 8, 70])
    func oneHot(width: Int, count: Int) throws {
        try check(width: width, to: [count]) {
            [$0.oneHot(count)]
        } _: { bits in
            let number = bits.indices.reduce(0) { $0 + (bits[$1] ? 1 << $1 : 0) }
            return [(0..<count).map { $0 == number }]
        }
    }

    @Test("Gray codes differ from the bit above, and are decoded again", arguments: wordWidths)
    func gray(width: Int) throws {
        try check(width: width, to: [width, width]) {
            [$0.grayEncoded, $0.grayEncoded.grayDecoded]
        } _: { bits in
            [bits.indices.map { bits[$0] != ($0 + 1 < width && bits[$0 + 1]) }, bits]
        }
    }

    @Test("one of some numbers, or of none")
    func isOne() throws {
        try check(width: 4, to: [1, 1, 1]) {
            [$0.isOne(of: 3, 5, 12), $0.isOne(of: 7), $0.isOne(in: [])]
        } _: { bits in
            let number = bits.indices.reduce(0) { $0 + (bits[$1] ? 1 << $1 : 0) }
            return [[[3, 5, 12].contains(number)], [number == 7], [false]]
        }
    }

    @Test("parts, and a bit changed", arguments: [1, 2, 6, 12, 64, 130])
    func parts(width: Int) throws {
        let half = width % 2 == 0 ? width / 2 : width
        try check(width: width, to: [half, width, width]) { x in
            let parts = x.splitting(every: half)
            return [parts[parts.count - 1], x.with(bit: 0, ~x[0]), x.with(bit: width - 1, x[0])]
        } _: { bits in
            [
                Array(bits.suffix(half)), [!bits[0]] + bits.dropFirst(), bits.dropLast() + [bits[0]],
            ]
        }
    }

    @Test("bits at a signal's place are zero beyond the last; a bit changed there changes nothing")
    func dynamicParts() throws {
        var random = SplitMix(state: WordFunctionTests.seed)
        for (width, indexWidth) in [(1, 1), (1, 4), (5, 3), (8, 3), (8, 5), (65, 7), (65, 70)] {
            let count = (width + 1) / 2
            let meaning = try WordMeaning([width, indexWidth, 1], to: [count, width, width]) { _, x in
                [x[0].bits(at: x[1], count: count), x[0].bits(at: x[1], count: width), x[0].with(bit: x[1], x[2])]
            }
            for value in samples(width: width, random: &random, count: 6) {
                for index in samples(width: indexWidth, random: &random, count: 8) {
                    for bit in [false, true] {
                        let place = index.intValue ?? 1000
                        let shifted = (0..<width).map { place < width - $0 && value[place + $0] }
                        let changed = (0..<width).map { $0 == place ? bit : value[$0] }
                        let found = meaning([value, index, BitVector(bit ? 1 : 0, width: 1)])
                        let expected = [shifted.prefix(count), shifted[...], changed[...]].map { BitVector.of($0) }
                        #expect(found == expected, "seed \(WordFunctionTests.seed), \(value) at \(index)")
                    }
                }
            }
        }
    }

    @Test("conditions joined")
    func conditions() throws {
        try check(width: 3, to: [1, 1, 1, 1, 3]) { x in
            [
                all(of: x[0], x[1], x[2]), any(of: x[0], x[1], x[2]), all(of: x[0]), any(of: x[1]),
                concatenate([x[0], x[1], x[2]]),
            ]
        } _: { bits in
            [[bits.allSatisfy { $0 }], [bits.contains(true)], [bits[0]], [bits[1]], bits.reversed()]
        }
    }
}
