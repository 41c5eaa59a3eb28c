public import Network

/// How a network lies in an engine: cells of the array, lists of rows, channels, descriptors, places of the activations.
public struct NetworkMapping: Sendable {
    /// A layer as it was mapped.
    public struct Layer: Sendable {
        public let kind: String
        /// Rows that are stored and walked, and all rows of the layer, those without a set cell too.
        public let storedRows: Int
        /// Stored rows that are sensed: all but those that stand for filters without any.
        public let sensedRows: Int
        public let denseRows: Int
        /// Groups of output pixels, for each of which the rows are walked once.
        public let groups: Int
        public let chunks: Int
        /// Cycles of the layer, its descriptor's reading included, and those in which rows waited for their windows and
        /// for their banks. Where zeros are skipped these are the most that an image takes.
        public let cycles: Int
        /// The fewest cycles, those of activations that are all zero; `cycles` where zeros are not skipped.
        public let leastCycles: Int
        public let windowStalls: Int
        public let bankStalls: Int

        /// What bounds a layer's rate.
        public enum Bottleneck: String, Sendable {
            case gathering, sensing, datapath
        }

        /// Whichever rows wait for most; the datapath where they wait for less than a tenth of the cycles. Nil for a layer
        /// without rows.
        public var bottleneck: Bottleneck? {
            if storedRows == 0 { return nil }
            if max(windowStalls, bankStalls) * 10 < cycles { return .datapath }
            return windowStalls > bankStalls ? .gathering : .sensing
        }
    }

    public let parameters: NetworkEngine.Parameters
    /// Whether rows without a set cell are left out.
    public let skipsRows: Bool
    /// Whether steps whose activations are all zero are left out: then cycles and senses depend on the image.
    public let skipsZeros: Bool
    public internal(set) var descriptors: [LayerDescriptor] = []
    public internal(set) var layers: [Layer] = []
    /// Stored rows in the order in which they are walked; row k of a layer lies in bank k mod banks at
    /// `rowBase` + k / banks.
    public internal(set) var rows: [StoredRow] = []
    public internal(set) var entries: [RowListController.Entry] = []
    public internal(set) var channels: [NetworkEngine.ChannelScale] = []
    /// How each layer's rows are numbered for chance events.
    public internal(set) var senseNumbers: [SenseNumbers] = []
    /// Words of each bank of the activation memory that the network needs.
    public private(set) var activationDepth = 0
    /// Rows of a bank that the network needs.
    public internal(set) var bankRows = 0

    public struct StoredRow: Sendable {
        public let bank: Int
        public let address: Int
        public let cells: BitRow
    }

    /// What bounds the rate of each layer; nil for layers without weights.
    var work: [LayerTiming.Work?] = []
    var regions = ActivationRegions()
    /// Where each source's tensor begins; the network's input first.
    var bases: [Int] = []
    var denseRows = 0
    /// Channels of the network's result.
    let resultChannels: Int

    /// Maps a network.
    ///
    /// - Parameters:
    ///   - skipsRows: rows without a set cell are neither stored nor walked; without skipping all are.
    ///   - skipsZeros: steps of a row in which all activations are zero are left out.
    ///
    /// Throws `MappingError` for a network that does not fit, or that has what the engine has not.
    public init(
        _ network: QuantizedNetwork, _ parameters: NetworkEngine.Parameters, skipsRows: Bool = true,
        skipsZeros: Bool = false
    ) throws(MappingError) {
        self.parameters = parameters
        self.skipsZeros = skipsZeros
        self.skipsRows = skipsRows
        resultChannels =
            switch network.layers[network.layers.count - 1] {
            case .fullyConnected(let layer): layer.outputs
            case .convolution(let layer): layer.outputs
            case .pooling, .addition: network.formats[network.layers.count - 1]?.channels ?? 1
            }
        guard network.layers.count <= parameters.layers else {
            throw .doesNotFit(
                what: "layers", needed: network.layers.count, available: parameters.layers, parameter: "layers")
        }
        try check(network.input, layer: 0, kind: network.layers[0].kind)
        bases.append(place(network.input, source: QuantizedNetwork.inputSource, in: network))
        for number in network.layers.indices { try map(number, of: network) }
        descriptors.append(LayerDescriptor())
        activationDepth = regions.depth
        try checkSizes()
    }

    private func checkSizes() throws(MappingError) {
        for (what, needed, available, parameter) in [
            ("rows", bankRows * parameters.banks, parameters.bankRows * parameters.banks, "rows"),
            ("row groups", entries.count, parameters.entries, "entries"),
            ("output channels", channels.count, parameters.channels, "channels"),
            ("words a bank of activations", activationDepth, parameters.depth, "depth"),
        ] where needed > available {
            throw .doesNotFit(what: what, needed: needed, available: available, parameter: parameter)
        }
    }

    /// Words of a pixel that a descriptor holds.
    static let largestPixelWords = 1 << 16 - 1

    func check(_ format: ActivationFormat, layer: Int, kind: String) throws(MappingError) {
        let largest = parameters.window.activationBits
        guard format.bits <= largest else {
            throw .beyond(
                layer: layer, kind: kind, what: "bits of an activation", found: format.bits, allowed: 1...largest)
        }
        // All other numbers of a tensor have room in a descriptor's fields, whatever a network file allows.
        guard words(of: format) <= Self.largestPixelWords else {
            throw .beyond(
                layer: layer, kind: kind, what: "words of a pixel", found: words(of: format),
                allowed: 1...Self.largestPixelWords)
        }
    }

    mutating func place(_ format: ActivationFormat, source: Int, in network: QuantizedNetwork) -> Int {
        let uses = network.sources.indices.filter { network.sources[$0].contains(source) }
        let lanes = parameters.pixelLanes
        let words =
            (format.height * format.width + lanes - 1) / lanes * words(of: format)
        return regions.place(source: source, words: words, lastUse: uses.last ?? network.layers.count)
    }

    /// Words of a pixel.
    func words(of format: ActivationFormat) -> Int {
        (format.channels + parameters.wordCodes - 1) / parameters.wordCodes
    }

    /// Number of rows of all layers, those without a set cell too: what the events of senses are keyed by.
    public var numberedRows: Int { max(1, denseRows) }

    /// Bank and address of each word of the network's input, with the word, for codes in the order of its tensor.
    public func inputWords(
        _ codes: [UInt8], _ format: ActivationFormat
    ) -> [(bank: Int, address: Int, word: CodeWord)] {
        let pixelWords = words(of: format)
        let lanes = parameters.pixelLanes
        var words: [(bank: Int, address: Int, word: CodeWord)] = []
        for pixel in 0..<format.height * format.width {
            for number in 0..<pixelWords {
                var word = CodeWord()
                let first = number * parameters.wordCodes
                for channel in first..<min(first + parameters.wordCodes, format.channels) {
                    word[channel - first] = codes[pixel * format.channels + channel]
                }
                words.append((pixel % lanes, bases[0] + pixel / lanes * pixelWords + number, word))
            }
        }
        return words
    }
}
