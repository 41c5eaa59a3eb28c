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
        /// For each, where its first plane lies in `WindowPlanes.planes`.
        fileprivate(set) var offsets: [Int] = []
    }

    let rows: [Row]
    let classes: [Class]

    /// - Parameter windows: the planes that the rows are to meet.
    init(_ rows: [Row], _ windows: WindowPlanes) {
        self.rows = rows
        var classes: [Class] = []
        for row in rows {
            let index =
                classes.firstIndex { $0.plane == row.plane && $0.negative == row.negative }
                ?? {
                    classes.append(Class(plane: row.plane, negative: row.negative))
                    return classes.count - 1
                }()
            for word in 0..<windows.wordsPerChunk where row.cells[word] != 0 {
                let place = row.chunk * windows.wordsPerChunk + word
                classes[index].words.append(row.cells[word])
                classes[index].offsets.append(place * windows.bits * windows.vectors)
            }
        }
        self.classes = classes
    }

    /// Adds the filter's sums at all pixels to `sums`, a vector for each eight pixels.
    ///
    /// AND, count, add: three operations for eight words, the row's word held in all lanes; eight vectors at a time, so that what
    /// else a word takes is little beside them. Complexity: words × planes × vectors.
    func accumulate(_ windows: WindowPlanes, into sums: UnsafeMutablePointer<SIMD8<Int64>>) {
        windows.planes.withUnsafeBufferPointer { buffer in
            guard let planes = buffer.baseAddress else { return }
            for rows in classes {
                rows.words.withUnsafeBufferPointer { words in
                    rows.offsets.withUnsafeBufferPointer { offsets in
                        guard let words = words.baseAddress, let offsets = offsets.baseAddress else { return }
                        for plane in 0..<windows.bits {
                            let shift = SIMD8<UInt64>(repeating: UInt64(plane + rows.plane))
                            let walk = Walk(
                                words: words, offsets: offsets, count: rows.words.count,
                                planes: planes + plane * windows.vectors, shift: shift, negative: rows.negative)
                            var vector = 0
                            while vector + 8 <= windows.vectors {
                                walk.addEight(vector, sums)
                                vector += 8
                            }
                            while vector < windows.vectors {
                                walk.addOne(vector, sums)
                                vector += 1
                            }
                        }
                    }
                }
            }
        }
    }

    /// The words of one class on one plane.
    private struct Walk {
        typealias Ones = SIMD8<UInt64>

        let words: UnsafePointer<UInt64>
        let offsets: UnsafePointer<Int>
        let count: Int
        let planes: UnsafePointer<Ones>
        let shift: Ones
        let negative: Bool

        @inline(__always)
        func addEight(_ vector: Int, _ sums: UnsafeMutablePointer<SIMD8<Int64>>) {
            var (a, b, c, d) = (Ones(), Ones(), Ones(), Ones())
            var (e, f, g, h) = (Ones(), Ones(), Ones(), Ones())
            let first = planes + vector
            for index in 0..<count {
                let row = Ones(repeating: words[index])
                let here = first + offsets[index]
                a &+= (row & here[0]).nonzeroBitCount
                b &+= (row & here[1]).nonzeroBitCount
                c &+= (row & here[2]).nonzeroBitCount
                d &+= (row & here[3]).nonzeroBitCount
                e &+= (row & here[4]).nonzeroBitCount
                f &+= (row & here[5]).nonzeroBitCount
                g &+= (row & here[6]).nonzeroBitCount
                h &+= (row & here[7]).nonzeroBitCount
            }
            let sums = sums + vector
            finish(a, sums)
            finish(b, sums + 1)
            finish(c, sums + 2)
            finish(d, sums + 3)
            finish(e, sums + 4)
            finish(f, sums + 5)
            finish(g, sums + 6)
            finish(h, sums + 7)
        }

        @inline(__always)
        func addOne(_ vector: Int, _ sums: UnsafeMutablePointer<SIMD8<Int64>>) {
            var ones = Ones()
            let first = planes + vector
            for index in 0..<count {
                ones &+= (Ones(repeating: words[index]) & first[offsets[index]]).nonzeroBitCount
            }
            finish(ones, sums + vector)
        }

        @inline(__always)
        private func finish(_ ones: Ones, _ sum: UnsafeMutablePointer<SIMD8<Int64>>) {
            let value = SIMD8<Int64>(truncatingIfNeeded: ones &<< shift)
            sum.pointee = negative ? sum.pointee &- value : sum.pointee &+ value
        }
    }
}
