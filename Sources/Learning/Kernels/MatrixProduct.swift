/// Products of matrices of single-precision numbers.
///
/// Law: C[i][j] = Σ_k A[i][k] · B[k][j], each sum taken in the order of k from zero, a product and an addition each rounded:
/// no fused products, so that a run gives the same bits on every CPU. Sums of whole numbers below 2^24 are exact.
enum MatrixProduct {
    /// A matrix that may be read along either side: element (i, k) lies at `start + i × row + k × step`.
    struct Left {
        var start: UnsafePointer<Float>
        var row: Int
        var step: Int
    }

    /// The product of `rows` × `depth` and `depth` × `columns` numbers.
    ///
    /// - Parameters:
    ///   - right: rows of `rightRow` numbers, a multiple of 16 that covers all columns; aligned to 16 numbers.
    ///   - result: rows of `resultRow` numbers; only `columns` of each are written.
    ///   - adds: the product is added to what is there.
    static func multiply(
        rows: Int, columns: Int, depth: Int, left: Left, right: UnsafePointer<Float>, rightRow: Int,
        result: UnsafeMutablePointer<Float>, resultRow: Int, adds: Bool
    ) {
        assert(rightRow % FloatBuffer.lanes == 0 && rightRow >= columns, "rows of whole vectors")
        var column = 0
        while column < columns {
            let width = min(columns - column, 2 * FloatBuffer.lanes)
            var row = 0
            while row < rows {
                let tile = MatrixTile(
                    depth: depth, rows: min(MatrixTile.height, rows - row), columns: width,
                    left: Left(start: left.start + row &* left.row, row: left.row, step: left.step),
                    right: UnsafeRawPointer(right + column), rightBytes: rightRow &* 4,
                    result: result + (row &* resultRow &+ column), resultRow: resultRow, adds: adds)
                if width > FloatBuffer.lanes { tile.multiplyWide() } else { tile.multiplyNarrow() }
                row &+= MatrixTile.height
            }
            column &+= width
        }
    }
}
