/// Places of tensors in the activation memory: a tensor keeps its words until the last layer that takes it.
struct ActivationRegions {
    private struct Region {
        let source: Int
        let words: Range<Int>
        let lastUse: Int
    }
    private var live: [Region] = []
    /// Words of each bank that were needed at once.
    private(set) var depth = 0

    /// The first place with room for a tensor, in the words of a bank.
    ///
    /// - Parameters:
    ///   - source: the layer that gives it, −1 for the network's input.
    ///   - lastUse: the last layer that takes it.
    mutating func place(source: Int, words: Int, lastUse: Int) -> Int {
        live.removeAll { $0.lastUse < source }
        live.sort { $0.words.lowerBound < $1.words.lowerBound }
        var base = 0
        for region in live where region.words.lowerBound < base + words { base = max(base, region.words.upperBound) }
        live.append(Region(source: source, words: base..<base + words, lastUse: lastUse))
        depth = max(depth, base + words)
        return base
    }
}
