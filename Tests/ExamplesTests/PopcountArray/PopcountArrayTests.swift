import BitVectors
import Examples
import HDL
import Simulation
import Testing

/// Law: each column's sum is the number of ones of all its enabled rows since it was cleared, modulo the accumulator,
/// in every style and shape alike.
@Suite("Popcount array")
struct PopcountArrayTests {
    @Test("equals a count in Swift", arguments: PopcountArray.Style.allCases, PopcountArray.Shape.allCases)
    func counts(_ style: PopcountArray.Style, _ shape: PopcountArray.Shape) throws {
        for (lanes, columns, width) in [
            (256, 3, 24), (1, 2, 3), (2, 1, 2), (3, 2, 4), (7, 2, 5), (37, 2, 7), (100, 1, 8),
        ] {
            let module = PopcountArray(style, shape, lanes: lanes, columns: columns, accumulatorWidth: width)
            let simulator = try Simulator(elaborate(module))
            var random = SplitMix(UInt64(lanes))
            var sums = [Int](repeating: 0, count: columns)
            func bits() -> [Bool] {
                let isFull = random.once(in: 4)
                return (0..<lanes).map { _ in isFull || .random(using: &random) }
            }
            for _ in 0..<100 {
                let activation = bits()
                let clear = random.once(in: 20)
                let enable = !random.once(in: 3)
                simulator.set("activation", BitVector(bits: activation))
                simulator.set("clear", clear ? 1 : 0)
                simulator.set("enable", enable ? 1 : 0)
                for column in 0..<columns {
                    let weight = bits()
                    simulator.set("weight_\(column)", BitVector(bits: weight))
                    let ones = zip(activation, weight).count { $0 && $1 }
                    if enable { sums[column] += ones }
                    if clear { sums[column] = 0 }
                    sums[column] %= 1 << width
                }
                simulator.step()
                let got = (0..<columns).map { simulator.get("sum_\($0)").intValue }
                try #require(got == sums, "\(lanes) lanes, \(columns) columns, \(width) bits")
            }
        }
    }
}
