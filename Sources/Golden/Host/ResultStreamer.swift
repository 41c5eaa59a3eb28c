/// Golden twin of Engine's `ResultStreamer`: sends sums, or codes of the activation memory.
public struct ResultStreamer: Behaviour {
    public struct Parameters: Sendable {
        public var channels = 64
        public var depth = 256
        public var banks = 4
        public var wordCodes = 16
        public var activationBits = 8

        public init() {}

        /// Words of the stream for a word of the activation memory.
        var streamWords: Int { (wordCodes * activationBits + 31) / 32 }
    }

    /// What is to be sent.
    public struct Request: Hashable, Sendable {
        /// Codes, not sums.
        public var codes = false
        /// The first sum's channel, or the address of the tensor in its banks.
        public var base = 0
        /// Sums, or pixels.
        public var count = 0
        /// Words of a pixel in the activation memory.
        public var words = 1

        public init() {}
    }

    public struct Inputs: PortRecord {
        public var start = false
        public var request = Request()
        /// The word that was asked for in the cycle before.
        public var word = CodeWord()
        public var sum: Int32 = 0
        public var resultsReady = false
        let parameters: Parameters

        public init(_ parameters: Parameters) { self.parameters = parameters }

        public func write(to record: inout RecordWriter) {
            record.put(start)
            record.put(request.codes)
            record.put(request.base)
            record.put(request.count)
            record.put(request.words)
            record.put(word, count: parameters.wordCodes, bits: parameters.activationBits)
            record.put(Int(UInt32(bitPattern: sum)))
            record.put(resultsReady)
        }
    }

    private enum State { case idle, ask, load, send }

    public let parameters: Parameters
    private var state = State.idle
    private var request = Request()
    /// Words of the stream for the present sum or word of memory; the first of them is offered.
    private var parts: [UInt32]
    private var sent = 0
    /// The present word's number in its pixel, its bank, its address, and that of its group of pixels.
    private var number = 0
    private var bank = 0
    private var address = 0
    private var group = 0
    private var left = 0
    private var wasOutside = false

    public init(_ parameters: Parameters) {
        self.parameters = parameters
        parts = Array(repeating: 0, count: parameters.streamWords)
        request.words = 0
    }

    public var isBusy: Bool { state != .idle }
    /// The word that is offered; nil where none is.
    public var offered: StreamWord? { state == .send ? StreamWord(parts[0], isLast: isEnd) : nil }

    private var isLastPart: Bool { !request.codes || sent == parameters.streamWords - 1 }
    private var isLastWord: Bool { !request.codes || number + 1 >= request.words }
    private var isEnd: Bool { isLastPart && isLastWord && left == 1 }
    private var isOutside: Bool {
        wasOutside || address >= (request.codes ? parameters.depth : parameters.channels)
    }

    /// Whether a word outside the memory is asked for, the first one.
    var showsOutside: Bool { state == .ask && isOutside && !wasOutside }
    /// Bank and address of the word that is asked for; nil where none is.
    var wordRequest: (bank: Int, address: Int)? {
        state == .ask && request.codes && !isOutside ? (bank, wordAddress) : nil
    }
    private var wordAddress: Int { address & (addressSpace(parameters.depth) - 1) }
    /// The channel whose sum is looked at.
    var sumAddress: Int { address & (addressSpace(parameters.channels) - 1) }

    func isDone(start: Bool, request: Request, ready: Bool) -> Bool {
        (state == .send && ready && isEnd) || (state == .idle && start && request.count == 0)
    }

    /// The stream, whether a word is offered or not.
    func writeResults(to record: inout RecordWriter) {
        record.put(UInt64(parts[0]))
        record.put(isEnd)
        record.put(state == .send)
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(wordRequest != nil)
        record.put(bank)
        record.put(wordAddress)
        record.put(sumAddress)
        writeResults(to: &record)
        record.put(isBusy)
        record.put(isDone(start: inputs.start, request: inputs.request, ready: inputs.resultsReady))
        record.put(showsOutside)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        // The parts are not reset.
        switch state {
        case .ask: fill(words: [UInt32(bitPattern: inputs.sum)])
        case .load: fill(words: inputs.word.words(count: parameters.wordCodes, bits: parameters.activationBits))
        case .send where inputs.resultsReady:
            parts.removeFirst()
            parts.append(0)
        default: break
        }
        if reset {
            let kept = parts
            self = Self(parameters)
            parts = kept
        } else {
            advance(inputs)
        }
    }

    private mutating func fill(words: [UInt32]) {
        for index in parts.indices { parts[index] = index < words.count && !isOutside ? words[index] : 0 }
    }

    private mutating func advance(_ inputs: Inputs) {
        switch state {
        case .idle:
            guard inputs.start else { return }
            request = inputs.request
            (left, address, group) = (request.count, request.base, request.base)
            (number, sent, bank, wasOutside) = (0, 0, 0, false)
            if left > 0 { state = .ask }
        case .ask:
            wasOutside = isOutside
            state = request.codes ? .load : .send
        case .load: state = .send
        case .send:
            guard inputs.resultsReady else { return }
            guard isLastPart else {
                sent += 1
                return
            }
            state = isEnd ? .idle : .ask
            sent = 0
            step()
        }
    }

    /// Goes to the next sum or word.
    private mutating func step() {
        let space = 1 << 25
        guard isLastWord else {
            number += 1
            address = (address + 1) % space
            return
        }
        number = 0
        left -= 1
        guard request.codes else {
            address = (address + 1) % space
            return
        }
        bank += 1
        if bank == parameters.banks {
            bank = 0
            group = (group + request.words) % space
        }
        address = group
    }
}

extension CodeWord {
    /// Codes of `bits` bits side by side in words of 32 bits, the first one in the lowest bits.
    public func words(count: Int, bits: Int) -> [UInt32] {
        let row = BitRow(self, count: count, bits: bits)
        return (0..<(count * bits + 31) / 32).map { UInt32(truncatingIfNeeded: row[$0 / 2] >> UInt64($0 % 2 * 32)) }
    }
}
