import BitVectors

/// A small generator (Steele, Lea and Flood, 2014), for operands.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}

/// The widths at which a word-based implementation can go wrong: beside each multiple of 32 and 64.
let widths = [1, 2, 31, 32, 33, 63, 64, 65, 127, 128, 129, 300]

/// The reference: bits, least significant first.
typealias Reference = [Bool]

/// Edge values of a width, then random ones of several densities.
func operands(width: Int, random: inout SplitMix) -> [Reference] {
    var values: [Reference] = [
        Reference(repeating: false, count: width),
        Reference(repeating: true, count: width),
        (0..<width).map { $0 == width - 1 },
        (0..<width).map { $0 == 0 },
        (0..<width).map { $0 != width - 1 },
        (0..<width).map { $0 % 2 == 0 },
    ]
    for density in [1, 4, 8, 8, 15] {
        values.append((0..<width).map { _ in Int.random(in: 0..<16, using: &random) < density })
    }
    // Few significant bits, so that quotients are long and comparisons close.
    let few = Int.random(in: 1...width, using: &random)
    values.append((0..<width).map { $0 < few && Bool.random(using: &random) })
    return values
}

/// Every pair of operands of a width.
func forEachPair(
    width: Int, seed: UInt64, _ body: (_ a: Reference, _ b: Reference, _ random: inout SplitMix) -> Void
) {
    var random = SplitMix(state: seed &+ UInt64(width))
    let values = operands(width: width, random: &random)
    for a in values {
        for b in values { body(a, b, &random) }
    }
}

extension BitVector {
    /// The bits, least significant first, read one at a time.
    var bits: Reference { (0..<width).map { self[$0] } }
}

/// Bit-by-bit arithmetic on lists of bits.
enum Bitwise {
    static func add(_ a: Reference, _ b: Reference, carry: Bool = false) -> Reference {
        var carry = carry
        return zip(a, b).map { x, y in
            let ones = [x, y, carry].filter { $0 }.count
            carry = ones >= 2
            return ones % 2 == 1
        }
    }

    static func subtract(_ a: Reference, _ b: Reference) -> Reference { add(a, b.map { !$0 }, carry: true) }

    static func multiply(_ a: Reference, _ b: Reference) -> Reference {
        var sum = Reference(repeating: false, count: a.count)
        for place in b.indices where b[place] { sum = add(sum, shiftLeft(a, place)) }
        return sum
    }

    static func isLess(_ a: Reference, _ b: Reference) -> Bool {
        for place in a.indices.reversed() where a[place] != b[place] { return b[place] }
        return false
    }

    static func divide(_ a: Reference, _ b: Reference) -> (quotient: Reference, remainder: Reference) {
        guard b.contains(true) else { return (Reference(repeating: true, count: a.count), a) }
        var rest = Reference(repeating: false, count: a.count + 1)
        let divisor = b + [false]
        var quotient = Reference(repeating: false, count: a.count)
        for place in a.indices.reversed() {
            rest = [a[place]] + rest.dropLast()
            if !isLess(rest, divisor) {
                rest = subtract(rest, divisor)
                quotient[place] = true
            }
        }
        return (quotient, Array(rest.dropLast()))
    }

    static func shiftLeft(_ a: Reference, _ amount: Int) -> Reference {
        a.indices.map { $0 >= amount && a[$0 - amount] }
    }

    static func shiftRight(_ a: Reference, _ amount: Int) -> Reference {
        a.indices.map { $0 < a.count - min(amount, a.count) && a[$0 + amount] }
    }

    static func hexDigits(_ a: Reference) -> String {
        stride(from: 0, to: a.count, by: 4).reversed().map { low in
            let nibble = (0..<4).filter { low + $0 < a.count && a[low + $0] }.reduce(0) { $0 + [1, 2, 4, 8][$1] }
            return String("0123456789abcdef".dropFirst(nibble).prefix(1))
        }.joined()
    }
}
