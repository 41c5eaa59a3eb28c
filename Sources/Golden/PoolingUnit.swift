/// Golden twin of Engine's `PoolingUnit`: the largest or the mean code of each lane over the words of a window.
public struct PoolingUnit: Behaviour {
    public struct Inputs: PortRecord {
        public var valid = false
        public var first = false
        public var last = false
        /// Lane l's code in bits l × activationBits and up.
        public var word = BitRow.none
        public var average = false
        public var roundingOrigin = 0
        public var tag: UInt64 = 0
        let wordWidth: Int

        public init(lanes: Int, activationBits: Int) { wordWidth = lanes * activationBits }

        public func write(to record: inout RecordWriter) {
            record.put(valid)
            record.put(first)
            record.put(last)
            record.put(word, columns: wordWidth)
            record.put(average)
            record.put(roundingOrigin)
            record.put(tag)
        }
    }

    public let lanes: Int
    public let activationBits: Int
    /// Of the window whose words come in, or that waits for the divider: largest codes or sums, and their number.
    private var accumulated: [Int]
    private var count = 0
    private var isOpen = false
    /// The accumulated window had its last word.
    private var isComplete = false
    private var completeTag: UInt64 = 0
    private var divider: RoundingDivider
    private var dividedTag: UInt64 = 0
    public private(set) var isResultValid = false
    /// The latest result.
    public private(set) var result = BitRow.none
    public private(set) var resultTag: UInt64 = 0

    public init(lanes: Int, activationBits: Int) {
        self.lanes = lanes
        self.activationBits = activationBits
        accumulated = Array(repeating: 0, count: lanes)
        divider = RoundingDivider(quotientBits: activationBits, lanes: lanes)
    }

    /// Whether the coming edge takes a word.
    public func isReady(average: Bool) -> Bool { !(average && isComplete && !divider.isReady) }
    /// Whether no window is under way, so that the mode may change.
    public var isEmpty: Bool { !isOpen && !isComplete && divider.isReady && !divider.isDone }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(isReady(average: inputs.average))
        record.put(isResultValid)
        record.put(result, columns: lanes * activationBits)
        record.put(resultTag)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        if reset {
            self = PoolingUnit(lanes: lanes, activationBits: activationBits)
            return
        }
        let isReady = isReady(average: inputs.average)
        finish(average: inputs.average, roundingOrigin: inputs.roundingOrigin)
        divide(if: inputs.average && isComplete)
        if isReady { isComplete = inputs.valid && inputs.last }
        if inputs.valid && isReady { accumulate(inputs) }
    }

    /// The result of the complete window, or of the one whose division is done.
    private mutating func finish(average: Bool, roundingOrigin: Int) {
        isResultValid = average ? divider.isDone : isComplete
        guard isResultValid else { return }
        result = .none
        let quotients = divider.quotients
        for lane in 0..<lanes {
            let code = average ? quotients[lane] + roundingOrigin : accumulated[lane]
            result.set(code: UInt64(code), at: lane * activationBits)
        }
        resultTag = average ? dividedTag : completeTag
    }

    private mutating func divide(if start: Bool) {
        if start && divider.isReady { dividedTag = completeTag }
        divider.clock(start: start, dividends: accumulated, divisor: count, reset: false)
    }

    private mutating func accumulate(_ inputs: Inputs) {
        if inputs.first {
            count = 0
            for lane in accumulated.indices { accumulated[lane] = 0 }
        }
        count += 1
        for lane in accumulated.indices {
            let code = Int(inputs.word.code(at: lane * activationBits, bits: activationBits))
            if inputs.average {
                accumulated[lane] += code - inputs.roundingOrigin
            } else {
                accumulated[lane] = max(accumulated[lane], code)
            }
        }
        isOpen = !inputs.last
        completeTag = inputs.tag
    }
}

extension BitRow {
    /// The code of 1 to 8 bits that begins at a bit; it may lie in two words.
    fileprivate func code(at start: Int, bits: Int) -> UInt64 {
        let (word, place) = (start >> 6, UInt64(start & 63))
        let above = place == 0 || word == 7 ? 0 : self[word + 1] << (64 - place)
        return (self[word] >> place | above) & ((1 << UInt64(bits)) - 1)
    }

    /// Adds a code to bits that are zero.
    fileprivate mutating func set(code: UInt64, at start: Int) {
        let (word, place) = (start >> 6, UInt64(start & 63))
        self[word] |= code << place
        if place > 56 && word < 7 { self[word + 1] |= code >> (64 - place) }
    }
}
