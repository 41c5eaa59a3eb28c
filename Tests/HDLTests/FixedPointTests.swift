import BitVectors
import HDL
import Testing

/// A fraction with a power of two below: `numerator × 2^-scale`, exact.
struct Rational: Equatable {
    let numerator: Int
    let scale: Int

    /// The number in units of a finer power of two.
    func inUnits(of finer: Int) -> Int { numerator << (finer - scale) }

    static func == (left: Rational, right: Rational) -> Bool {
        let finer = max(left.scale, right.scale)
        return left.inUnits(of: finer) == right.inUnits(of: finer)
    }
}

extension FixedPoint.Format {
    /// Every number of the format, with its bits.
    var numbers: [(bits: BitVector, value: Rational)] {
        (0..<1 << width).map { pattern in
            let isNegative = isSigned && pattern >> (width - 1) == 1
            return (
                BitVector(pattern, width: width),
                Rational(numerator: isNegative ? pattern - 1 << width : pattern, scale: fractionBits)
            )
        }
    }

    /// The number that some bits mean.
    func number(_ bits: BitVector) -> Rational {
        Rational(numerator: (isSigned ? bits.signedIntValue : bits.intValue) ?? 0, scale: fractionBits)
    }
}

/// Laws: growing arithmetic and comparison are those of rational numbers; a resized number is the one that its rounding
/// and its overflow say, computed here with integer division.
@Suite("Fixed point")
struct FixedPointTests {
    typealias Format = FixedPoint.Format
    static let formats: [Format] = [
        .signed(2, 2), .signed(1, 3), .signed(4, 0), .signed(0, 3), .signed(1, 0), .unsigned(2, 1), .unsigned(0, 3),
        .unsigned(1, 0), .unsigned(-1, 4), .signed(5, -2),
    ]

    @Test("arithmetic of every pair of numbers is exact", arguments: formats, formats)
    func arithmetic(left: Format, right: Format) throws {
        // The formats of the results are read off the signals themselves.
        let found = Formats()
        let probe = Snippet("probe", { WordPorts(operands: [Input(left.width), Input(right.width)], results: []) }) {
            m in
            let (a, b) = (FixedPoint(m.operands[0], left), FixedPoint(m.operands[1], right))
            found.list = [(a +^ b).format, (a -^ b).format, (a *^ b).format, a.negated.format]
        }
        _ = try elaborate(probe)
        let formats = found.list
        let meaning = try WordMeaning(
            [left.width, right.width], to: formats.map(\.width) + Array(repeating: 1, count: 6)
        ) { _, x in
            let (a, b) = (FixedPoint(x[0], left), FixedPoint(x[1], right))
            return [
                (a +^ b).bits, (a -^ b).bits, (a *^ b).bits, a.negated.bits, a == b, a != b, a < b, a <= b, a > b,
                a >= b,
            ]
        }
        let finer = max(left.fractionBits, right.fractionBits, 0)
        for a in left.numbers {
            for b in right.numbers {
                let (x, y) = (a.value.inUnits(of: finer), b.value.inUnits(of: finer))
                let results = meaning([a.bits, b.bits])
                let numbers = zip(formats, results).map { $0.number($1) }
                let product = Rational(
                    numerator: a.value.numerator * b.value.numerator, scale: left.fractionBits + right.fractionBits)
                let expected = [
                    Rational(numerator: x + y, scale: finer), Rational(numerator: x - y, scale: finer), product,
                    Rational(numerator: -x, scale: finer),
                ]
                #expect(numbers == expected, "\(left) \(a.bits), \(right) \(b.bits)")
                let flags = [x == y, x != y, x < y, x <= y, x > y, x >= y]
                #expect(results.suffix(6).map { $0[0] } == flags, "\(left) \(a.bits), \(right) \(b.bits)")
            }
        }
    }

    /// Lets formats out of a description.
    private final class Formats: @unchecked Sendable { var list: [Format] = [] }

    /// `numerator / 2^dropped` as an integer, by the words of the rule.
    static func rounded(_ numerator: Int, _ dropped: Int, _ rounding: FixedPoint.Rounding) -> Int {
        if dropped <= 0 { return numerator << -dropped }
        let unit = 1 << dropped
        let lower = numerator >= 0 ? numerator / unit : -((-numerator + unit - 1) / unit)
        let rest = numerator - lower * unit
        if rest == 0 { return lower }
        switch rounding {
        case .floor: return lower
        case .towardsZero: return numerator < 0 ? lower + 1 : lower
        case .nearestUp: return 2 * rest >= unit ? lower + 1 : lower
        case .nearestAway:
            if 2 * rest == unit { return numerator < 0 ? lower : lower + 1 }
            return 2 * rest > unit ? lower + 1 : lower
        case .nearestEven:
            if 2 * rest == unit { return lower % 2 == 0 ? lower : lower + 1 }
            return 2 * rest > unit ? lower + 1 : lower
        }
    }

    static let targets: [Format] = [
        .signed(3, 2), .signed(2, 1), .signed(1, 0), .signed(2, 0), .signed(3, -1), .signed(0, 2), .signed(6, 5),
        .unsigned(3, 2), .unsigned(1, 1), .unsigned(1, 0), .unsigned(4, -1), .unsigned(6, 5),
    ]

    @Test(
        "every number is rounded and limited as the rules say", arguments: [.signed(3, 3), .unsigned(3, 3)] + formats,
        FixedPoint.Rounding.allCases)
    func resizing(format: Format, rounding: FixedPoint.Rounding) throws {
        let cases = FixedPointTests.targets.flatMap { target in
            FixedPoint.Overflow.allCases.map { (target: target, overflow: $0) }
        }
        let meaning = try WordMeaning([format.width], to: cases.map(\.target.width)) { _, x in
            cases.map {
                FixedPoint(x[0], format).resized(to: $0.target, rounding: rounding, overflow: $0.overflow).bits
            }
        }
        for number in format.numbers {
            for (found, (target, overflow)) in zip(meaning([number.bits]), cases) {
                let integer = FixedPointTests.rounded(
                    number.value.numerator, format.fractionBits - target.fractionBits, rounding)
                let low = target.isSigned ? -(1 << (target.width - 1)) : 0
                let high = low + 1 << target.width - 1
                let limited = overflow == .saturate ? min(max(integer, low), high) : integer
                #expect(
                    found == BitVector(limited, width: target.width),
                    "\(format) \(number.bits) to \(target), \(rounding), \(overflow)")
            }
        }
    }

    @Test("an extended number is the same number", arguments: formats)
    func extension_(format: Format) throws {
        let wider = Format.signed(format.integerBits + 2, format.fractionBits + 1)
        let meaning = try WordMeaning([format.width], to: [wider.width, 1]) { _, x in
            let number = FixedPoint(x[0], format)
            return [number.extended(to: wider).bits, number.isNegative]
        }
        for number in format.numbers {
            let found = meaning([number.bits])
            #expect(wider.number(found[0]) == number.value, "\(format) \(number.bits)")
            #expect(found[1][0] == (number.value.numerator < 0), "\(format) \(number.bits)")
        }
    }

    @Test("a register of numbers, a wire of numbers and a choice between them")
    func storage() throws {
        let format = Format.signed(2, 2)
        let meaning = try WordMeaning([4, 1], to: [4, 4]) { m, x in
            let register = m.register("held", format, reset: -1.25)
            let wire = m.wire("limited", format, default: 0.5)
            when(x[1]) { wire.drive(FixedPoint(x[0], format)) }
            register.next(mux(x[1], FixedPoint(x[0], format), register))
            return [register.bits, wire.bits]
        }
        #expect(meaning([BitVector(7, width: 4), .zeros(1)]) == [BitVector(-5, width: 4), BitVector(2, width: 4)])
        #expect(meaning([BitVector(7, width: 4), .ones(1)]) == [BitVector(-5, width: 4), BitVector(7, width: 4)])
        meaning.step()
        #expect(meaning([BitVector(3, width: 4), .zeros(1)]) == [BitVector(7, width: 4), BitVector(2, width: 4)])
    }
}
