import Engine
import Golden
import Randomness
import Testing
import Verification

/// Law: a sum is bias + Σ ±2^(n+m) popcount(row & plane) over a filter's rows, at the nearest number that its bits hold.
@Suite struct PixelAccumulateTests {
    @Test(arguments: [
        (64, 4, 8, 7, 4, 4, 32), (20, 2, 5, 3, 8, 2, 14), (1, 1, 1, 1, 1, 1, 8), (300, 3, 8, 2, 16, 4, 24),
    ])
    func agreesWithItsTwin(
        columns: Int, lanes: Int, bits: Int, planes: Int, pixels: Int, pixelLanes: Int, width: Int
    ) throws {
        try expectAgreement(
            PixelAccumulatePair.self,
            with {
                $0.columns = columns
                $0.planeLanes = lanes
                $0.activationBits = bits
                $0.planes = planes
                $0.pixels = pixels
                $0.pixelLanes = pixelLanes
                $0.accumulatorWidth = width
            })
    }

    /// The law on the RTL with integers bit by bit; a narrow accumulator saturates and says so.
    @Test(arguments: [32, 22]) func addsWeighedCountsOfOnes(width: Int) throws {
        let parameters: Engine.PixelAccumulate = with { $0.accumulatorWidth = width }
        let bench = try Bench(PixelAccumulatePair.self, parameters)
        var random = KeyedStream(seed: 12, stream: 4)
        let largest = 1 << (width - 1) - 1
        var overflows = false
        for filter in 0..<60 {
            let bias = random.nextIndex(below: 1 << 22) - 1 << 21
            var sums = [Int](repeating: min(max(bias, -largest - 1), largest), count: parameters.pixelLanes)
            if sums[0] != bias { overflows = true }
            let rows = 1 + random.nextIndex(below: 12)
            for number in 0..<rows {
                let (row, plane, group) = (
                    random.nextUInt64(), random.nextIndex(below: 7), random.nextIndex(below: 2)
                )
                let isNegative = random.nextUInt32() & 1 == 1
                try bench.set("row", row)
                for lane in 0..<parameters.pixelLanes {
                    var term = 0
                    for m in 0..<parameters.planeLanes {
                        let bits = random.nextUInt64() | random.nextUInt64()
                        try bench.set("activations_\(lane * parameters.planeLanes + m)", bits)
                        for column in 0..<64 where row >> UInt64(column) & bits >> UInt64(column) & 1 == 1 {
                            term += 1 << (plane + m + group * parameters.planeLanes)
                        }
                    }
                    let exact = sums[lane] + (isNegative ? -term : term)
                    sums[lane] = min(max(exact, -largest - 1), largest)
                    if sums[lane] != exact { overflows = true }
                }
                for (port, value) in [
                    ("valid", 1), ("negative", isNegative ? 1 : 0), ("plane", plane), ("plane_group", group),
                    ("first", number == 0 ? 1 : 0), ("last", number == rows - 1 ? 1 : 0),
                    ("bias", bias & 0xFFFF_FFFF), ("used", 15),
                ] {
                    try bench.set(port, UInt64(value))
                }
                try bench.step()
            }
            try bench.set("valid", 0)
            try bench.step()
            #expect(try bench.get("done") == 1, "filter \(filter)")
            for lane in 0..<parameters.pixelLanes {
                #expect(
                    try bench.get("sums_\(lane)") == UInt64(sums[lane] & (1 << width - 1)),
                    "filter \(filter), lane \(lane)")
            }
            #expect(try bench.get("saturated") == (overflows ? 1 : 0), "filter \(filter)")
        }
        #expect(overflows == (width < 32), "the narrow accumulator is left, the wide one is not")
    }

    @Test func refusesAnAccumulatorThatASingleRowOverflows() {
        var parameters = Engine.PixelAccumulate()
        parameters.accumulatorWidth = 22
        #expect(throws: Never.self) { try parameters.validate() }
        parameters.accumulatorWidth = 21
        #expect(throws: ParameterError.self) { try parameters.validate() }
    }
}
