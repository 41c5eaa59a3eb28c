/// Golden twin of Engine's `BankWriter`: a bank with the controller that writes it, and a reader beside it.
public struct BankWriter: Behaviour {
    public struct Parameters: Hashable, Sendable {
        public var controller = WriteController.Parameters()
        public var phases = SensePhases()
        public var isDualRow = false

        public init() {}

        public var geometry: ArrayGeometry {
            ArrayGeometry(columns: controller.columns, kind: controller.kind, isDualRow: isDualRow)
        }
    }

    public struct Inputs: PortRecord {
        public var host = WriteHost()
        public var start = false
        public var address = 0
        public var secondAddress = 0
        public var dual = false
        public var failures = WriteFailureMasks()
        public var upset = BitRow.none
        public let parameters: Parameters

        public init(_ parameters: Parameters) { self.parameters = parameters }

        public func write(to record: inout RecordWriter) {
            host.write(to: &record, parameters.controller)
            record.put(start)
            record.put(address)
            if parameters.isDualRow {
                record.put(secondAddress)
                record.put(dual)
            }
            failures.write(to: &record, parameters.geometry)
            record.put(upset, columns: parameters.controller.columns)
        }
    }

    public let parameters: Parameters
    public private(set) var bank: Bank
    public private(set) var controller: WriteController

    public init(_ parameters: Parameters) {
        self.parameters = parameters
        bank = Bank(
            rows: parameters.controller.rows, columns: parameters.controller.columns, phases: parameters.phases,
            kind: parameters.controller.kind, isDualRow: parameters.isDualRow)
        controller = WriteController(parameters.controller)
    }

    /// Whether the reader may begin a sense.
    public func isReaderReady(address: Int, second: Int? = nil) -> Bool {
        let request = controller.request
        guard !request.sense else { return false }
        return bank.isReady(address: address, second: second, claimed: request.claim ? request.address : nil)
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        controller.writeHostOutputs(address: inputs.host.address, to: &record)
        record.put(isReaderReady(address: inputs.address, second: inputs.dual ? inputs.secondAddress : nil))
        record.put(bank.amplifiers.isInLatchPhase)
        record.put(bank.amplifiers.row, columns: parameters.controller.columns)
        let pulse = controller.request.pulse
        record.put(pulse != nil)
        record.put(pulse?.isLastCycle ?? false)
        if parameters.controller.amplitudes > 1 { record.put(pulse?.code.amplitude ?? 0) }
        if parameters.controller.kind == .complementary {
            record.put(bank.undecided, columns: parameters.controller.columns)
        }
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        let request = controller.request
        let isWriteReady = bank.isWriteReady(request.address)
        let (isFree, row) = (bank.amplifiers.isReady, bank.amplifiers.row)
        if request.sense {
            bank.clock(start: isFree, address: request.address, upset: inputs.upset, reset: reset)
        } else {
            bank.clock(
                start: inputs.start, address: inputs.address, second: inputs.dual ? inputs.secondAddress : nil,
                upset: inputs.upset, reset: reset)
        }
        if let pulse = request.pulse, pulse.isLastCycle {
            bank.pulse(pulse.junctions, at: request.address, failing: inputs.failures)
        }
        controller.clock(inputs.host, senseReady: isFree, row: row, writeReady: isWriteReady, reset: reset)
    }
}
