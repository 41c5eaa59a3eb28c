/// Golden twin of Engine's `BankScheduler`: row k of an image goes to bank k mod banks as soon as that can sense.
public struct BankScheduler: Behaviour {
    public struct Inputs: PortRecord {
        public var valid = false
        public var last = false
        public var imageReady = false
        /// One bit a bank.
        public var bankReady = 0
        public init() {}
        public func write(to record: inout RecordWriter) {
            record.put(valid)
            record.put(last)
            record.put(imageReady)
            record.put(bankReady)
        }
    }

    let banks: Int
    let depth: Int
    let interval: Int
    /// Rows of the image that were issued.
    private var rank = 0
    /// Cycles before the datapath takes another row.
    private var wait = 0

    public init(banks: Int, depth: Int, interval: Int) {
        self.banks = banks
        self.depth = depth
        self.interval = interval
    }

    public var bank: Int { rank % banks }
    /// Row of the bank, in as many bits as an address has.
    public var address: Int { rank / banks & (addressSpace - 1) }
    public var isFirst: Bool { rank == 0 }
    private var addressSpace: Int { depth <= 2 ? 2 : 1 << (Int.bitWidth - (depth - 1).leadingZeroBitCount) }

    public func issues(valid: Bool, imageReady: Bool, bankReady: Bool) -> Bool {
        valid && imageReady && bankReady && wait == 0
    }

    private func issues(_ inputs: Inputs) -> Bool {
        issues(valid: inputs.valid, imageReady: inputs.imageReady, bankReady: inputs.bankReady >> bank & 1 == 1)
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(issues(inputs))
        record.put(bank)
        record.put(address)
        record.put(isFirst)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        clock(issue: issues(inputs), last: inputs.last, reset: reset)
    }

    public mutating func clock(issue: Bool, last: Bool, reset: Bool) {
        if reset {
            rank = 0
            wait = 0
        } else if issue {
            rank = last ? 0 : rank + 1
            wait = interval - 1
        } else if wait > 0 {
            wait -= 1
        }
    }
}
