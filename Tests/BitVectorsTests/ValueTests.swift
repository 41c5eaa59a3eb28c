import BitVectors
import Testing

/// Laws: a value is its bits, however it was made; bits above the width do not exist.
@Suite("Making and writing bit vectors")
struct ValueTests {
    @Test("zeros and ones of each width", arguments: widths)
    func constants(width: Int) {
        #expect(BitVector.zeros(width).bits == Array(repeating: false, count: width))
        #expect(BitVector.ones(width).bits == Array(repeating: true, count: width))
        #expect(BitVector.ones(width).words.count == (width + 63) / 64)
    }

    @Test("an integer is taken modulo 2^width, a negative one in two's complement", arguments: widths)
    func integers(width: Int) {
        let seed: UInt64 = 0x117
        var random = SplitMix(state: seed)
        let values =
            [0, 1, -1, 2, -2, .max, .min, 5, -5] + (0..<20).map { _ in Int(truncatingIfNeeded: random.next()) }
        for value in values {
            let expected = (0..<width).map { place in place < 63 ? value >> place & 1 == 1 : value < 0 }
            #expect(BitVector(value, width: width).bits == expected, "seed \(seed), \(value)")
        }
    }

    @Test("surplus words and bits are dropped, missing words are zero", arguments: widths)
    func words(width: Int) {
        let full = BitVector(words: Array(repeating: .max, count: 8), width: width)
        #expect(full == .ones(width))
        #expect(full.hashValue == BitVector.ones(width).hashValue)
        #expect(BitVector(words: [], width: width) == .zeros(width))
        #expect(BitVector(words: [1], width: width) == BitVector(1, width: width))
    }

    @Test("the integer of a value is known up to 63 bits")
    func intValue() {
        #expect(BitVector(12, width: 300).intValue == 12)
        #expect(BitVector(.max, width: 64).intValue == .max)
        #expect(BitVector(.max, width: 63).intValue == .max)
        #expect(BitVector.ones(64).intValue == nil)
        #expect((BitVector(1, width: 65) << 64).intValue == nil)
        #expect(BitVector.ones(1).intValue == 1)
    }

    @Test("values of different widths differ")
    func widthsMatter() {
        #expect(BitVector(1, width: 8) != BitVector(1, width: 9))
        #expect(Set([BitVector(1, width: 8), BitVector(1, width: 64), BitVector(1, width: 8)]).count == 2)
    }

    @Test("hexadecimal digits cover the whole width", arguments: widths)
    func hexDigits(width: Int) {
        let seed: UInt64 = 0x4E
        var random = SplitMix(state: seed)
        for bits in operands(width: width, random: &random) {
            let value = BitVector(bits: bits)
            #expect(value.hexDigits == Bitwise.hexDigits(bits), "seed \(seed)")
            #expect(value.description == "\(width)'h\(Bitwise.hexDigits(bits))", "seed \(seed)")
        }
    }

    @Test("a value reads as a Verilog literal")
    func description() {
        #expect(BitVector(0xF3, width: 12).description == "12'h0f3")
        #expect(BitVector(-1, width: 1).description == "1'h1")
        #expect((BitVector(0xAB, width: 65) << 57).description == "65'h15600000000000000")
    }
}
