import Testing

@testable import Learning

/// Law: C[i][j] = Σ_k A[i][k] · B[k][j] (added to C where wanted), exact for whole numbers, and no number beside C is written.
@Suite("Matrix products")
struct MatrixProductTests {
    private struct Shape: CustomStringConvertible {
        var rows, columns, depth: Int
        var isTransposed, adds: Bool
        var description: String { "\(rows) x \(depth) x \(columns), transposed \(isTransposed), adds \(adds)" }
    }

    /// Product of random whole numbers, whose result rows are wider than the product.
    private func check(_ shape: Shape, _ random: inout SplitMix) {
        let (rows, columns, depth) = (shape.rows, shape.columns, shape.depth)
        let left = (0..<rows * depth).map { _ in Int.random(in: -15...15, using: &random) }
        let right = (0..<depth * columns).map { _ in Int.random(in: -7...7, using: &random) }
        let before = (0..<rows * (columns + 3)).map { _ in Int.random(in: -99...99, using: &random) }
        let leftBuffer = FloatBuffer(count: rows * depth)
        for row in 0..<rows {
            for k in 0..<depth {
                let place = shape.isTransposed ? k * rows + row : row * depth + k
                leftBuffer[place] = Float(left[row * depth + k])
            }
        }
        let padded = FloatBuffer.padded(columns)
        let rightBuffer = FloatBuffer(count: depth * padded)
        for k in 0..<depth {
            for column in 0..<columns { rightBuffer[k * padded + column] = Float(right[k * columns + column]) }
            // What lies in the padding must not matter.
            for column in columns..<padded { rightBuffer[k * padded + column] = 1e9 }
        }
        let result = FloatBuffer(count: before.count)
        result.values = before.map(Float.init)
        MatrixProduct.multiply(
            rows: rows, columns: columns, depth: depth,
            left: .init(
                start: leftBuffer.start, row: shape.isTransposed ? 1 : depth, step: shape.isTransposed ? rows : 1),
            right: rightBuffer.start, rightRow: padded, result: result.start, resultRow: columns + 3,
            adds: shape.adds)
        var expected = before
        for row in 0..<rows {
            for column in 0..<columns {
                let sum = (0..<depth).reduce(0) { $0 + left[row * depth + $1] * right[$1 * columns + column] }
                let place = row * (columns + 3) + column
                expected[place] = sum + (shape.adds ? before[place] : 0)
            }
        }
        #expect(result.values == expected.map(Float.init), "\(shape)")
    }

    @Test("random shapes, at and beside the edges of tiles", arguments: [1, 2, 3])
    func randomShapes(seed: UInt64) {
        var random = SplitMix(state: seed)
        for _ in 0..<60 {
            check(
                Shape(
                    rows: .random(in: 1...20, using: &random), columns: .random(in: 1...70, using: &random),
                    depth: .random(in: 1...40, using: &random), isTransposed: .random(using: &random),
                    adds: .random(using: &random)), &random)
        }
        for columns in [1, 15, 16, 17, 31, 32, 33, 48, 64] {
            check(Shape(rows: 8, columns: columns, depth: 9, isTransposed: false, adds: true), &random)
        }
    }
}
