/// Numbers that are learned, with their gradient and the optimiser's memory.
final class Parameter: Sendable {
    let values: FloatBuffer
    let gradient: FloatBuffer
    /// The momentum.
    let velocity: FloatBuffer
    /// 0 where a value is pruned, so stays zero, and 1 elsewhere.
    let mask: FloatBuffer
    /// Whether weight decay applies.
    let decays: Bool

    init(count: Int, decays: Bool, initial: Float = 0) {
        values = FloatBuffer(count: count)
        gradient = FloatBuffer(count: count)
        velocity = FloatBuffer(count: count)
        mask = FloatBuffer(count: count)
        self.decays = decays
        for index in 0..<count {
            values.start[index] = initial
            mask.start[index] = 1
        }
    }

    var count: Int { values.count }

    /// Everything that a resumed run needs, in a fixed order.
    var state: [FloatBuffer] { [values, velocity, mask] }
}
