/// Golden twin of Engine's `RowScheduler`: row k of a pass goes to bank k mod banks at base + k / banks; idle
/// rows are passed over.
public struct RowScheduler: Behaviour {
    public struct Inputs: PortRecord {
        public var start = false
        public var base = 0
        public var valid = false
        public var last = false
        /// The row is to be passed over.
        public var idle = false
        public var windowReady = false
        /// Cycles, less one, that the row takes in the datapath.
        public var interval = 0
        /// One bit a bank.
        public var bankReady = 0
        public init() {}
        public func write(to record: inout RecordWriter) {
            record.put(start)
            record.put(base)
            record.put(valid)
            record.put(last)
            record.put(idle)
            record.put(windowReady)
            record.put(interval)
            record.put(bankReady)
        }
    }

    let banks: Int
    private let addressSpace: Int
    public private(set) var bank = 0
    public private(set) var address = 0
    private var wait = 0

    public init(banks: Int, depth: Int) {
        self.banks = banks
        addressSpace = Golden.addressSpace(depth)
    }

    public func issues(valid: Bool, windowReady: Bool, bankReady: Bool) -> Bool {
        valid && windowReady && bankReady && wait == 0
    }

    private func issues(_ inputs: Inputs) -> Bool {
        !inputs.idle
            && issues(
                valid: inputs.valid, windowReady: inputs.windowReady, bankReady: inputs.bankReady >> bank & 1 == 1)
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(issues(inputs))
        record.put(bank)
        record.put(address)
        record.put(takes(inputs))
        record.put(isWaitingForWindow(valid: inputs.valid, windowReady: inputs.windowReady))
        let isShown = inputs.valid && inputs.windowReady && !inputs.idle
        record.put(isWaitingForBank(shown: isShown, bankReady: inputs.bankReady >> bank & 1 == 1))
    }

    /// Whether a row waits for its window alone.
    func isWaitingForWindow(valid: Bool, windowReady: Bool) -> Bool { valid && !windowReady && wait == 0 }

    /// Whether a row that is to be sensed waits for its bank alone.
    func isWaitingForBank(shown: Bool, bankReady: Bool) -> Bool { shown && !bankReady && wait == 0 }

    private func takes(_ inputs: Inputs) -> Bool {
        issues(inputs) || (inputs.valid && inputs.windowReady && inputs.idle)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        if reset {
            (bank, address, wait) = (0, 0, 0)
        } else {
            clock(
                start: inputs.start, base: inputs.base, issue: issues(inputs), take: takes(inputs), last: inputs.last,
                interval: inputs.interval)
        }
    }

    /// The place of the next row.
    func save(to state: inout StateBits) {
        state.put(bank, Golden.addressWidth(banks))
        state.put(address, addressSpace.trailingZeroBitCount)
    }

    mutating func restore(from state: inout StateReader) {
        bank = state.take(Golden.addressWidth(banks))
        address = state.take(addressSpace.trailingZeroBitCount)
    }

    mutating func clock(start: Bool, base: Int, issue: Bool, take: Bool, last: Bool, interval: Int) {
        if start || (take && last) {
            (bank, address) = (0, base)
        } else if take {
            bank += 1
            if bank == banks {
                bank = 0
                address = (address + 1) & (addressSpace - 1)
            }
        }
        wait = issue ? interval : max(0, wait - 1)
    }
}
