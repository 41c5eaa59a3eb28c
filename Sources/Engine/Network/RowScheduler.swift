public import HDL

/// Issues the rows of a layer's passes to interleaved banks: row k of a pass lies in bank k mod banks at base + k / banks.
///
/// Law: a row is issued as soon as its bank can sense, the window is there, and the datapath is done with the row before,
/// which takes `interval` + 1 cycles; a row that is idle is passed over as soon as the window is there.
public struct RowScheduler: ConfigurableModule {
    public var banks = 4
    /// Rows of a bank.
    public var depth = 256
    /// Cycles that the datapath takes for a row at most.
    public var intervals = 8
    /// 1: its place can be saved and restored.
    public var checkpoint = 0

    public init() {}

    public static var parameters: [Parameter<RowScheduler>] {
        [
            Parameter("banks", \.banks, 1...16, "interleaved banks"),
            Parameter("depth", \.depth, 2...65536, "rows of a bank"),
            Parameter("intervals", \.intervals, 1...64, "cycles of a row in the datapath at most"),
        ]
    }

    /// The place of the next row.
    public var stateWidth: Int { addressWidth(banks) + addressWidth(depth) }

    public struct Ports: SignalBundle {
        /// Goes to the layer's first row.
        public let start, base: Input
        /// A row is waiting, and whether it is the pass's last.
        public let valid, last: Input
        /// The row has nothing to add and nothing to end: it is not sensed.
        public let idle: Input
        /// The pass's window is complete.
        public let windowReady: Input
        /// Cycles, less one, that the row takes in the datapath.
        public let interval: Input
        /// One bit a bank: it can start a sense.
        public let bankReady: Input
        /// The row goes to `bank` at `address` in this cycle.
        public let issue, bank, address: Output
        /// The row is issued or passed over: the next one is to be shown.
        public let take: Output
        /// The row waits for its window, or for its bank, and for nothing else.
        public let windowWait, bankWait: Output
        /// Restored with `start`.
        public let checkpoint: CheckpointPorts?
    }

    public func ports() -> Ports {
        Ports(
            start: Input(), base: Input(addressWidth(depth)), valid: Input(), last: Input(), idle: Input(),
            windowReady: Input(),
            interval: Input(addressWidth(intervals)), bankReady: Input(banks), issue: Output(),
            bank: Output(addressWidth(banks)), address: Output(addressWidth(depth)), take: Output(),
            windowWait: Output(), bankWait: Output(), checkpoint: .of(stateWidth, if: checkpoint == 1))
    }

    public func build(_ m: Builder<Ports>) {
        let bank = m.register("bank", addressWidth(banks))
        let address = m.register("address", addressWidth(depth))
        let wait = m.register("wait_cycles", addressWidth(intervals))
        let isBankReady = (banks == 1 ? m.bankReady : m.bankReady[bank]).named("is_bank_ready")
        let isShown = (m.valid & m.windowReady).named("is_shown")
        let isDatapathFree = (wait == 0).named("is_datapath_free")
        let isDue = (isShown & !m.idle & isDatapathFree).named("is_due")
        let issue = (isDue & isBankReady).named("issue_row")
        let take = (issue | (isShown & m.idle)).named("take_row")

        when(m.start) {
            bank.next(0)
            address.next(m.base)
        }.elseWhen(take) {
            when(m.last) {
                bank.next(0)
                address.next(m.base)
            }.elseWhen(bank == banks - 1) {
                bank.next(0)
                address.next(address + 1)
            }.otherwise {
                bank.next(bank + 1)
            }
        }
        when(issue) { wait.next(m.interval) }
            .elseWhen(wait != 0) { wait.next(wait - 1) }

        if let port = m.checkpoint { SavedRegisters([bank, address]).connect(to: port) }
        m.issue.drive(issue)
        m.bank.drive(bank)
        m.address.drive(address)
        m.take.drive(take)
        m.windowWait.drive(m.valid & !m.windowReady & isDatapathFree)
        m.bankWait.drive(isDue & !isBankReady)
    }
}
