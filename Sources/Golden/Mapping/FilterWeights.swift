/// The weights of a layer as filters over the pixels of a window.
struct FilterWeights {
    let filters: Int
    /// Channels of the input.
    let channels: Int
    /// Filter f has weights for input channel f / (filters / channels) alone.
    let isDepthwise: Bool
    /// Bits of a weight, its sign included where it has one.
    let bits: Int
    /// [filters][pixels of the window][channels, or 1].
    let weights: [Int8]

    /// Magnitude bit-planes.
    var planes: Int { max(1, bits - 1) }

    /// Calls `body` with each weight of a filter that is not zero, its pixel of the window and its channel.
    func forEach(filter: Int, _ body: (_ weight: Int, _ pixel: Int, _ channel: Int) -> Void) {
        let share = weights.count / filters
        let depth = isDepthwise ? 1 : channels
        let first = isDepthwise ? filter / (filters / channels) : 0
        for index in 0..<share where weights[filter * share + index] != 0 {
            body(Int(weights[filter * share + index]), index / depth, first + index % depth)
        }
    }
}
