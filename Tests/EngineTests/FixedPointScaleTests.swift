import Engine
import Golden
import Randomness
import Testing
import Verification

/// Law: scaled = round(value × multiplier × 2^(shift − 31)), once with halves upwards, or before a shift to the right with
/// halves upwards and behind it with halves away from zero; one value a cycle, each after `latency` cycles.
@Suite struct FixedPointScaleTests {
    @Test(arguments: [32, 29, 9, 2])
    func agreesWithItsTwin(valueWidth: Int) throws {
        try expectAgreement(FixedPointScalePair.self, with { $0.valueWidth = valueWidth })
    }

    private struct Case {
        var value: Int
        var multiplier: Int
        var shift: Int
        var twice: Bool

        var expected: Int? {
            PostProcessingReference.scaled(value, by: multiplier, shift: shift, twice: twice)
        }
    }

    private static let multipliers = [0, 1 << 30, 1 << 30 + 1, 3 << 29, Int(Int32.max) - 1, Int(Int32.max)]

    /// Ends of the range, and what lies around powers of two, for every shift.
    private var corners: [Case] {
        var values: Set<Int> = [0, Int(Int32.min), Int(Int32.max)]
        for bit in stride(from: 0, through: 30, by: 5) {
            for number in [1 << bit, 1 << bit + 1, (3 << bit) / 2] where number <= Int(Int32.max) {
                values.formUnion([number, -number, number - 1, 1 - number])
            }
        }
        var cases: [Case] = []
        for value in values.sorted() {
            for multiplier in Self.multipliers {
                for shift in -31...30 {
                    for twice in [false, true] {
                        cases.append(Case(value: value, multiplier: multiplier, shift: shift, twice: twice))
                    }
                }
            }
        }
        return cases.filter { $0.expected != nil }
    }

    private func randomCases(_ count: Int, seed: UInt64) -> [Case] {
        var random = KeyedStream(seed: seed, stream: 31)
        var cases: [Case] = []
        while cases.count < count {
            // Any order of magnitude, with any number of zeros at the end: those give the halves.
            let bits = Int(Int32(bitPattern: random.nextUInt32()) >> Int32(random.nextIndex(below: 32)))
            let next = Case(
                value: bits & -1 << random.nextIndex(below: 32),
                multiplier: random.nextIndex(below: 2) == 0
                    ? Self.multipliers[random.nextIndex(below: 6)] : 1 << 30 + random.nextIndex(below: 1 << 30),
                shift: random.nextIndex(below: 62) - 31, twice: random.nextIndex(below: 2) == 1)
            if next.expected != nil { cases.append(next) }
        }
        return cases
    }

    @Test func scalesByTheDefinition() throws {
        let seed = UInt64.random(in: 0 ... .max)
        let cases = corners + randomCases(50_000, seed: seed)
        var pauses = KeyedStream(seed: seed, stream: 32)
        let bench = try Bench(FixedPointScalePair.self, Engine.FixedPointScale())
        var underWay = [Case?](repeating: nil, count: Engine.FixedPointScale.latency)
        var next = 0
        while next < cases.count || underWay.contains(where: { $0 != nil }) {
            let isPause = next == cases.count || pauses.nextIndex(below: 8) == 0
            let given = isPause ? nil : cases[next]
            if !isPause { next += 1 }
            try bench.set("valid", given == nil ? 0 : 1)
            if let given {
                try bench.set("value", portBits(given.value, width: 32))
                try bench.set("multiplier", UInt64(given.multiplier))
                try bench.set("shift", portBits(given.shift, width: 6))
                try bench.set("twice", given.twice ? 1 : 0)
            }
            underWay.append(given)
            let leaving = underWay.removeFirst()
            #expect(try bench.get("scaled_valid") == (leaving == nil ? 0 : 1), "seed \(seed), value \(next)")
            if let leaving, let expected = leaving.expected {
                let scaled = try bench.get("scaled")
                #expect(scaled == portBits(expected, width: 32), "seed \(seed), \(leaving), expected \(expected)")
            }
            try bench.step()
        }
    }

    @Test func keepsTheLastResultWhileNoneIsValid() throws {
        let bench = try Bench(FixedPointScalePair.self, Engine.FixedPointScale())
        try bench.set("valid", 1)
        try bench.set("value", 12)
        try bench.set("multiplier", 1 << 30)
        try bench.set("shift", 0)
        try bench.step()
        try bench.set("valid", 0)
        try bench.set("value", 99)
        for _ in 1..<Engine.FixedPointScale.latency { try bench.step() }
        #expect(try bench.get("scaled_valid") == 1)
        #expect(try bench.get("scaled") == 6)
        try bench.step()
        #expect(try bench.get("scaled_valid") == 0)
        #expect(try bench.get("scaled") == 6)
    }

    @Test func rejectsAValueWithoutASignAndOneThatIsTooWide() {
        for width in [1, 33] {
            #expect(throws: ParameterError.outOfRange(name: "value-width", value: width, allowed: 2...32)) {
                try Engine.FixedPointScale(valueWidth: width).validate()
            }
        }
    }

    @Test func hasTheLatencyOfItsTwin() {
        #expect(Engine.FixedPointScale.latency == Golden.FixedPointScale.latency)
    }
}
