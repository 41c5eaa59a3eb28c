/// Golden twin of Engine's `NetworkEngine`, cycle by cycle, made of the twins of its blocks.
public struct NetworkEngine: Behaviour {
    /// What the twin needs to know of the engine's parameters.
    public struct Parameters: Sendable {
        public var banks = 4
        public var bankRows = 1024
        public var phases = SensePhases()
        public var window = WindowBuffer.Parameters()
        public var wordCodes = 16
        public var depth = 1024
        public var planes = 7
        public var entries = 4096
        public var channels = 256
        public var layers = 16
        public var accumulatorWidth = 32
        public var poolArea = 64
        /// Shadow words of an engine whose networks outlive power failures; its `state` is computed.
        public var checkpoint: CheckpointController.Parameters?
        public var kind = CellKind.ideal
        public var longestPulse = 15
        public var mostRetries = 3

        public init() {}

        public var columns: Int { window.columns }
        public var pixels: Int { window.pixels }
        public var pixelLanes: Int { window.pixelLanes }

        var gatherer: WindowGatherer.Parameters {
            var gatherer = WindowGatherer.Parameters()
            gatherer.columns = window.columns
            gatherer.wordCodes = wordCodes
            gatherer.activationBits = window.activationBits
            gatherer.depth = depth
            gatherer.pixels = window.pixels
            gatherer.pixelLanes = window.pixelLanes
            gatherer.chunks = window.chunks
            return gatherer
        }

        var datapath: PixelAccumulate.Parameters {
            var datapath = PixelAccumulate.Parameters()
            datapath.columns = window.columns
            datapath.planeLanes = window.planeLanes
            datapath.activationBits = window.activationBits
            datapath.planes = planes
            datapath.pixels = window.pixels
            datapath.pixelLanes = window.pixelLanes
            datapath.accumulatorWidth = accumulatorWidth
            return datapath
        }
    }

    public struct Inputs: PortRecord {
        public var write = false
        public var writeBank = 0
        public var writeAddress = 0
        public var writeData = BitRow.none
        public var writeFail = BitRow.none
        public var listWrite = false
        public var listAddress = 0
        public var entry = RowListController.Entry()
        public var channelWrite = false
        public var channelAddress = 0
        public var channel = ChannelScale()
        public var descriptorWrite = false
        public var descriptorAddress = 0
        public var descriptorData: UInt32 = 0
        public var activationWrite = false
        public var activationBank = 0
        public var activationAddress = 0
        public var activationData = CodeWord()
        public var start = false
        public var upset: [BitRow]
        public var clear = false
        public var resultAddress = 0
        /// Asks for a word of the activation memory.
        public var activationRead = false
        public var activationReadBank = 0
        public var activationReadAddress = 0
        /// Of an engine with checkpoints.
        public var power: CheckpointController.Control?
        /// Settings of the write controller of pulsed cells, and failures other than `writeFail`.
        public var writes = WriteHost()
        public var failures = WriteFailureMasks()
        private let writing: WriteController.Parameters
        let columns: Int
        let wordCodes: Int
        let activationBits: Int

        public init(_ parameters: Parameters) {
            columns = parameters.columns
            writing = parameters.writes
            wordCodes = parameters.wordCodes
            activationBits = parameters.window.activationBits
            upset = Array(repeating: .none, count: parameters.banks)
            power = parameters.checkpoint.map { _ in CheckpointController.Control() }
        }

        public func write(to record: inout RecordWriter) {
            record.put(write)
            record.put(writeBank)
            record.put(writeAddress)
            record.put(writeData, columns: columns)
            record.put(writeFail, columns: columns)
            record.put(listWrite)
            record.put(listAddress)
            record.put(entry.rows)
            record.put(entry.chunk)
            record.put(entry.isLastOfFilter)
            record.put(entry.isLast)
            record.put(channelWrite)
            record.put(channelAddress)
            record.put(Int(UInt32(bitPattern: channel.bias)))
            record.put(Int(channel.multiplier))
            record.put(channel.shift & 63)
            record.put(descriptorWrite)
            record.put(descriptorAddress)
            record.put(Int(descriptorData))
            record.put(activationWrite)
            record.put(activationBank)
            record.put(activationAddress)
            record.put(activationData, count: wordCodes, bits: activationBits)
            record.put(start)
            for mask in upset { record.put(mask, columns: columns) }
            record.put(clear)
            record.put(resultAddress)
            record.put(activationRead)
            record.put(activationReadBank)
            record.put(activationReadAddress)
            if writing.kind.isPulsed {
                writes.writeSettings(to: &record, writing)
                failures.writeOthers(to: &record, ArrayGeometry(columns: columns, kind: writing.kind))
            }
            if let power {
                record.put(power.enable)
                record.put(power.interval)
                record.put(power.warning)
                record.put(power.cut)
                record.put(power.fail)
            }
        }
    }

    /// What an output channel's sums begin with, and how they become codes.
    public struct ChannelScale: Hashable, Sendable {
        public var bias: Int32 = 0
        public var multiplier: Int32 = 0
        /// −31 to 30.
        public var shift = 0

        public init(bias: Int32 = 0, multiplier: Int32 = 0, shift: Int = 0) {
            self.bias = bias
            self.multiplier = multiplier
            self.shift = shift
        }
    }

    public let parameters: Parameters
    var sequencer: LayerSequencer
    var gatherer: WindowGatherer
    var window: WindowBuffer
    var list: RowListController
    var scheduler: RowScheduler
    var banks: [Bank]
    var sensing: TokenDelay
    var steps: RowSteps
    var datapath: PixelAccumulate
    var output: OutputStage
    var pooling: PoolingStage
    var addition: AdditionStage
    /// Words of the activation memory, bank by bank.
    var activations: [CodeWord]
    /// The word that the gatherer asked for, and the one that it takes at the coming edge.
    var readWord = CodeWord()
    var gatheredWord = CodeWord()
    /// Whether the host asked for a word at the edge before.
    var isHostWord = false
    var results: [Int32]
    public internal(set) var cycles: UInt32 = 0
    public internal(set) var senses: UInt32 = 0
    /// What each bank is sensing.
    var sensed: [EngineSense?]
    var counter = SenseCounter()
    var checkpoint: CheckpointController?
    /// Cycles until the codes of the rows that were issued are stored.
    var drainingRows = 0
    /// What was counted before the last failure of the supply.
    var lostEvents = PowerEvents()
    /// What writes pulsed cells; nil for ideal ones.
    var writer: WriteStage?

    public init(_ parameters: Parameters) {
        self.parameters = parameters
        sequencer = LayerSequencer(layers: parameters.layers)
        gatherer = WindowGatherer(parameters.gatherer)
        window = WindowBuffer(parameters.window)
        list = RowListController(entries: parameters.entries, planes: parameters.planes)
        scheduler = RowScheduler(banks: parameters.banks, depth: parameters.bankRows)
        let bank = Bank(
            rows: parameters.bankRows, columns: parameters.columns, phases: parameters.phases, kind: parameters.kind)
        writer = parameters.kind.isPulsed ? WriteStage(parameters) : nil
        banks = Array(repeating: bank, count: parameters.banks)
        sensing = TokenDelay(length: parameters.phases.period + 1)
        steps = RowSteps(planeGroups: parameters.window.planeGroups)
        datapath = PixelAccumulate(parameters.datapath)
        output = OutputStage(parameters)
        pooling = PoolingStage(parameters)
        addition = AdditionStage(parameters)
        activations = Array(repeating: CodeWord(), count: parameters.pixelLanes * parameters.depth)
        results = Array(repeating: 0, count: parameters.channels)
        sensed = Array(repeating: nil, count: parameters.banks)
        if var shadow = parameters.checkpoint {
            shadow.state = parameters.stateWidth
            checkpoint = CheckpointController(shadow)
        }
    }

    public var isBusy: Bool { sequencer.isBusy }
    public var isDone: Bool { sequencer.isDone }
    /// The layer that runs.
    public var layer: Int { sequencer.layer }
    public var isSaturated: Bool { datapath.isSaturated }
    /// Sums of the layer that is not requantised, by channel of the network.
    public func result(_ channel: Int) -> Int32 { channel < results.count ? results[channel] : 0 }
    /// A word of the activation memory.
    public func activation(bank: Int, address: Int) -> CodeWord { activations[bank * parameters.depth + address] }

    /// The word that the host asked for in the cycle before; zero if it asked for none.
    var hostWord: CodeWord { isHostWord ? readWord : CodeWord() }
    /// Whether a row on the write ports is taken at the coming edge.
    func isRowReady(_ inputs: Inputs) -> Bool { isWriteReady(inputs) }

    /// The sense that the coming edge latches in a bank; nil when it latches nothing, or an empty row.
    @inline(__always)
    public func latchingSense(bank: Int) -> EngineSense? {
        banks[bank].amplifiers.isLatching ? sensed[bank] : nil
    }

    /// The cells of the row that the coming edge latches in a bank.
    public func latchingCells(bank: Int) -> BitRow { banks[bank].selectedCells }

    /// Whether the coming edge latches a row in a bank.
    public func isLatching(bank: Int) -> Bool { banks[bank].amplifiers.isLatching }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(isBusy)
        record.put(isDone)
        record.put(layer)
        record.put(Int(UInt32(bitPattern: result(inputs.resultAddress))))
        writeStored(to: &record)
        record.put(isSaturated)
        record.put(Int(cycles))
        record.put(Int(senses))
        record.put(isRowReady(inputs))
        record.put(hostWord, count: parameters.wordCodes, bits: parameters.window.activationBits)
        let events = events
        record.put(events.skipped)
        record.put(events.windowStall)
        record.put(events.bankStall)
        writer?.writeOutputs(for: inputs, isOpen: isOpenForWrites(inputs), to: &record)
        writePower(to: &record)
    }

    /// Where computed codes go in this cycle.
    var storedAddress: Int {
        if pooling.isResult { return pooling.resultAddress }
        return addition.isResult ? addition.resultAddress : output.storedAddress
    }
    var storedCode: Int { addition.isResult ? addition.resultCode : output.storedCode }

    private func writeStored(to record: inout RecordWriter) {
        var banks = output.storedLanes
        if pooling.isResult { banks |= 1 << UInt64(pooling.resultBank) }
        if addition.isResult { banks |= 1 << UInt64(addition.resultBank) }
        record.put(banks & (1 << UInt64(parameters.pixelLanes) - 1))
        record.put(storedAddress)
        let all = UInt64.max >> UInt64(64 - parameters.wordCodes)
        record.put(pooling.isResult ? all : storedCode < parameters.wordCodes ? 1 << UInt64(storedCode) : 0)
        var codes = CodeWord()
        for lane in 0..<parameters.pixelLanes {
            codes[lane] = addition.isResult ? addition.code : output.code(lane: lane)
        }
        record.put(codes, count: parameters.pixelLanes, bits: parameters.window.activationBits)
        record.put(pooling.result, columns: parameters.wordCodes * parameters.window.activationBits)
    }
}
