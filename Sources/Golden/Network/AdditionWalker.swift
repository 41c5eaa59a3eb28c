/// Golden twin of Engine's `AdditionWalker`: walks two tensors side by side, code by code.
public struct AdditionWalker: Behaviour {
    public struct Inputs: PortRecord {
        public var start = false
        public var words = 0
        public var firstBase = 0
        public var secondBase = 0
        public var resultBase = 0
        public var word = CodeWord()
        let wordCodes: Int
        let activationBits: Int

        public init(wordCodes: Int, activationBits: Int) {
            self.wordCodes = wordCodes
            self.activationBits = activationBits
        }

        public func write(to record: inout RecordWriter) {
            record.put(start)
            record.put(words)
            record.put(firstBase)
            record.put(secondBase)
            record.put(resultBase)
            record.put(word, count: wordCodes, bits: activationBits)
        }
    }

    private enum State { case idle, readFirst, readSecond, add }

    private let wordCodes: Int
    private let banks: Int
    private let addressSpace: Int
    private var state = State.idle
    private var offset = 0
    private(set) var bank = 0
    private(set) var code = 0
    private var firstWord = CodeWord()

    public init(wordCodes: Int, banks: Int, depth: Int) {
        self.wordCodes = wordCodes
        self.banks = banks
        addressSpace = Golden.addressSpace(depth)
    }

    public var isIdle: Bool { state == .idle }
    var isValid: Bool { state == .add }
    var first: UInt8 { firstWord[code] }
    func isLast(words: Int) -> Bool { bank == banks - 1 && offset == words - 1 && code == wordCodes - 1 }
    func resultAddress(base: Int) -> Int { (base + offset) & (addressSpace - 1) }

    private func address(firstBase: Int, secondBase: Int) -> Int {
        ((state == .readFirst ? firstBase : secondBase) + offset) & (addressSpace - 1)
    }

    /// Bank and address of the word that is asked for; nil where none is.
    func request(firstBase: Int, secondBase: Int) -> (bank: Int, address: Int)? {
        state == .readFirst || state == .readSecond
            ? (bank, address(firstBase: firstBase, secondBase: secondBase)) : nil
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(state == .readFirst || state == .readSecond)
        record.put(bank)
        record.put(address(firstBase: inputs.firstBase, secondBase: inputs.secondBase))
        record.put(isValid)
        record.put(Int(first))
        record.put(Int(inputs.word[code]))
        record.put(bank)
        record.put(resultAddress(base: inputs.resultBase))
        record.put(code)
        record.put(isLast(words: inputs.words))
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        if reset {
            self = Self(wordCodes: wordCodes, banks: banks, depth: addressSpace)
        } else {
            clock(start: inputs.start, words: inputs.words, word: inputs.word)
        }
    }

    /// Whether it waits to begin a word.
    var isWaiting: Bool { state == .readFirst }

    /// The place of the next word.
    func save(to state: inout StateBits) {
        state.put(offset, addressSpace.trailingZeroBitCount + 1)
        state.put(bank, Golden.addressWidth(banks))
    }

    /// At a start, behind its edge.
    mutating func restore(from state: inout StateReader) {
        offset = state.take(addressSpace.trailingZeroBitCount + 1)
        bank = state.take(Golden.addressWidth(banks))
    }

    mutating func clock(start: Bool, words: Int, word: CodeWord, hold: Bool = false) {
        switch state {
        case .idle:
            if start { (offset, bank, state) = (0, 0, .readFirst) }
        case .readFirst: if !hold { state = .readSecond }
        case .readSecond:
            firstWord = word
            state = .add
        case .add:
            guard code == wordCodes - 1 else {
                code += 1
                return
            }
            state = isLast(words: words) ? .idle : .readFirst
            code = 0
            bank += 1
            if bank == banks {
                bank = 0
                offset += 1
            }
        }
    }
}
