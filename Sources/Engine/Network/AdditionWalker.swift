public import HDL

/// Walks two tensors of the same shape side by side, code by code: what a residual sum reads and where it stores.
///
/// Law: for each word of each bank both tensors' words are read, then their codes go to the adder one a cycle; a word takes
/// `wordCodes` + 2 cycles. Codes beyond a tensor's channels or pixels are added like others; nothing reads them.
public struct AdditionWalker: ConfigurableModule {
    public var wordCodes = 16
    public var activationBits = 8
    public var banks = 4
    public var depth = 1024
    /// 1: its place can be saved and restored.
    public var checkpoint = 0

    public init() {}

    public static var parameters: [Parameter<AdditionWalker>] {
        [
            Parameter("word-codes", \.wordCodes, 1...64, "codes of a memory word"),
            Parameter("activation-bits", \.activationBits, 1...8, "bits of an activation"),
            Parameter("banks", \.banks, 1...16, "banks of the activation memory"),
            Parameter("depth", \.depth, 2...65536, "words of a bank"),
        ]
    }

    public func checkRelations() throws(ParameterError) {
        if banks.nonzeroBitCount != 1 {
            throw .inconsistent(name: "banks", value: banks, reason: "allowed 1, 2, 4, 8, 16")
        }
    }

    /// The place of the next word.
    public var stateWidth: Int { addressWidth(depth) + 1 + addressWidth(banks) }

    public struct Ports: SignalBundle {
        /// Begins a layer of `words` words a bank.
        public let start, words: Input
        /// Where the tensors and their sum begin in each bank.
        public let firstBase, secondBase, resultBase: Input
        /// The word that was asked for in the cycle before; it stays until another one is asked for.
        public let word: Input
        public let read, readBank, readAddress: Output
        /// A pair of codes, and where their sum goes.
        public let valid, first, second: Output
        public let resultBank, resultAddress, resultCode, resultLast: Output
        /// Begins no other word; whether it waits to begin one. Restored with `start`.
        public let hold: Input?
        public let waiting: Output?
        public let checkpoint: CheckpointPorts?
    }

    public func ports() -> Ports {
        let address = addressWidth(depth)
        return Ports(
            start: Input(), words: Input(address + 1), firstBase: Input(address), secondBase: Input(address),
            resultBase: Input(address), word: Input(wordCodes * activationBits), read: Output(),
            readBank: Output(addressWidth(banks)), readAddress: Output(address), valid: Output(),
            first: Output(activationBits), second: Output(activationBits), resultBank: Output(addressWidth(banks)),
            resultAddress: Output(address), resultCode: Output(addressWidth(wordCodes)), resultLast: Output(),
            hold: checkpoint == 1 ? Input() : nil, waiting: checkpoint == 1 ? Output() : nil,
            checkpoint: .of(stateWidth, if: checkpoint == 1))
    }

    enum State: HardwareEnum {
        case idle, readFirst, readSecond, add
    }

    public func build(_ m: Builder<Ports>) {
        let address = addressWidth(depth)
        let offset = m.register("offset", address + 1)
        let bank = m.register("bank", addressWidth(banks))
        let code = m.register("code", addressWidth(wordCodes))
        let firstWord = m.register("first_word", wordCodes * activationBits)
        let isLastBank = banks == 1 ? m.constant(1, 1) : (bank == banks - 1).named("is_last_bank")
        let isLastWord = (isLastBank & (offset == m.words - 1)).named("is_last_word")
        let isLastCode = (code == wordCodes - 1).named("is_last_code")

        let state = m.stateMachine("state", reset: State.idle) { state, on in
            on.case(.idle) {
                when(m.start) {
                    offset.next(0)
                    bank.next(0)
                    state.next(.readFirst)
                }
            }
            on.case(.readFirst) {
                if let hold = m.hold {
                    when(!hold) { state.next(.readSecond) }
                } else {
                    state.next(.readSecond)
                }
            }
            on.case(.readSecond) {
                firstWord.next(m.word)
                state.next(.add)
            }
            on.case(.add) {
                code.next(mux(isLastCode, 0, code + 1))
                when(isLastCode) {
                    bank.next(mux(isLastBank, 0, bank + 1))
                    when(isLastBank) { offset.next(offset + 1) }
                    when(isLastWord) { state.next(.idle) }
                        .otherwise { state.next(.readFirst) }
                }
            }
        }
        let isFirstRead = (state == .readFirst).named("is_first_read")
        m.waiting?.drive(isFirstRead)
        if let port = m.checkpoint { SavedRegisters([offset, bank]).connect(to: port) }
        let place = offset.truncated(to: address)
        let base = mux(isFirstRead, m.firstBase, m.secondBase).named("base")
        m.read.drive(isFirstRead | (state == .readSecond))
        m.readBank.drive(bank)
        m.readAddress.drive(base + place)

        func chosen(_ word: Bits) -> Bits {
            select(code, (0..<wordCodes).map { word[$0 * activationBits..<($0 + 1) * activationBits] })
        }
        m.valid.drive(state == .add)
        m.first.drive(chosen(firstWord))
        m.second.drive(chosen(m.word))
        m.resultBank.drive(bank)
        m.resultAddress.drive(m.resultBase + place)
        m.resultCode.drive(code)
        m.resultLast.drive(isLastWord & isLastCode)
    }
}
