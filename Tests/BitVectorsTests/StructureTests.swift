import BitVectors
import Testing

/// Laws: slices, concatenation, extension and shifts move bits and change none.
@Suite("Structure of bit vectors")
struct StructureTests {
    @Test("shifts move bits, and by the width or more give zero", arguments: widths)
    func shifts(width: Int) {
        let seed: UInt64 = 0x5F
        var random = SplitMix(state: seed)
        let amounts = Set([0, 1, 31, 32, 33, 63, 64, 65, 127, 128, width - 1, width, width + 1, 2 * width, 1000])
        for bits in operands(width: width, random: &random) {
            let value = BitVector(bits: bits)
            for amount in amounts {
                #expect(
                    (value << amount).bits == Bitwise.shiftLeft(bits, amount), "seed \(seed), \(value) by \(amount)")
                #expect(
                    (value >> amount).bits == Bitwise.shiftRight(bits, amount), "seed \(seed), \(value) by \(amount)")
            }
        }
    }

    @Test("a slice is the bits of its range", arguments: widths)
    func slices(width: Int) {
        let seed: UInt64 = 0x51
        var random = SplitMix(state: seed)
        for bits in operands(width: width, random: &random) {
            let value = BitVector(bits: bits)
            for _ in 0..<20 {
                let low = Int.random(in: 0..<width, using: &random)
                let high = Int.random(in: low..<width, using: &random)
                #expect(
                    value[low..<high + 1].bits == Array(bits[low...high]),
                    "seed \(seed), \(value)[\(low)..<\(high + 1)]")
            }
            #expect(value[0..<width] == value)
        }
    }

    @Test("concatenation puts the first value on top", arguments: widths)
    func concatenation(width: Int) {
        let seed: UInt64 = 0xCA7
        forEachPair(width: width, seed: seed) { a, b, random in
            let third = operands(width: Int.random(in: 1...70, using: &random), random: &random)[6]
            let parts = [a, b, third].map { BitVector(bits: $0) }
            #expect(BitVector.concatenating(parts).bits == third + b + a, "seed \(seed), \(parts)")
            #expect(BitVector.concatenating([parts[0]]) == parts[0])
        }
    }

    @Test("extension adds zeros or the sign, truncation keeps the low bits", arguments: widths)
    func extension_(width: Int) {
        let seed: UInt64 = 0xE7
        var random = SplitMix(state: seed)
        for bits in operands(width: width, random: &random) {
            let value = BitVector(bits: bits)
            for more in [0, 1, 31, 64, 100] {
                let context: Comment = "seed \(seed), \(value) by \(more)"
                #expect(
                    value.zeroExtended(to: width + more).bits == bits + Array(repeating: false, count: more), context)
                #expect(
                    value.signExtended(to: width + more).bits
                        == bits + Array(repeating: bits[width - 1], count: more), context)
            }
            for fewer in 1...width {
                #expect(value.truncated(to: fewer).bits == Array(bits.prefix(fewer)), "seed \(seed), \(value)")
            }
        }
    }
}
