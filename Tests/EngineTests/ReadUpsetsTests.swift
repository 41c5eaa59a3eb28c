import Golden
import Randomness
import Testing

/// Law: whatever is asked and in which order, the wrong bits are those of the source; what is remembered of quiet
/// stretches changes none.
@Suite struct ReadUpsetsTests {
    private static let (rows, columns) = (5, 70)

    /// Rows and images in runs, backwards, and at random, over the ends of blocks.
    private func queries(_ random: inout KeyedStream) -> [(image: Int, row: Int)] {
        var queries = (4050..<4150).flatMap { image in (0..<Self.rows).map { (image, $0) } }
        queries += queries.reversed()
        for _ in 0..<3000 {
            queries.append((Int(random.nextUInt64() % 9000), Int(random.nextUInt64() % UInt64(Self.rows))))
        }
        return queries
    }

    @Test(arguments: [0, 1e-4, 0.01, 0.5], [1, 2] as [UInt64])
    func oneRate(rate: Double, seed: UInt64) throws {
        var random = KeyedStream(seed: seed, stream: 3)
        let source = try UpsetSource(
            seed: seed, stream: 1, rows: Self.rows, columns: Self.columns, probability: rate)
        var upsets = ReadUpsets.uniform(source)
        for (image, row) in queries(&random) {
            let found = upsets.upsets(image: image, row: row, stored: .none)
            let columns = (0..<Self.columns).filter { found.contains($0) }
            #expect(columns == source.events(image: image, row: row), "seed \(seed), image \(image), row \(row)")
        }
    }

    @Test(arguments: [false, true], [1, 2] as [UInt64])
    func ratesOfCells(hasBrokenCell: Bool, seed: UInt64) throws {
        var random = KeyedStream(seed: seed, stream: 3)
        let probabilities = (0..<Self.rows).map { row in
            var whenZero = (0..<Self.columns).map { 1e-4 * Double($0 * row) }
            if hasBrokenCell { whenZero[3] = 1 }
            let whenOne = Array(repeating: row == 0 ? 0 : 2e-4, count: Self.columns)
            return CellChance.RowProbabilities(whenZero: whenZero, whenOne: whenOne)
        }
        let original = try CellChance(seed: seed, stream: 1, columns: Self.columns, rows: probabilities)
        var upsets = ReadUpsets.cells(original)
        for (image, row) in queries(&random) {
            let stored = BitRow(random.nextUInt64(), random.nextUInt64() & 63, 0, 0, 0, 0, 0, 0)
            var alone = original
            #expect(
                upsets.upsets(image: image, row: row, stored: stored)
                    == alone.errors(operation: image, row: row, states: stored),
                "seed \(seed), image \(image), row \(row)")
        }
    }
}
