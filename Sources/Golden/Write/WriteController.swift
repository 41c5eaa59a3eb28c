/// Golden twin of Engine's `WriteController`: writes rows of junctions by pulses.
public struct WriteController: Behaviour {
    public struct Parameters: Hashable, Sendable {
        public var rows = 256
        public var columns = 64
        public var kind = CellKind.stt
        public var period = 3
        public var planes = 3
        public var longestPulse = 15
        public var amplitudes = 4
        public var mostRetries = 3

        public init() {}
    }

    public struct Inputs: PortRecord {
        public var host = WriteHost()
        public var senseReady = false
        public var row = BitRow.none
        public var writeReady = false
        public let parameters: Parameters

        public init(_ parameters: Parameters) { self.parameters = parameters }

        public func write(to record: inout RecordWriter) {
            host.write(to: &record, parameters)
            record.put(senseReady)
            record.put(row, columns: parameters.columns)
            record.put(writeReady)
        }
    }

    public let parameters: Parameters
    private var codes: PulseCodes
    private var account = WriteAccount()
    private var row: RowWrite
    private var string: StringWrite

    public init(_ parameters: Parameters) {
        self.parameters = parameters
        codes = PulseCodes(planes: parameters.planes)
        row = RowWrite(parameters)
        string = StringWrite(parameters)
    }

    private var isString: Bool { parameters.kind == .nandSpin }

    public var counters: WriteCounters { account.counters }
    /// The first write since the last `clear` that left wrong bits: its row, for strings the first wrong one, and how many.
    public var error: (address: Int, bits: Int)? { account.error.map { ($0.address, $0.bits) } }
    public var isBusy: Bool { isString ? string.isBusy : row.isBusy }
    public var isDone: Bool { ended != nil }
    /// Wrong bits of the write that ends in this cycle; nil in other cycles.
    public var ended: Int? { isString ? string.ended?.bits : row.ended?.bits }
    /// How often the write under way has pulsed wrong bits again.
    public var attempt: Int { isString ? string.attempt : row.attempt }
    /// Whether the row that was sensed is looked at in this cycle.
    public var takesRow: Bool { isString ? string.takesRow : row.takesRow }
    /// What is wanted of the bank.
    public var request: WriteToBank { isString ? string.request(codes) : row.request(codes) }

    /// Whether a request for the row would be accepted.
    public func isReady(address: Int) -> Bool {
        isString ? string.isReady(address: address) : !row.isBusy
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        writeHostOutputs(address: inputs.host.address, to: &record)
        request.write(to: &record, parameters)
    }

    /// The host's outputs.
    func writeHostOutputs(address: Int, to record: inout RecordWriter) {
        record.put(isReady(address: address))
        record.put(isBusy)
        record.put(isDone)
        record.put((ended ?? 0) > 0)
        record.put(account.error != nil)
        record.put(account.error?.address ?? 0)
        record.put(account.error?.bits ?? 0)
        account.counters.write(to: &record)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        clock(
            inputs.host, senseReady: inputs.senseReady, row: inputs.row, writeReady: inputs.writeReady, reset: reset)
    }

    public mutating func clock(
        _ host: WriteHost, senseReady: Bool, row sensed: BitRow, writeReady: Bool, reset: Bool
    ) {
        if isString {
            string.clock(host, codes, &account, senseReady: senseReady, row: sensed, writeReady: writeReady)
            if reset { string.reset() }
        } else {
            row.clock(host, codes, &account, senseReady: senseReady, row: sensed, writeReady: writeReady)
            if reset { row.reset() }
        }
        // The table is a memory, which a reset leaves alone.
        codes.take(host)
        if host.clear || reset { account = WriteAccount() }
    }
}
