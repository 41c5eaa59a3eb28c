public import HDL

/// The sparse bit-wise engine of whole networks in magnetic memory.
///
/// A layer's activations lie in a banked memory; the gatherer packs the windows of a group of output pixels into chunks;
/// the rows of weight bits that are not empty are sensed once a group and meet all its pixels and planes in the
/// AND-accumulate datapath; sums are requantised and stored as the next layer's activations. Layers are described by
/// descriptors that the host loads. A row takes max(sense period / banks, steps) cycles, where the steps are
/// plane groups × pixel steps, or those of them that have a set bit; gathering the next group's windows is hidden behind it.
public struct NetworkEngine: ConfigurableModule {
    /// Rows of all banks together.
    public var rows = 1024
    public var columns = 64
    public var banks = 4
    public var phases = SensePhases()
    public var activationBits = 8
    public var planeLanes = 4
    /// Bits of a sign-magnitude weight, the sign included.
    public var weightBits = 8
    public var pixels = 4
    public var pixelLanes = 4
    /// Codes of a word of the activation memory, and words of each of its banks, one a pixel lane.
    public var wordCodes = 16
    public var depth = 256
    public var chunks = 16
    /// Row groups, output channels and layers of the network.
    public var entries = 512
    public var channels = 64
    public var layers = 8
    public var accumulatorWidth = 32
    /// Pixels under a pool's window at most.
    public var poolArea = 64
    /// 1: a network outlives failures of the supply, by checkpoints.
    public var checkpoint = 0
    /// Bits of a shadow word, cycles of its write, and repeated writes of one.
    public var shadowWord = 64
    public var shadowWrite = 2
    public var shadowRetries = 7
    /// A `CellKind`, and what the write controller of pulsed cells can do.
    public var kind = CellKind.ideal.rawValue
    public var longestPulse = 15
    public var mostRetries = 3

    public init() {}

    public static var parameters: [Parameter<NetworkEngine>] {
        [
            Parameter("rows", \.rows, 2...1_048_576, "rows of all banks together"),
            Parameter("columns", \.columns, 1...512, "cells of a row"),
            Parameter("banks", \.banks, 1...16, "interleaved banks"),
            Parameter("precharge", \.phases.precharge, 1...15, "cycles of pre-charge"),
            Parameter("evaluate", \.phases.evaluate, 1...15, "cycles of evaluation"),
            Parameter("latch", \.phases.latch, 1...15, "cycles of latching"),
            Parameter("activation-bits", \.activationBits, 1...8, "bits of an activation"),
            Parameter("plane-lanes", \.planeLanes, 1...8, "activation bit-planes taken in one cycle"),
            Parameter("weight-bits", \.weightBits, 2...8, "bits of a weight, sign included"),
            Parameter("pixels", \.pixels, 1...64, "output pixels of a group, for which a row is sensed once"),
            Parameter("pixel-lanes", \.pixelLanes, 1...16, "pixels taken in one cycle"),
            Parameter("word-codes", \.wordCodes, 1...64, "codes of a word of the activation memory"),
            Parameter("depth", \.depth, 2...65536, "words of a bank of the activation memory"),
            Parameter("chunks", \.chunks, 1...1024, "chunks of a window at most"),
            Parameter("entries", \.entries, 2...1_048_576, "row groups of all layers"),
            Parameter("channels", \.channels, 2...65536, "output channels of all layers"),
            Parameter("layers", \.layers, 1...1023, "layers of the network"),
            Parameter("accumulator-width", \.accumulatorWidth, 8...32, "bits of a sum"),
            Parameter("pool-area", \.poolArea, 1...4096, "pixels under a pool's window at most"),
            Parameter("checkpoint", \.checkpoint, 0...1, "1: a network outlives failures of the supply"),
            Parameter("shadow-word", \.shadowWord, 2...64, "bits of a shadow word"),
            Parameter("shadow-write", \.shadowWrite, 1...8, "cycles of the write of a shadow word"),
            Parameter("shadow-retries", \.shadowRetries, 0...15, "repeated writes of a shadow word"),
            Parameter("kind", \.kind, 0...CellKind.allCases.count - 1, CellKind.choices),
            Parameter("longest-pulse", \.longestPulse, 1...1023, "cycles of a pulse at most"),
            Parameter("most-retries", \.mostRetries, 1...15, "times that a row can be pulsed again"),
        ]
    }

    /// Magnitude bit-planes of a weight.
    public var planes: Int { weightBits - 1 }
    /// Rows of a bank.
    public var bankRows: Int { (rows + banks - 1) / banks }
    public var planeGroups: Int { (activationBits + planeLanes - 1) / planeLanes }
    public var pixelSteps: Int { pixels / pixelLanes }
    var wordWidth: Int { wordCodes * activationBits }

    public func checkRelations() throws(ParameterError) {
        try gatherer.validate()
        try window.validate()
        try datapath.validate()
        if bankRows > 65536 {
            throw .inconsistent(name: "rows", value: rows, reason: "\(banks) banks have \(banks * 65536) at most")
        }
        if rows < 2 * banks {
            throw .inconsistent(name: "rows", value: rows, reason: "\(banks) banks need \(2 * banks) at least")
        }
        if cellKind == .nandSpin, bankRows % CellKind.stringRows != 0 {
            throw .inconsistent(
                name: "rows", value: rows,
                reason: "strings in \(banks) banks need a multiple of \(CellKind.stringRows * banks)")
        }
    }

    public var isCheckpointed: Bool { checkpoint == 1 }

    public var moduleName: String { "network_engine" }

    public struct Ports: SignalBundle {
        /// Stores a row of a bank, but for the cells in `writeFail`; of pulsed cells offers it to the write controller.
        public let write, writeBank, writeAddress, writeData, writeFail: Input
        /// Sets an entry of the list of row groups.
        public let listWrite, listAddress, listRows, listChunk, listLastOfFilter, listLast: Input
        /// Sets what an output channel's sums begin with and how they become codes.
        public let channelWrite, channelAddress, channelBias, channelMultiplier, channelShift: Input
        /// Sets a word of the descriptors.
        public let descriptorWrite, descriptorAddress, descriptorData: Input
        /// Sets a word of the activation memory; between networks only.
        public let activationWrite, activationBank, activationAddress, activationData: Input
        /// Runs the network from its first descriptor.
        public let start: Input
        /// Sensed bits that read wrong, a port a bank, taken at its latch edge.
        public let upset: [Input]
        /// Sets the counters and `saturated` to zero.
        public let clear: Input
        public let busy: Output
        /// One cycle when the network has ended.
        public let done: Output
        /// The layer that runs.
        public let layer: Output
        /// A word of the result, the sums of a layer that is not requantised.
        public let resultAddress: Input
        public let result: Output
        /// What is stored in this cycle: banks, their address, which codes of the word. The codes are one for each bank, of
        /// a pool the whole word.
        public let stored, storedAddress, storedMask, storedCodes, storedWord: Output
        /// A sum was beyond the accumulator.
        public let saturated: Output
        /// Clock edges while busy, and rows sensed.
        public let cycles, senses: Output
        /// A row that `write` shows is stored at the coming edge.
        public let rowReady: Output
        /// Asks for a word of the activation memory, which shows in the next cycle; between networks only.
        public let activationRead, activationReadBank, activationReadAddress: Input
        public let activationWord: Output
        /// In this cycle a row is passed over or issued without being sensed for want of activations; a row waits for its
        /// window, or for its bank, and for nothing else.
        public let skipped, windowStall, bankStall: Output
        /// The write controller of pulsed cells.
        public let writes: NetworkWrites?
        public let power: PowerPorts?
    }

    /// How the engine lives through failures of the supply. See `CheckpointController`.
    public struct PowerPorts: SignalBundle {
        /// Whether checkpoints are made; cycles from one to the next within a layer, 0 for none.
        public let enable = Input()
        public let interval = Input(32)
        /// The supply is about to fail; it fails in this cycle.
        public let warning = Input()
        public let cut = Input()
        /// Shadow cells whose write fails.
        public let fail: Input
        /// A network was resumed, in the cycle after a reset; the engine begins nothing.
        public let resumed = Output()
        public let held = Output()
        /// Checkpoints, shadow writes, and checkpoints given up, since the reset.
        public let commits = Output(32)
        public let writes = Output(32)
        public let aborts = Output(32)

        init(wordBits: Int) { fail = Input(wordBits) }
    }

    public func ports() -> Ports {
        let bankAddress = addressWidth(depth)
        return Ports(
            write: Input(), writeBank: Input(addressWidth(banks)), writeAddress: Input(addressWidth(bankRows)),
            writeData: Input(columns), writeFail: Input(columns), listWrite: Input(),
            listAddress: Input(addressWidth(entries)), listRows: Input(2 * planes),
            listChunk: Input(addressWidth(chunks)), listLastOfFilter: Input(), listLast: Input(),
            channelWrite: Input(), channelAddress: Input(addressWidth(channels)), channelBias: Input(32),
            channelMultiplier: Input(31), channelShift: Input(6), descriptorWrite: Input(),
            descriptorAddress: Input(addressWidth(descriptorWords)), descriptorData: Input(32),
            activationWrite: Input(), activationBank: Input(addressWidth(pixelLanes)),
            activationAddress: Input(bankAddress), activationData: Input(wordWidth), start: Input(),
            upset: (0..<banks).map { _ in Input(columns) }, clear: Input(), busy: Output(), done: Output(),
            layer: Output(addressWidth(layers + 1)), resultAddress: Input(addressWidth(channels)),
            result: Output(32), stored: Output(pixelLanes), storedAddress: Output(bankAddress),
            storedMask: Output(wordCodes), storedCodes: Output(pixelLanes * activationBits),
            storedWord: Output(wordWidth),
            saturated: Output(), cycles: Output(32), senses: Output(32), rowReady: Output(), activationRead: Input(),
            activationReadBank: Input(addressWidth(pixelLanes)), activationReadAddress: Input(bankAddress),
            activationWord: Output(wordWidth), skipped: Output(), windowStall: Output(), bankStall: Output(),
            writes: writePorts, power: isCheckpointed ? PowerPorts(wordBits: shadowWord) : nil)
    }

    var descriptorWords: Int { (layers + 1) * DescriptorField.stride }
}
