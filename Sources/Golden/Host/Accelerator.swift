/// Golden twin of Engine's `Accelerator`: the network engine behind the buses of a host.
public struct Accelerator: Behaviour {
    public struct Inputs: PortRecord {
        public var bus = RegisterBusInputs()
        public var load = StreamInputs()
        public var resultsReady = false
        public var writeFail = BitRow.none
        public var upset: [BitRow]
        let columns: Int

        public init(_ parameters: NetworkEngine.Parameters) {
            columns = parameters.columns
            upset = Array(repeating: .none, count: parameters.banks)
        }

        public func write(to record: inout RecordWriter) {
            bus.write(to: &record)
            load.write(to: &record)
            record.put(resultsReady)
            record.put(writeFail, columns: columns)
            for mask in upset { record.put(mask, columns: columns) }
        }
    }

    /// What the performance counters count.
    public enum Counter: Int, CaseIterable, Sendable {
        case cycles, senses, skippedSenses, windowStalls, bankStalls, loadStalls, resultStalls, images, packets, errors
    }

    public let parameters: NetworkEngine.Parameters
    public internal(set) var engine: NetworkEngine
    public internal(set) var receiver: PacketReceiver
    public internal(set) var streamer: ResultStreamer
    public internal(set) var bus = RegisterBus()
    var registers = AcceleratorRegisters()
    var loadSlice = SkidBuffer<StreamWord>()
    var engineInputs: NetworkEngine.Inputs
    var receiverInputs = PacketReceiver.Inputs()
    var streamerInputs: ResultStreamer.Inputs
    var isStartPending = false
    public internal(set) var isDone = false
    var wasSaturated = false
    public internal(set) var lastError = HostError.none
    public internal(set) var lastErrorLayer = 0
    /// Those that are not the engine's own.
    var counts: [UInt32] = Array(repeating: 0, count: Counter.allCases.count)
    /// The words of the parameter registers by offset.
    let constants: [Int: UInt32]

    public init(_ parameters: NetworkEngine.Parameters) {
        self.parameters = parameters
        engine = NetworkEngine(parameters)
        receiver = PacketReceiver(PacketReceiver.Parameters(parameters))
        streamer = ResultStreamer(ResultStreamer.Parameters(parameters))
        engineInputs = NetworkEngine.Inputs(parameters)
        streamerInputs = ResultStreamer.Inputs(streamer.parameters)
        constants = Self.constants(parameters)
    }

    private static func constants(_ parameters: NetworkEngine.Parameters) -> [Int: UInt32] {
        func fields(_ values: (Int, at: Int)...) -> UInt32 { values.reduce(0) { $0 | UInt32($1.0) << UInt32($1.at) } }
        return [
            0x00: 0x4857_474e, 0x04: 1,
            0x08: fields((parameters.columns, 0), (parameters.banks, 16), (parameters.planes + 1, 24)),
            0x0c: UInt32(parameters.bankRows),
            0x10: fields(
                (parameters.wordCodes, 0), (parameters.window.activationBits, 8), (parameters.pixelLanes, 16)),
            0x14: UInt32(parameters.depth), 0x18: UInt32(parameters.window.chunks), 0x1c: UInt32(parameters.entries),
            0x20: UInt32(parameters.channels), 0x24: fields((parameters.layers, 0), (parameters.accumulatorWidth, 16)),
        ]
    }

    /// From the start to the last word of the results.
    public var isBusy: Bool { isStartPending || engine.isBusy || streamer.isBusy }
    /// Whether a row is shown to the array.
    public var isWritingRow: Bool { receiver.isItemValid && receiver.item.target == PacketTarget.rows.rawValue }
    public var isLoadReady: Bool { loadSlice.isReady }
    public var isInterrupt: Bool { !registers.pending.intersection(registers.enabled).isEmpty }

    public func count(_ counter: Counter) -> UInt32 {
        switch counter {
        case .cycles: engine.cycles
        case .senses: engine.senses
        default: counts[counter.rawValue]
        }
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        bus.writeOutputs(to: &record)
        record.put(isLoadReady)
        streamer.writeResults(to: &record)
        record.put(isInterrupt)
    }

    /// What a word of the registers holds; nil where there is none.
    func word(_ offset: Int) -> UInt32? {
        if let value = constants[offset] ?? registers.word(offset) { return value }
        switch offset {
        case HostRegister.status:
            return [isBusy, isDone, receiver.isReceiving, streamer.isBusy, engine.isSaturated].enumerated().reduce(
                UInt32(engine.layer) << 16
            ) { $0 | ($1.element ? 1 : 0) << UInt32($1.offset) }
        case HostRegister.error:
            return UInt32(lastErrorLayer) << 16 | UInt32(lastError.rawValue)
        default:
            let number = (offset - HostRegister.counters) / 4
            return offset < HostRegister.counters ? nil : Counter(rawValue: number).map(count)
        }
    }
}

extension PacketReceiver.Parameters {
    /// The memories of an engine.
    public init(_ engine: NetworkEngine.Parameters) {
        self.init()
        rows = .init(banks: engine.banks, depth: engine.bankRows, words: (engine.columns + 31) / 32)
        list = .init(depth: engine.entries)
        channels = .init(depth: engine.channels, words: 3)
        descriptors = .init(depth: (engine.layers + 1) * DescriptorField.stride)
        activations = .init(
            banks: engine.pixelLanes, depth: engine.depth,
            words: (engine.wordCodes * engine.window.activationBits + 31) / 32)
    }
}

extension ResultStreamer.Parameters {
    /// The memories of an engine.
    public init(_ engine: NetworkEngine.Parameters) {
        self.init()
        channels = engine.channels
        depth = engine.depth
        banks = engine.pixelLanes
        wordCodes = engine.wordCodes
        activationBits = engine.window.activationBits
    }
}
