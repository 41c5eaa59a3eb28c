import Golden
import Randomness
import Testing

/// Law: each cell errs in each state with its own probability, whatever else is asked.
@Suite struct CellChanceTests {
    private func chance(_ zero: [Double], _ one: [Double], seed: UInt64 = 3) throws -> CellChance {
        try CellChance(
            seed: seed, stream: 9, columns: zero.count, rows: [.init(whenZero: zero, whenOne: one)])
    }

    @Test func cellsOfADieThatAlwaysErrDoSo() throws {
        var chance = try chance([0, 1, 0, 1], [0, 0, 1, 1])
        for operation in [0, 5, 4096, 70_000] {
            #expect(chance.errors(operation: operation, row: 0, states: BitRow(0, 0, 0, 0, 0, 0, 0, 0))[0] == 0b1010)
            #expect(
                chance.errors(operation: operation, row: 0, states: BitRow(0b1111, 0, 0, 0, 0, 0, 0, 0))[0] == 0b1100)
        }
    }

    /// 40 cells in both states, probabilities over the whole range: counts are binomial.
    @Test(arguments: [1, 2, 3] as [UInt64]) func probabilitiesAreMet(seed: UInt64) throws {
        let columns = 40
        let zero = (0..<columns).map { Double($0) / Double(columns - 1) }
        let one = zero.map { ($0 * $0) * 0.9 }
        var chance = try chance(zero, one, seed: seed)
        let operations = 40_000
        for (states, probabilities) in [(BitRow.none, zero), (BitRow.allOnes(columns: columns), one)] {
            var counts = [Int](repeating: 0, count: columns)
            for operation in 0..<operations {
                let errors = chance.errors(operation: operation, row: 0, states: states)
                for column in 0..<columns where errors.contains(column) { counts[column] += 1 }
            }
            for column in 0..<columns {
                let p = probabilities[column]
                let mean = p * Double(operations)
                let deviation = abs(Double(counts[column]) - mean)
                // Five standard deviations: 240 comparisons with fixed seeds.
                #expect(deviation <= 5 * (mean * (1 - p)).squareRoot() + 1e-9, "seed \(seed), column \(column)")
            }
        }
    }

    @Test func skippedRowsAndOrderChangeNothing() throws {
        let original = try chance([Double](repeating: 0.01, count: 64), [Double](repeating: 0.3, count: 64))
        var forward = original
        let states = BitRow(0xF0F0_F0F0_F0F0_F0F0, 0, 0, 0, 0, 0, 0, 0)
        let all = (0..<5000).map { forward.errors(operation: $0, row: 0, states: states) }
        var sparse = original
        for operation in stride(from: 4999, through: 0, by: -13) {
            #expect(sparse.errors(operation: operation, row: 0, states: states) == all[operation])
        }
    }

    @Test func writesThatChangeNothingCannotFail() throws {
        var chance = try chance([Double](repeating: 1, count: 8), [Double](repeating: 0, count: 8))
        func row(_ bits: UInt64) -> BitRow { BitRow(bits, 0, 0, 0, 0, 0, 0, 0) }
        // Every change to zero fails, none to one.
        #expect(chance.failures(write: 0, row: 0, from: row(0b1100), to: row(0b1010)) == row(0b0100))
        #expect(chance.failures(write: 1, row: 0, from: row(0b1010), to: row(0b1010)) == .none)
    }

    @Test func probabilitiesOutOfRangeAreNamed() {
        #expect(throws: RandomnessError.probability(1.5)) { try chance([0, 1.5], [0, 0]) }
    }
}
