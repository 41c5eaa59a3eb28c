/// One tile of a product: up to eight rows and two vectors of columns, whose sums stay in registers.
struct MatrixTile {
    static let height = 8

    let depth: Int
    /// Rows that are stored; the tile computes the last of them again in place of those that are absent.
    let rows: Int
    let columns: Int
    let left: MatrixProduct.Left
    let right: UnsafeRawPointer
    /// Bytes from one row of the right operand to the next.
    let rightBytes: Int
    let result: UnsafeMutablePointer<Float>
    let resultRow: Int
    let adds: Bool

    /// At most 16 columns.
    @inline(__always)
    func multiplyNarrow() {
        typealias Vector = SIMD16<Float>
        let offset1 = min(1, rows - 1) &* left.row
        let offset2 = min(2, rows - 1) &* left.row
        let offset3 = min(3, rows - 1) &* left.row
        let offset4 = min(4, rows - 1) &* left.row
        let offset5 = min(5, rows - 1) &* left.row
        let offset6 = min(6, rows - 1) &* left.row
        let offset7 = min(7, rows - 1) &* left.row
        var sum0 = Vector.zero
        var sum1 = Vector.zero
        var sum2 = Vector.zero
        var sum3 = Vector.zero
        var sum4 = Vector.zero
        var sum5 = Vector.zero
        var sum6 = Vector.zero
        var sum7 = Vector.zero
        var (source, operand) = (left.start, right)
        for _ in 0..<depth {
            let vector = operand.load(as: Vector.self)
            sum0 += vector * source[0]
            sum1 += vector * source[offset1]
            sum2 += vector * source[offset2]
            sum3 += vector * source[offset3]
            sum4 += vector * source[offset4]
            sum5 += vector * source[offset5]
            sum6 += vector * source[offset6]
            sum7 += vector * source[offset7]
            source += left.step
            operand += rightBytes
        }
        store(sum0, row: 0, column: 0)
        store(sum1, row: 1, column: 0)
        store(sum2, row: 2, column: 0)
        store(sum3, row: 3, column: 0)
        store(sum4, row: 4, column: 0)
        store(sum5, row: 5, column: 0)
        store(sum6, row: 6, column: 0)
        store(sum7, row: 7, column: 0)
    }

    /// 17 to 32 columns.
    @inline(__always)
    func multiplyWide() {
        typealias Vector = SIMD16<Float>
        let offset1 = min(1, rows - 1) &* left.row
        let offset2 = min(2, rows - 1) &* left.row
        let offset3 = min(3, rows - 1) &* left.row
        let offset4 = min(4, rows - 1) &* left.row
        let offset5 = min(5, rows - 1) &* left.row
        let offset6 = min(6, rows - 1) &* left.row
        let offset7 = min(7, rows - 1) &* left.row
        var (first0, second0) = (Vector.zero, Vector.zero)
        var (first1, second1) = (Vector.zero, Vector.zero)
        var (first2, second2) = (Vector.zero, Vector.zero)
        var (first3, second3) = (Vector.zero, Vector.zero)
        var (first4, second4) = (Vector.zero, Vector.zero)
        var (first5, second5) = (Vector.zero, Vector.zero)
        var (first6, second6) = (Vector.zero, Vector.zero)
        var (first7, second7) = (Vector.zero, Vector.zero)
        var (source, operand) = (left.start, right)
        for _ in 0..<depth {
            let first = operand.load(as: Vector.self)
            let second = operand.load(fromByteOffset: 64, as: Vector.self)
            let value0 = source[0]
            first0 += first * value0
            second0 += second * value0
            let value1 = source[offset1]
            first1 += first * value1
            second1 += second * value1
            let value2 = source[offset2]
            first2 += first * value2
            second2 += second * value2
            let value3 = source[offset3]
            first3 += first * value3
            second3 += second * value3
            let value4 = source[offset4]
            first4 += first * value4
            second4 += second * value4
            let value5 = source[offset5]
            first5 += first * value5
            second5 += second * value5
            let value6 = source[offset6]
            first6 += first * value6
            second6 += second * value6
            let value7 = source[offset7]
            first7 += first * value7
            second7 += second * value7
            source += left.step
            operand += rightBytes
        }
        store(first0, row: 0, column: 0)
        store(second0, row: 0, column: FloatBuffer.lanes)
        store(first1, row: 1, column: 0)
        store(second1, row: 1, column: FloatBuffer.lanes)
        store(first2, row: 2, column: 0)
        store(second2, row: 2, column: FloatBuffer.lanes)
        store(first3, row: 3, column: 0)
        store(second3, row: 3, column: FloatBuffer.lanes)
        store(first4, row: 4, column: 0)
        store(second4, row: 4, column: FloatBuffer.lanes)
        store(first5, row: 5, column: 0)
        store(second5, row: 5, column: FloatBuffer.lanes)
        store(first6, row: 6, column: 0)
        store(second6, row: 6, column: FloatBuffer.lanes)
        store(first7, row: 7, column: 0)
        store(second7, row: 7, column: FloatBuffer.lanes)
    }

    @inline(__always)
    private func store(_ sum: SIMD16<Float>, row: Int, column: Int) {
        guard row < rows else { return }
        let place = result + (row &* resultRow &+ column)
        if columns &- column >= FloatBuffer.lanes {
            let raw = UnsafeMutableRawPointer(place)
            let value = adds ? raw.loadUnaligned(as: SIMD16<Float>.self) + sum : sum
            raw.storeBytes(of: value, as: SIMD16<Float>.self)
        } else {
            for lane in 0..<columns &- column { place[lane] = adds ? place[lane] + sum[lane] : sum[lane] }
        }
    }
}
