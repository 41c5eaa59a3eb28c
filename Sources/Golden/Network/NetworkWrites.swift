/// The part of a `NetworkEngine` of pulsed cells that writes rows: one controller for all banks, between networks.
struct WriteStage {
    private(set) var controller: WriteController
    private let banks: Int
    /// Addresses of a bank.
    private let space: Int
    private let hasAmplitudes: Bool
    /// What the controller wants, and how its bank is, before the coming edge.
    private(set) var request = WriteToBank()
    private var isFree = true
    private var isWriteReady = true
    private var row = BitRow.none

    init(_ parameters: NetworkEngine.Parameters) {
        controller = WriteController(parameters.writes)
        banks = parameters.banks
        space = addressSpace(parameters.bankRows)
        hasAmplitudes = parameters.writes.amplitudes > 1
    }

    var isBusy: Bool { controller.isBusy }
    private var bank: Int { request.address / space }
    private var address: Int { request.address % space }

    /// The row that the controller senses in a bank from the coming edge on.
    func sensedAddress(bank number: Int) -> Int? { request.sense && bank == number && isFree ? address : nil }

    /// Looks at the banks before the edge; one that there is not keeps nothing waiting.
    mutating func look(_ cells: [Bank]) {
        request = controller.request
        let exists = bank < cells.count
        isFree = exists ? cells[bank].amplifiers.isReady : true
        isWriteReady = exists ? cells[bank].isWriteReady(address) : true
        row = exists ? cells[bank].amplifiers.row : .none
    }

    /// The edge: what a pulse moves, and the controller.
    mutating func clock(_ inputs: NetworkEngine.Inputs, _ cells: inout [Bank], isOpen: Bool, reset: Bool) {
        if let pulse = request.pulse, pulse.isLastCycle, bank < cells.count {
            var failing = inputs.failures
            failing.first = inputs.writeFail
            cells[bank].pulse(pulse.junctions, at: address, failing: failing)
        }
        controller.clock(
            host(inputs, isOpen: isOpen), senseReady: isFree, row: row, writeReady: isWriteReady, reset: reset)
    }

    /// The request that stands on the engine's write ports.
    private func host(_ inputs: NetworkEngine.Inputs, isOpen: Bool) -> WriteHost {
        var host = inputs.writes
        host.valid = inputs.write && isOpen
        host.address = inputs.writeBank * space + inputs.writeAddress
        host.data = inputs.writeData
        host.clear = inputs.clear
        return host
    }

    func isReady(_ inputs: NetworkEngine.Inputs, isOpen: Bool) -> Bool {
        isOpen && controller.isReady(address: inputs.writeBank * space + inputs.writeAddress)
    }

    func writeOutputs(for inputs: NetworkEngine.Inputs, isOpen: Bool, to record: inout RecordWriter) {
        record.put(isReady(inputs, isOpen: isOpen))
        record.put(controller.isBusy)
        record.put(controller.isDone)
        record.put((controller.ended ?? 0) > 0)
        record.put(controller.error != nil)
        record.put((controller.error?.address ?? 0) / space)
        record.put((controller.error?.address ?? 0) % space)
        record.put(controller.error?.bits ?? 0)
        controller.counters.write(to: &record)
        let pulse = controller.request.pulse
        record.put(pulse != nil)
        record.put(pulse?.isLastCycle ?? false)
        record.put(pulse?.code.amplitude ?? 0)
    }
}

extension NetworkEngine.Parameters {
    /// The write controller's parameters: a row's address has its bank's number above that in the bank.
    public var writes: WriteController.Parameters {
        var writes = WriteController.Parameters()
        writes.rows = addressSpace(banks) * addressSpace(bankRows)
        writes.columns = columns
        writes.kind = kind
        writes.period = phases.period
        writes.planes = planes
        writes.longestPulse = longestPulse
        writes.mostRetries = mostRetries
        return writes
    }

    /// The controller's address of a row.
    public func writeAddress(bank: Int, row: Int) -> Int { bank * addressSpace(bankRows) + row }
}

extension NetworkEngine {
    /// The controller that writes rows; nil for ideal cells.
    public var writeController: WriteController? { writer?.controller }

    /// Whether rows may be written: no network runs or starts.
    func isOpenForWrites(_ inputs: Inputs) -> Bool { !isBusy && !inputs.start }

    /// Whether the row on the write ports is taken in this cycle.
    public func isWriteReady(_ inputs: Inputs) -> Bool {
        writer?.isReady(inputs, isOpen: isOpenForWrites(inputs)) ?? true
    }

    /// The cells of a row, by the controller's address; none for a row that there is not.
    public func cells(writeAddress: Int) -> BitRow {
        let space = addressSpace(parameters.bankRows)
        guard writeAddress / space < banks.count else { return .none }
        return banks[writeAddress / space].array.cells(writeAddress % space)
    }
}
