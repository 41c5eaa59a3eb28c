/// The stored rows of one filter, in classes of one weight plane and sign each: what the kernel walks.
struct FilterRows {
    /// A row as the engine walks it, for single senses of it.
    struct Row {
        let cells: BitRow
        let chunk: Int
        let plane: Int
        let negative: Bool
        /// The row's number for chance events.
        let number: Int
        /// False for the row that stands for a filter without rows.
        let isSensed: Bool
    }

    /// Rows of one plane and sign, word by word: the words that hold a set cell.
    struct Class {
        let plane: Int
        let negative: Bool
        fileprivate(set) var words: [UInt64] = []
        /// chunk × words + word, for each.
        fileprivate(set) var places: [Int] = []
    }

    let rows: [Row]
    let classes: [Class]

    init(_ rows: [Row], wordsPerChunk: Int) {
        self.rows = rows
        var classes: [Class] = []
        for row in rows {
            let index =
                classes.firstIndex { $0.plane == row.plane && $0.negative == row.negative }
                ?? {
                    classes.append(Class(plane: row.plane, negative: row.negative))
                    return classes.count - 1
                }()
            for word in 0..<wordsPerChunk where row.cells[word] != 0 {
                classes[index].words.append(row.cells[word])
                classes[index].places.append(row.chunk * wordsPerChunk + word)
            }
        }
        self.classes = classes
    }

    /// Adds the filter's sums at all pixels to `sums`, a vector for each eight pixels.
    ///
    /// AND, count, add: three operations for eight words, the row's word held in all lanes. Complexity: words × planes ×
    /// vectors.
    func accumulate(_ windows: WindowPlanes, into sums: UnsafeMutablePointer<SIMD8<Int64>>) {
        windows.planes.withUnsafeBufferPointer { buffer in
            guard let planes = buffer.baseAddress else { return }
            for rows in classes {
                for plane in 0..<windows.bits {
                    var vector = 0
                    while vector + 4 <= windows.vectors {
                        add(rows, plane, planes, windows, vector, sums)
                        vector += 4
                    }
                    while vector < windows.vectors {
                        addOne(rows, plane, planes, windows, vector, sums)
                        vector += 1
                    }
                }
            }
        }
    }

    @inline(__always)
    private func add(
        _ rows: Class, _ plane: Int, _ planes: UnsafePointer<SIMD8<UInt64>>, _ windows: WindowPlanes, _ vector: Int,
        _ sums: UnsafeMutablePointer<SIMD8<Int64>>
    ) {
        var (a, b, c, d) = (SIMD8<UInt64>(), SIMD8<UInt64>(), SIMD8<UInt64>(), SIMD8<UInt64>())
        let first = planes + plane * windows.vectors + vector
        let stride = windows.bits * windows.vectors
        rows.words.withUnsafeBufferPointer { words in
            rows.places.withUnsafeBufferPointer { places in
                for index in 0..<words.count {
                    let row = SIMD8<UInt64>(repeating: words[index])
                    let here = first + places[index] * stride
                    a &+= (row & here[0]).nonzeroBitCount
                    b &+= (row & here[1]).nonzeroBitCount
                    c &+= (row & here[2]).nonzeroBitCount
                    d &+= (row & here[3]).nonzeroBitCount
                }
            }
        }
        let shift = SIMD8<UInt64>(repeating: UInt64(plane + rows.plane))
        finish(a &<< shift, rows.negative, sums + vector)
        finish(b &<< shift, rows.negative, sums + vector + 1)
        finish(c &<< shift, rows.negative, sums + vector + 2)
        finish(d &<< shift, rows.negative, sums + vector + 3)
    }

    @inline(__always)
    private func addOne(
        _ rows: Class, _ plane: Int, _ planes: UnsafePointer<SIMD8<UInt64>>, _ windows: WindowPlanes, _ vector: Int,
        _ sums: UnsafeMutablePointer<SIMD8<Int64>>
    ) {
        var ones = SIMD8<UInt64>()
        let first = planes + plane * windows.vectors + vector
        let stride = windows.bits * windows.vectors
        for index in rows.words.indices {
            ones &+= (SIMD8(repeating: rows.words[index]) & first[rows.places[index] * stride]).nonzeroBitCount
        }
        finish(ones &<< SIMD8(repeating: UInt64(plane + rows.plane)), rows.negative, sums + vector)
    }

    @inline(__always)
    private func finish(_ ones: SIMD8<UInt64>, _ negative: Bool, _ sum: UnsafeMutablePointer<SIMD8<Int64>>) {
        let value = SIMD8<Int64>(truncatingIfNeeded: ones)
        sum.pointee = negative ? sum.pointee &- value : sum.pointee &+ value
    }
}
