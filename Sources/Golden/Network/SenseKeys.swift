/// One sense of the network engine, named by what is read and for whom.
///
/// Skipped rows, order and power failures change none of these numbers, so chance events are keyed by them.
public struct EngineSense: Hashable, Sendable {
    /// Images that were started before.
    public let image: Int
    public let layer: Int
    /// Group of output pixels.
    public let group: Int
    public let filter: Int
    public let chunk: Int
    /// Magnitude bit-plane of the weights, and whether the row holds those of negative ones.
    public let plane: Int
    public let negative: Bool
}

/// Counts what senses are named by as rows are issued.
struct SenseCounter {
    /// The image that runs; −1 before the first.
    private var image = -1
    private var group = 0
    private var filter = 0

    /// Goes on in the midst of a layer after a power failure.
    mutating func resume(group: Int, filter: Int) { (self.group, self.filter) = (group, filter) }

    /// The image that was lost to a power failure is run again: its senses are the same ones.
    mutating func repeatImage() { image -= 1 }

    /// Images are counted on over a reset, so that no event comes twice.
    mutating func restart() { (group, filter) = (0, 0) }

    func sense(_ token: PixelToken, layer: Int) -> EngineSense {
        EngineSense(
            image: image, layer: layer, group: group, filter: filter, chunk: token.chunk, plane: token.plane,
            negative: token.negative)
    }

    mutating func clock(issued token: PixelToken, layerStart: Bool, start: Bool) {
        if start { image += 1 }
        if layerStart {
            restart()
        } else if token.isValid {
            if token.lastOfFilter { filter += 1 }
            if token.last {
                filter = 0
                group += 1
            }
        }
    }
}
