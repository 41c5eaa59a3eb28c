import BitVectors
import HDL
import Testing

/// Laws: a constant is exactly the number that was written, or it is an error; with a rounding it is the neighbour that
/// the rule says.
@Suite("Fixed point constants")
struct FixedPointConstantTests {
    typealias Format = FixedPoint.Format

    @Test("every number of a format is a constant of it", arguments: FixedPointTests.formats)
    func representable(format: Format) throws {
        // Built from halves and doubles by hand, not by the exponent.
        @Sendable func double(_ value: Rational) -> Double {
            var result = Double(value.numerator)
            for _ in 0..<abs(value.scale) { result = value.scale > 0 ? result / 2 : result * 2 }
            return result
        }
        let numbers = format.numbers
        let meaning = try WordMeaning([1], to: numbers.map { _ in format.width }) { m, _ in
            numbers.map { m.constant(double($0.value), format).bits }
        }
        #expect(meaning([.zeros(1)]) == numbers.map(\.bits))
    }

    @Test("numbers between two neighbours, of every rounding", arguments: FixedPoint.Rounding.allCases)
    func rounding(_ rounding: FixedPoint.Rounding) throws {
        // Sixteenths as constants with two fraction bits.
        let numerators = Array(-30...26)
        let meaning = try WordMeaning([1], to: numerators.map { _ in 4 }) { m, _ in
            numerators.map { m.constant(Double($0) / 16, .signed(2, 2), rounding: rounding).bits }
        }
        let expected = numerators.map { BitVector(FixedPointTests.rounded($0, 2, rounding), width: 4) }
        #expect(meaning([.zeros(1)]) == expected)
    }

    @Test("wide constants keep all digits of a Double")
    func wide() throws {
        let meaning = try WordMeaning([1], to: [160, 160, 100]) { m, _ in
            [
                m.constant(0x1.fffffffffffffp60, .signed(80, 80)).bits, m.constant(-0x1.8p-80, .signed(79, 81)).bits,
                m.constant(0x1p99, .unsigned(100, 0)).bits,
            ]
        }
        let ones = BitVector.ones(53).zeroExtended(to: 160) << (60 - 52 + 80)
        #expect(meaning([.zeros(1)]) == [ones, BitVector(-3, width: 160), BitVector(1, width: 100) << 99])
    }

    static let notAll = "which does not hold all its numbers; resize it"

    static let findings: [FindingCase] = [
        FindingCase("0.1 is no multiple of 2^-8; take more fraction bits or a rounding") { m in
            _ = m.constant(0.1, .signed(2, 8))
        },
        FindingCase("2.0 is not in signed 2.2, -2.0 to 1.75") { m in
            _ = m.constant(2, .signed(2, 2))
        },
        FindingCase("1.9 is not in signed 2.2, -2.0 to 1.75") { m in
            _ = m.constant(1.9, .signed(2, 2), rounding: .nearestEven)
        },
        FindingCase("-0.25 is not in unsigned 2.2, 0.0 to 3.75") { m in
            _ = m.constant(-0.25, .unsigned(2, 2))
        },
        FindingCase("nan as signed 2.2") { m in
            _ = m.constant(.nan, .signed(2, 2))
        },
        FindingCase("a number of signed 2.-2, which has 0 bits") { m in
            _ = m.constant(0, .signed(2, -2))
        },
        FindingCase("0.3 is no multiple of 2^-7; take more fraction bits or a rounding") { m in
            _ = FixedPoint(m.a, .signed(1, 7)).constant(0.3)
        },
        FindingCase("reset value of 'r': 0.125 is no multiple of 2^-2; take more fraction bits or a rounding") { m in
            _ = m.register("r", .signed(2, 2), reset: 0.125)
        },
        FindingCase("8 bits as signed 2.2, which has 4") { m in
            _ = FixedPoint(m.a, .signed(2, 2)).named("x")
        },
        FindingCase([(2, "'r' is signed 2.6, its value signed 3.5; resize it")]) { m in
            let r = m.register("r", .signed(2, 6))
            r.next(FixedPoint(m.a, .signed(3, 5)))
        },
        FindingCase("'mux' of signed 2.6 and unsigned 2.6; resize one of them") { m in
            _ = mux(m.c, FixedPoint(m.a, .signed(2, 6)), FixedPoint(m.b, .unsigned(2, 6))).named("x")
        },
        FindingCase("extension of signed 2.6 to signed 9.5, \(notAll)") { m in
            _ = FixedPoint(m.a, .signed(2, 6)).extended(to: .signed(9, 5)).named("x")
        },
        FindingCase("extension of unsigned 2.6 to signed 2.6, \(notAll)") { m in
            _ = FixedPoint(m.a, .unsigned(2, 6)).extended(to: .signed(2, 6)).named("x")
        },
        FindingCase([(2, "a number of signed 3.-3, which has 0 bits")]) { m in
            let a = FixedPoint(m.a, .signed(2, 6))
            _ = a.resized(integerBits: 3, fractionBits: -3, rounding: .floor, overflow: .wrap).named("x")
        },
    ]

    @Test("numbers that a format does not have", arguments: findings)
    func constantsFound(_ finding: FindingCase) { finding.check(file: #fileID) }
}
