/// Golden twin of Engine's `DotProductEngine`, cycle by cycle, made of the twins of its blocks.
public struct DotProductEngine: Behaviour {
    /// What the twin needs to know of the engine's parameters.
    public struct Parameters: Sendable {
        public var columns = 64
        public var banks = 4
        public var depth = 256
        public var phases = SensePhases()
        public var activationBits = 4
        public var planeLanes = 4
        public var planes = 3
        public var filters = 10
        public var chunks = 13
        public var accumulatorWidth = 20
        public var skips = true

        public init() {}

        public var planeGroups: Int { (activationBits + planeLanes - 1) / planeLanes }
    }

    public struct Inputs: PortRecord {
        public var write = false
        public var writeBank = 0
        public var writeAddress = 0
        public var writeData = BitRow.none
        public var writeFail = BitRow.none
        public var map = SparseSkipController.Inputs()
        public var valid = false
        public var planes: [BitRow]
        public var upset: [BitRow]
        public var clear = false
        let columns: Int
        let skips: Bool

        public init(_ parameters: Parameters) {
            columns = parameters.columns
            skips = parameters.skips
            planes = Array(repeating: .none, count: parameters.activationBits)
            upset = Array(repeating: .none, count: parameters.banks)
        }

        public func write(to record: inout RecordWriter) {
            record.put(write)
            record.put(writeBank)
            record.put(writeAddress)
            record.put(writeData, columns: columns)
            record.put(writeFail, columns: columns)
            if skips {
                record.put(map.mapWrite)
                record.put(map.mapAddress)
                record.put(map.mapRows)
                record.put(map.mapFilter)
                record.put(map.mapChunk)
            }
            record.put(valid)
            for plane in planes { record.put(plane, columns: columns) }
            for mask in upset { record.put(mask, columns: columns) }
            record.put(clear)
        }
    }

    public let parameters: Parameters
    var buffer: ActivationBuffer
    var controller: SparseSkipController
    var sequencer: DenseSequencer
    var scheduler: BankScheduler
    var banks: [Bank]
    var datapath: AndAccumulate
    /// Rows under way, the one issued last at the end; as many as a sense takes edges.
    var sensing: DelayLine<Token>
    /// The row in the datapath and the number of its next plane group, where there are several.
    var held = Token()
    var planeGroup = 0
    var isRunning = false
    public internal(set) var cycles: UInt32 = 0
    public internal(set) var senses: UInt32 = 0
    /// Image that the next issued row belongs to.
    var imageNumber = 0
    /// What each bank is sensing.
    var sensedRows: [LogicalSense?]

    public init(_ parameters: Parameters) {
        self.parameters = parameters
        buffer = ActivationBuffer(
            columns: parameters.columns, chunks: parameters.chunks, activationBits: parameters.activationBits,
            planeLanes: parameters.planeLanes)
        controller = SparseSkipController(groups: parameters.filters * parameters.chunks, planes: parameters.planes)
        sequencer = DenseSequencer(
            planes: parameters.planes, filters: parameters.filters, chunks: parameters.chunks)
        scheduler = BankScheduler(
            banks: parameters.banks, depth: parameters.depth, interval: parameters.planeGroups)
        let bank = Bank(rows: parameters.depth, columns: parameters.columns, phases: parameters.phases)
        banks = Array(repeating: bank, count: parameters.banks)
        datapath = AndAccumulate(
            planeLanes: parameters.planeLanes, filters: parameters.filters,
            accumulatorWidth: parameters.accumulatorWidth)
        sensing = DelayLine(length: parameters.phases.period + 1, idle: Token())
        sensedRows = Array(repeating: nil, count: parameters.banks)
    }

    public var isReady: Bool { buffer.isReady }
    public var isDone: Bool { datapath.isDone }
    /// Two's complement sums, one a filter; an image's result while `isDone`.
    public var sums: [Int64] { datapath.sums }

    /// The logical sense that the coming edge latches in a bank; nil when it latches nothing, or an empty row.
    @inline(__always)
    public func latchingSense(bank: Int) -> LogicalSense? {
        banks[bank].amplifiers.isLatching ? sensedRows[bank] : nil
    }

    /// Whether the coming edge latches a row in a bank.
    public func isLatching(bank: Int) -> Bool { banks[bank].amplifiers.isLatching }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(isReady)
        datapath.writeOutputs(to: &record)
        record.put(Int(cycles))
        record.put(Int(senses))
        var precharge = 0
        var evaluate = 0
        var latch = 0
        for (number, bank) in banks.enumerated() {
            if bank.amplifiers.isPrecharging { precharge |= 1 << number }
            if bank.amplifiers.isEvaluating { evaluate |= 1 << number }
            if bank.amplifiers.isInLatchPhase { latch |= 1 << number }
        }
        record.put(precharge)
        record.put(evaluate)
        record.put(latch)
    }
}

/// A read of one row by one image, counted whether the row is skipped or not: what the chance events are keyed by.
public struct LogicalSense: Hashable, Sendable {
    public let image: Int
    /// Number of the row in the whole layer: ((filter × chunks + chunk) × planes + plane) × 2 + sign.
    public let row: Int

    public init(image: Int, row: Int) {
        self.image = image
        self.row = row
    }
}
