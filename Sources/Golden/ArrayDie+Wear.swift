import Foundation
import Sensing
import Spintronics

extension ArrayDie {
    /// The chance of each cell to lose its bit by one read: the read current, over the cell's own critical one, for the
    /// time that the amplifier needs, by the table; nil when nothing wears.
    ///
    /// Of a complementary pair the junction counts that the read current can turn. Throws `DeviceError` and
    /// `SensingError` for cells outside their models, and `RandomnessError`.
    public func disturbs(rows: Int, columns: Int, seed: UInt64) throws -> CellChance? {
        guard let wear else { return nil }
        // A stored one is the parallel state: the current that leaves it disturbs ones.
        let disturbsOnes = wear.readDirection == .parallelToAntiparallel
        func disturb(_ row: Int, _ column: Int, storing bit: Bool) throws -> Double {
            let isPair = arrangement == .complementary
            // Of a pair always one junction is in the state that the current leaves.
            guard isPair || bit == disturbsOnes else { return 0 }
            let place = isPair ? 2 * column + (bit == disturbsOnes ? 0 : 1) : column
            let cell = cells.junction(row: row, column: place)
            guard let critical = cell.criticalCurrentAmperes else { return 0 }
            let read = try amplifier.read(try branches(row: row, column: column, storing: bit))
            return try wear.table.switching(
                overdrive: read.peakAmperes / critical * cell.torqueShare(cosine: disturbsOnes ? 1 : -1),
                time: read.durationSeconds * cell.layer.relaxationPerSecond,
                thermalStability: cell.layer.thermalStability
            ).probability
        }
        return try chance(rows: rows, columns: columns, seed: seed, stream: Self.disturbStream, disturb)
    }

    /// The chance of each cell to have lost its bit before the first read, operation 0; nil when nothing wears.
    ///
    /// ½ (1 − exp(−2 r t)) with Brown's rate r, which is within 4 % of the exact one at the barriers of memories. Of a
    /// complementary pair either junction may go; the chance is that of the weaker one.
    public func losses(rows: Int, columns: Int, seed: UInt64) throws -> CellChance? {
        guard let wear else { return nil }
        func lost(_ row: Int, _ column: Int) -> Double {
            let layer = cells.junction(row: row, column: column).layer
            let rate = ClosedForm.activationRate(overdrive: 0, thermalStability: layer.thermalStability)
            return -0.5 * expm1(-2 * rate * layer.relaxationPerSecond * wear.storageSeconds)
        }
        return try chance(rows: rows, columns: columns, seed: seed, stream: Self.storageStream) { row, column, _ in
            arrangement == .complementary
                ? max(lost(row, 2 * column), lost(row, 2 * column + 1)) : lost(row, column)
        }
    }

    private func chance(
        rows: Int, columns: Int, seed: UInt64, stream: UInt32, _ probability: (Int, Int, Bool) throws -> Double
    ) throws -> CellChance {
        let probabilities = try (0..<rows).map { row in
            CellChance.RowProbabilities(
                whenZero: try (0..<columns).map { try probability(row, $0, false) },
                whenOne: try (0..<columns).map { try probability(row, $0, true) })
        }
        return try CellChance(seed: seed, stream: stream, columns: columns, rows: probabilities)
    }
}
