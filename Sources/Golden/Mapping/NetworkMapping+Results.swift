extension NetworkMapping {
    /// Cycles of an image from the start to the end, those of the descriptor that ends the network included.
    public var cycles: Int { layers.reduce(LayerTiming.descriptorCycles) { $0 + $1.cycles } }
    /// The fewest cycles of an image, those of activations that are all zero; `cycles` where zeros are not skipped.
    public var leastCycles: Int { layers.reduce(LayerTiming.descriptorCycles) { $0 + $1.leastCycles } }
    /// Senses of an image: rows that hold a set cell, once for each group of pixels. Where zeros are skipped, the most.
    public var senses: Int { layers.reduce(0) { $0 + $1.sensedRows * $1.groups } }

    /// Whether the result is sums, not codes.
    public var givesSums: Bool { last[.kind] == LayerKind.convolution.rawValue && last[.isRaw] == 1 }
    /// Numbers of the result, and the channel of the first of them where they are sums.
    public var resultCount: Int { last[.outputPixels] * resultChannels }
    public var resultBase: Int { last[.channelBase] }

    private var last: LayerDescriptor { descriptors[descriptors.count - 2] }

    /// Number `index` of the result, in the order of the output tensor: a sum, or a code from the activation memory.
    public func result(_ index: Int, of engine: NetworkEngine) -> Int32 {
        if givesSums { return engine.result(last[.channelBase] + index) }
        let (pixel, channel) = (index / resultChannels, index % resultChannels)
        let words = (resultChannels + parameters.wordCodes - 1) / parameters.wordCodes
        let address =
            last[.outputBase] + pixel / parameters.pixelLanes * words + channel / parameters.wordCodes
        let word = engine.activation(bank: pixel % parameters.pixelLanes, address: address)
        return Int32(word[channel % parameters.wordCodes])
    }
}

extension NetworkMapping {
    /// A row as it is walked: its chunk and its number in the group, 2 × plane + sign.
    struct WalkedRow {
        let chunk: Int
        let position: Int
        let cells: BitRow
        /// False for the row that stands for a filter without rows.
        let isSensed: Bool
    }

    /// The rows of each filter of a layer, in the order in which they are walked.
    func filters(of layer: Int) -> [[WalkedRow]] {
        var filters: [[WalkedRow]] = []
        var rows: [WalkedRow] = []
        var stored = layers[..<layer].reduce(0) { $0 + $1.storedRows }
        var entry = descriptors[layer][.listBase]
        while true {
            let group = entries[entry]
            for position in 0..<2 * parameters.planes where group.rows >> position & 1 == 1 {
                rows.append(
                    WalkedRow(chunk: group.chunk, position: position, cells: self.rows[stored].cells, isSensed: true))
                stored += 1
            }
            if group.rows == 0 {
                rows.append(WalkedRow(chunk: group.chunk, position: 0, cells: .none, isSensed: false))
                stored += 1
            }
            if group.isLastOfFilter {
                filters.append(rows)
                rows = []
            }
            if group.isLast { return filters }
            entry += 1
        }
    }
}
