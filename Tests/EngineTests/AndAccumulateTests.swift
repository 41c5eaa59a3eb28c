import Engine
import Golden
import Randomness
import Testing
import Verification

/// Law: a sum is Σ ±2^(n+m) popcount(row & plane) over the image's rows, ± by the row's sign, in two's complement.
@Suite struct AndAccumulateTests {
    @Test(arguments: [(64, 4, 4, 3, 10, 20), (1, 1, 1, 1, 1, 4), (300, 2, 5, 7, 3, 40), (65, 3, 8, 1, 17, 64)])
    func agreesWithItsTwin(
        columns: Int, lanes: Int, bits: Int, planes: Int, filters: Int, width: Int
    ) throws {
        try expectAgreement(
            AndAccumulatePair.self,
            with {
                $0.columns = columns
                $0.planeLanes = lanes
                $0.activationBits = bits
                $0.planes = planes
                $0.filters = filters
                $0.accumulatorWidth = width
            })
    }

    /// The law on the RTL with integers bit by bit.
    @Test func addsWeighedCountsOfOnes() throws {
        let parameters = Engine.AndAccumulate()
        let bench = try Bench(AndAccumulatePair.self, parameters)
        var random = KeyedStream(seed: 11, stream: 3)
        for image in 0..<20 {
            var sums = [Int](repeating: 0, count: parameters.filters)
            let rows = 1 + random.nextIndex(below: 40)
            for number in 0..<rows {
                let row = random.nextUInt64()
                let planes = (0..<parameters.planeLanes).map { _ in random.nextUInt64() }
                let filter = random.nextIndex(below: UInt32(parameters.filters))
                let plane = random.nextIndex(below: UInt32(parameters.planes))
                let isNegative = random.nextUInt32() & 1 == 1
                for column in 0..<64 where row >> UInt64(column) & 1 == 1 {
                    for (m, bits) in planes.enumerated() where bits >> UInt64(column) & 1 == 1 {
                        sums[filter] += (isNegative ? -1 : 1) * (1 << (plane + m))
                    }
                }
                try bench.set("valid", 1)
                try bench.set("row", row)
                for (m, bits) in planes.enumerated() { try bench.set("lanes_\(m)", bits) }
                try bench.set("filter", UInt64(filter))
                try bench.set("plane", UInt64(plane))
                try bench.set("negative", isNegative ? 1 : 0)
                try bench.set("first", number == 0 ? 1 : 0)
                try bench.set("last", number == rows - 1 ? 1 : 0)
                try bench.step()
            }
            try bench.set("valid", 0)
            try bench.step()
            #expect(try bench.get("done") == 1, "image \(image)")
            let mask = (1 << parameters.accumulatorWidth) - 1
            for (filter, sum) in sums.enumerated() {
                #expect(try bench.get("sums_\(filter)") == UInt64(sum & mask), "image \(image), filter \(filter)")
            }
        }
    }

    @Test func rejectsAnAccumulatorThatASingleRowOverflows() {
        var parameters = Engine.AndAccumulate()
        parameters.accumulatorWidth = 13
        #expect(
            throws: ParameterError.inconsistent(
                name: "accumulator-width", value: 13, reason: "a single row needs 14 bits")
        ) { try parameters.validate() }
    }
}
