import BitVectors
import HDL
import Testing

/// Law: a function of two numbers is that of integers, in narrow words for every pair, in wide ones at random.
@Suite("Word functions of two signals")
struct NumberFunctionTests {
    static let seed: UInt64 = 0x2F2

    /// Integers of up to 130 bits for references, as lists of bits with a sign: enough for sums and comparisons.
    private struct Wide: Comparable {
        /// Two's complement, longer than any operand.
        let bits: [Bool]
        init(_ value: BitVector, signed: Bool) {
            let fill = signed && value[value.width - 1]
            bits = value.bits + Array(repeating: fill, count: 140 - value.width)
        }
        init(bits: [Bool]) { self.bits = bits }
        static func + (left: Wide, right: Wide) -> Wide {
            var carry = false
            return Wide(
                bits: zip(left.bits, right.bits).map { a, b in
                    defer { carry = a && b || a && carry || b && carry }
                    return (a != b) != carry
                })
        }
        static prefix func - (value: Wide) -> Wide {
            Wide(bits: value.bits.map { !$0 }) + Wide(bits: [true] + Array(repeating: false, count: 139))
        }
        static func < (left: Wide, right: Wide) -> Bool {
            if left.bits[139] != right.bits[139] { return left.bits[139] }
            for place in (0..<139).reversed() where left.bits[place] != right.bits[place] { return right.bits[place] }
            return false
        }
        func clamped(_ low: Wide, _ high: Wide) -> Wide { self < low ? low : high < self ? high : self }
        func truncated(_ width: Int) -> BitVector { .of(bits.prefix(width)) }
    }

    @Test("unsigned", arguments: wordWidths)
    func unsigned(width: Int) throws {
        let meaning = try WordMeaning([width, width], to: Array(repeating: width, count: 5)) { _, x in
            [
                min(x[0], x[1]), max(x[0], x[1]), absoluteDifference(x[0], x[1]), saturatingAdd(x[0], x[1]),
                saturatingSubtract(x[0], x[1]),
            ]
        }
        try compare(meaning, width: width, signed: false)
    }

    @Test("with a sign", arguments: wordWidths)
    func signed(width: Int) throws {
        let meaning = try WordMeaning([width, width], to: Array(repeating: width, count: 5)) { _, x in
            let (a, b) = (x[0].signed, x[1].signed)
            return [
                min(a, b).bits, max(a, b).bits, absoluteDifference(a, b), saturatingAdd(a, b).bits,
                saturatingSubtract(a, b).bits,
            ]
        }
        try compare(meaning, width: width, signed: true)
    }

    private func compare(_ meaning: WordMeaning, width: Int, signed: Bool) throws {
        var random = SplitMix(state: NumberFunctionTests.seed &+ UInt64(width))
        let values = samples(width: width, random: &random, count: 14)
        let sign = BitVector(1, width: width) << (width - 1)
        let low = Wide(signed ? sign : .zeros(width), signed: signed)
        let high = Wide(signed ? ~sign : .ones(width), signed: signed)
        for left in values {
            for right in values {
                let (a, b) = (Wide(left, signed: signed), Wide(right, signed: signed))
                let distance = a < b ? b + -a : a + -b
                let expected = [
                    a < b ? a : b, a < b ? b : a, distance, (a + b).clamped(low, high), (a + -b).clamped(low, high),
                ]
                #expect(
                    meaning([left, right]) == expected.map { $0.truncated(width) },
                    "seed \(NumberFunctionTests.seed), \(left) and \(right)")
            }
        }
    }

    @Test("an integer operand is one of the signal's width")
    func integers() throws {
        let meaning = try WordMeaning([4], to: Array(repeating: 4, count: 10)) { _, x in
            let (u, s) = (x[0], x[0].signed)
            return [
                min(u, 9), max(u, 9), absoluteDifference(u, 9), saturatingAdd(u, 9), saturatingSubtract(u, 9),
                min(s, -3).bits, max(s, -3).bits, absoluteDifference(s, -3), saturatingAdd(s, -3).bits,
                saturatingSubtract(s, -3).bits,
            ]
        }
        for number in 0..<16 {
            let s = number < 8 ? number : number - 16
            let expected = [
                min(number, 9), max(number, 9), abs(number - 9), min(number + 9, 15), max(number - 9, 0),
                min(s, -3), max(s, -3), abs(s + 3), max(s - 3, -8), min(s + 3, 7),
            ]
            #expect(meaning([BitVector(number, width: 4)]) == expected.map { BitVector($0, width: 4) }, "\(number)")
        }
    }

    @Test("operators of every pair of narrow numbers", arguments: [1, 2, 3])
    func operators(width: Int) throws {
        let meaning = try WordMeaning(
            [width, width], to: Array(repeating: width, count: 10) + Array(repeating: 1, count: 12)
        ) { _, x in
            let (u, v) = (x[0], x[1])
            let (s, t) = (u.signed, v.signed)
            let numbers = [
                u &+ v, u &- v, u &* v, -u, (s / t).bits, (s % t).bits, (s &* t).bits, (s >> v).bits, (s << v).bits,
                s.magnitude,
            ]
            return numbers + [
                u == v, u != v, u < v, u <= v, u > v, u >= v, s == t, s != t, s < t, s <= t, s > t, s >= t,
            ]
        }
        let half = 1 << (width - 1)
        for a in 0..<1 << width {
            for b in 0..<1 << width {
                let (s, t) = (a < half ? a : a - 2 * half, b < half ? b : b - 2 * half)
                let numbers = [
                    a + b, a - b, a * b, -a, t == 0 ? -1 : s / t, t == 0 ? s : s % t, s * t, s >> b, s << b, abs(s),
                ]
                let flags = [
                    a == b, a != b, a < b, a <= b, a > b, a >= b, s == t, s != t, s < t, s <= t, s > t, s >= t,
                ]
                let found = meaning([BitVector(a, width: width), BitVector(b, width: width)])
                let expected =
                    numbers.map { BitVector($0, width: width) } + flags.map { BitVector($0 ? 1 : 0, width: 1) }
                #expect(found == expected, "\(a) and \(b)")
            }
        }
    }

    @Test("growing operators keep every value, of operands of any widths", arguments: [1, 2, 4], [1, 3])
    func growing(leftWidth: Int, rightWidth: Int) throws {
        let widest = max(leftWidth, rightWidth) + 1
        let sizes = [widest, widest, leftWidth + rightWidth]
        let meaning = try WordMeaning([leftWidth, rightWidth], to: sizes + sizes) { _, x in
            let (s, t) = (x[0].signed, x[1].signed)
            return [x[0] +^ x[1], (x[0] -^ x[1]).bits, x[0] *^ x[1], (s +^ t).bits, (s -^ t).bits, (s *^ t).bits]
        }
        for a in 0..<1 << leftWidth {
            for b in 0..<1 << rightWidth {
                let found = meaning([BitVector(a, width: leftWidth), BitVector(b, width: rightWidth)])
                let s = a >> (leftWidth - 1) == 0 ? a : a - 1 << leftWidth
                let t = b >> (rightWidth - 1) == 0 ? b : b - 1 << rightWidth
                #expect([found[0], found[2]].map(\.intValue) == [a + b, a * b], "\(a) and \(b)")
                #expect(
                    [1, 3, 4, 5].map { found[$0].signedIntValue } == [a - b, s + t, s - t, s * t], "\(a) and \(b)")
            }
        }
    }
}
