import CoSim
import Golden
import Randomness

/// Senses a second of a golden sub-array with its amplifiers, with and without upsets.
struct SubArrayBenchmark {
    private static let rows = 256
    private static let columns = 64
    private static let images = 4096
    private static let rate = 1e-4
    /// Walks of each kind in a round, in turns.
    private static let walks = 25

    private var clean: [Double] = []
    private var uniform: [Double] = []
    private var cells: [Double] = []

    /// A walk takes some hundredths of a second, so that a disturbance hits one of many.
    mutating func round() throws {
        let one = ReadUpsets.uniform(
            try UpsetSource(seed: 1, stream: 1, rows: Self.rows, columns: Self.columns, probability: Self.rate))
        let row = CellChance.RowProbabilities(
            whenZero: (0..<Self.columns).map { Self.rate * Double($0 + 1) / Double(Self.columns) },
            whenOne: [Double](repeating: Self.rate, count: Self.columns))
        let each = ReadUpsets.cells(
            try CellChance(seed: 1, stream: 1, columns: Self.columns, rows: Array(repeating: row, count: Self.rows)))
        for _ in 0..<Self.walks {
            clean.append(nanosecondsPerSense(.none))
            uniform.append(nanosecondsPerSense(one))
            cells.append(nanosecondsPerSense(each))
        }
    }

    /// Walks all rows for every image, three cycles a sense, as the engine's banks do.
    private func nanosecondsPerSense(_ source: ReadUpsets) -> Double {
        var source = source
        var bank = Bank(rows: Self.rows, columns: Self.columns, phases: SensePhases())
        var random = KeyedStream(seed: 3, stream: 3)
        let stored = (0..<Self.rows).map { _ in BitRow(random.nextUInt64(), 0, 0, 0, 0, 0, 0, 0) }
        for (row, bits) in stored.enumerated() { bank.store(bits, at: row, failing: .none) }
        var ones = 0
        let start = threadSeconds()
        for image in 0..<Self.images {
            for row in 0..<Self.rows {
                bank.clock(start: true, address: row, upset: .none, reset: false)
                bank.clock(start: false, address: 0, upset: .none, reset: false)
                bank.clock(start: false, address: 0, upset: .none, reset: false)
                let upset = source.upsets(image: image, row: row, stored: stored[row])
                bank.clock(start: false, address: 0, upset: upset, reset: false)
                ones &+= bank.amplifiers.row.onesCount
            }
        }
        let seconds = threadSeconds() - start
        // The rows are looked at, so that no part of the work can be left out.
        precondition(ones > 0, "the rows hold ones")
        return seconds * 1e9 / Double(Self.images * Self.rows)
    }

    var benches: [Bench] {
        [("of one rate", uniform), ("of each cell's own rate", cells)].map { name, times in
            Bench(
                "golden sub-array, upsets \(name)", ours: times, reference: clean, "without upsets", unit: "ns/sense",
                bar: .atMost(1.1)
            ) { $0 / $1 }
        }
    }
}
