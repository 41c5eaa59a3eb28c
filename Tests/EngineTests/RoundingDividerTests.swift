import Engine
import HDL
import Randomness
import Simulation
import Testing
import Verification

/// Law: `quotientBits + 1` cycles after a start the quotients are n / d rounded to the nearest, halves away from zero;
/// they stay until the next start that finds the divider ready.
@Suite struct RoundingDividerTests {
    @Test(arguments: [(21, 13, 8, 4), (2, 1, 1, 1), (9, 9, 9, 64), (12, 24, 5, 3), (32, 1, 32, 2), (32, 24, 32, 2)])
    func agreesWithItsTwin(dividendWidth: Int, divisorWidth: Int, quotientBits: Int, lanes: Int) throws {
        try expectAgreement(
            RoundingDividerPair.self,
            divider(
                dividendWidth: dividendWidth, divisorWidth: divisorWidth, quotientBits: quotientBits, lanes: lanes))
    }

    /// Every dividend of 6 bits by every divisor of 4.
    @Test func roundsEveryQuotientOfSmallNumbers() throws {
        let parameters = divider(dividendWidth: 6, divisorWidth: 4, quotientBits: 6, lanes: 64)
        let bench = try Bench(RoundingDividerPair.self, parameters)
        for divisor in 1...15 { try expectQuotients(bench, parameters, Array(-32...31), by: divisor, "") }
    }

    /// Means of 8-bit codes of up to 4096 pixels: random ones, halves and their neighbours, extremes.
    @Test func roundsMeansOfLargeWindows() throws {
        let parameters = divider(dividendWidth: 21, divisorWidth: 13, quotientBits: 8, lanes: 7)
        let bench = try Bench(RoundingDividerPair.self, parameters)
        let seed: UInt64 = 24
        var random = KeyedStream(seed: seed, stream: 5)
        for number in 0..<300 {
            let divisor = number < 8 ? [1, 2, 3, 4, 5, 255, 4095, 4096][number] : 1 + random.nextIndex(below: 4096)
            let largest = 255 * divisor
            let half = random.nextIndex(below: 254) * divisor + divisor / 2
            let dividends =
                [0, largest, -largest, half, -half, half + 1].map { min($0, largest) }
                + [random.nextIndex(below: UInt32(2 * largest + 1)) - largest]
            try expectQuotients(bench, parameters, dividends, by: divisor, "seed \(seed), division \(number)")
        }
    }

    @Test func ignoresStartsAndNumbersWhileItDivides() throws {
        let parameters = divider(dividendWidth: 8, divisorWidth: 4, quotientBits: 8, lanes: 1)
        let bench = try Bench(RoundingDividerPair.self, parameters)
        #expect(try bench.get("ready") == 1 && bench.get("done") == 0 && bench.get("quotients_0") == 0)
        try start(bench, [-75], by: 10, parameters)
        // The cycle of `done` starts the next division, so starts that are always on come every `cycles`.
        for (quotient, dividend, divisor) in [(-8, 100, 8), (13, -12, 8)] {
            for cycle in 1..<parameters.cycles {
                #expect(try bench.get("ready") == 0 && bench.get("done") == 0, "cycle \(cycle)")
                #expect(try bench.get("quotients_0") == 0, "cycle \(cycle)")
                try start(bench, [cycle], by: 1, parameters)
            }
            #expect(try bench.get("ready") == 1 && bench.get("done") == 1)
            #expect(try bench.get("quotients_0") == pattern(quotient, bits: 9))
            try start(bench, [dividend], by: divisor, parameters)
        }
        try bench.set("start", 0)
        for _ in 1..<parameters.cycles { try bench.step() }
        #expect(try bench.get("done") == 1)
        for _ in 0..<3 {
            #expect(try bench.get("quotients_0") == pattern(-2, bits: 9))
            try bench.step()
            #expect(try bench.get("done") == 0)
        }
    }

    @Test func saysWhenANumberIsNotAllowed() throws {
        let parameters = divider(dividendWidth: 8, divisorWidth: 4, quotientBits: 3, lanes: 2)
        func failures(_ dividend: Int, by divisor: Int) throws -> [String] {
            let simulator = try Simulator(elaborate(parameters))
            simulator.set("start", 1)
            simulator.set("dividends_1", dividend)
            simulator.set("divisor", divisor)
            simulator.step()
            return simulator.failures.map(\.name)
        }
        #expect(try failures(29, by: 4) == [])
        #expect(try failures(30, by: 4) == ["quotients_fit"])
        #expect(try failures(0, by: 0) == ["divisor_is_positive", "quotients_fit"])
    }

    @Test func rejectsMoreQuotientBitsThanADividendHas() {
        #expect(
            throws: ParameterError.inconsistent(
                name: "quotient-bits", value: 10, reason: "allowed 1 to dividend-width (9)")
        ) { try divider(dividendWidth: 9, divisorWidth: 4, quotientBits: 10, lanes: 1).validate() }
        #expect(throws: ParameterError.outOfRange(name: "lanes", value: 65, allowed: 1...64)) {
            try divider(dividendWidth: 9, divisorWidth: 4, quotientBits: 9, lanes: 65).validate()
        }
    }

    private func divider(
        dividendWidth: Int, divisorWidth: Int, quotientBits: Int, lanes: Int
    ) -> Engine.RoundingDivider {
        with {
            $0.dividendWidth = dividendWidth
            $0.divisorWidth = divisorWidth
            $0.quotientBits = quotientBits
            $0.lanes = lanes
        }
    }

    /// Sets the numbers and a start, and clocks.
    private func start(
        _ bench: Bench, _ dividends: [Int], by divisor: Int, _ parameters: Engine.RoundingDivider
    ) throws {
        try bench.set("start", 1)
        for (lane, dividend) in dividends.enumerated() {
            try bench.set("dividends_\(lane)", pattern(dividend, bits: parameters.dividendWidth))
        }
        try bench.set("divisor", UInt64(divisor))
        try bench.step()
    }

    private func expectQuotients(
        _ bench: Bench, _ parameters: Engine.RoundingDivider, _ dividends: [Int], by divisor: Int, _ place: String
    ) throws {
        try start(bench, dividends, by: divisor, parameters)
        try bench.set("start", 0)
        for _ in 1..<parameters.cycles {
            #expect(try bench.get("done") == 0)
            try bench.step()
        }
        #expect(try bench.get("done") == 1)
        for (lane, dividend) in dividends.enumerated() {
            // The multiple of the divisor at a distance of half a divisor at most, the one farther from zero of two.
            var quotient = 0
            while 2 * (abs(dividend) - quotient * divisor) >= divisor { quotient += 1 }
            let expected = pattern(dividend < 0 ? -quotient : quotient, bits: parameters.quotientBits + 1)
            #expect(try bench.get("quotients_\(lane)") == expected, "\(dividend) / \(divisor) \(place)")
        }
    }

    private func pattern(_ number: Int, bits: Int) -> UInt64 { UInt64(number & (1 << bits - 1)) }
}
