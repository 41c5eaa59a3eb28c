public import HDL

/// Issues rows to interleaved banks. The rows of an image lie round robin over the banks, row k in bank
/// `k mod banks` at address `k / banks`; each is issued as soon as its bank can sense, at most one an `interval`.
public struct BankScheduler: ConfigurableModule {
    public var banks = 4
    /// Rows of a bank.
    public var depth = 256
    /// Least cycles from one row to the next: what the datapath needs for a row.
    public var interval = 1

    public init() {}

    public static var parameters: [Parameter<BankScheduler>] {
        [
            Parameter("banks", \.banks, 1...16, "interleaved banks"),
            Parameter("depth", \.depth, 2...65536, "rows of a bank"),
            Parameter("interval", \.interval, 1...8, "least cycles from row to row"),
        ]
    }

    public struct Ports: SignalBundle {
        /// A row is waiting, and whether it is the image's last.
        public let valid, last: Input
        /// The image's activations are there.
        public let imageReady: Input
        /// One bit a bank: it can start a sense.
        public let bankReady: Input
        /// The row goes to `bank` at `address` in this cycle.
        public let issue, bank, address: Output
        /// The row is the image's first.
        public let first: Output
    }

    public func ports() -> Ports {
        Ports(
            valid: Input(), last: Input(), imageReady: Input(), bankReady: Input(banks), issue: Output(),
            bank: Output(addressWidth(banks)), address: Output(addressWidth(depth)), first: Output())
    }

    public func build(_ m: Builder<Ports>) {
        let bank = m.register("bank", addressWidth(banks))
        let address = m.register("address", addressWidth(depth))
        let first = m.register("first", reset: 1)
        let isBankReady = (banks == 1 ? m.bankReady : m.bankReady[bank]).named("is_bank_ready")
        var issue = m.valid & m.imageReady & isBankReady

        if interval > 1 {
            let wait = m.register("wait_cycles", addressWidth(interval))
            issue = issue & (wait == 0)
            when(issue) { wait.next(interval - 1) }
                .elseWhen(wait != 0) { wait.next(wait - 1) }
        }
        issue = issue.named("issue_row")

        when(issue) {
            first.next(m.last)
            when(m.last) {
                bank.next(0)
                address.next(0)
            }.elseWhen(bank == banks - 1) {
                bank.next(0)
                address.next(address + 1)
            }.otherwise {
                bank.next(bank + 1)
            }
        }
        m.issue.drive(issue)
        m.bank.drive(bank)
        m.address.drive(address)
        m.first.drive(first)
    }
}
