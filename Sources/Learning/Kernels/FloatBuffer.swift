/// Memory for single-precision numbers, aligned to whole vectors, zero at first.
///
/// A class since layers, threads and the optimiser share it; whoever writes concurrently writes disjoint parts.
final class FloatBuffer: @unchecked Sendable {
    /// Numbers of a vector; products read their right operand in rows of whole vectors.
    static let lanes = 16

    let count: Int
    let start: UnsafeMutablePointer<Float>

    init(count: Int) {
        self.count = count
        let room = FloatBuffer.padded(max(1, count))
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: room * MemoryLayout<Float>.stride, alignment: MemoryLayout<SIMD16<Float>>.alignment)
        start = memory.bindMemory(to: Float.self, capacity: room)
        start.initialize(repeating: 0, count: room)
    }

    deinit { start.deallocate() }

    /// A count rounded up to whole vectors.
    static func padded(_ count: Int) -> Int { (count + lanes - 1) / lanes * lanes }

    subscript(index: Int) -> Float {
        get {
            precondition(index >= 0 && index < count, "number \(index) of \(count)")
            return start[index]
        }
        set {
            precondition(index >= 0 && index < count, "number \(index) of \(count)")
            start[index] = newValue
        }
    }

    /// All numbers; setting needs as many as there are.
    var values: [Float] {
        get { Array(UnsafeBufferPointer(start: start, count: count)) }
        set {
            precondition(newValue.count == count, "\(newValue.count) numbers for \(count)")
            for (index, value) in newValue.enumerated() { start[index] = value }
        }
    }

    func clear() { start.update(repeating: 0, count: count) }
}
