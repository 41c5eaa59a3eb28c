/// Golden twin of Engine's `PacketReceiver`: takes packets apart into items to be stored.
public struct PacketReceiver: Behaviour {
    /// What a memory is to a packet.
    public struct Memory: Sendable {
        public var banks: Int
        /// Items of a bank.
        public var depth: Int
        /// Words of an item.
        public var words: Int

        public init(banks: Int = 1, depth: Int, words: Int = 1) {
            self.banks = banks
            self.depth = depth
            self.words = words
        }
    }

    /// The memories of all targets.
    public struct Parameters: Sendable {
        public var rows = Memory(banks: 4, depth: 256, words: 2)
        public var list = Memory(depth: 512)
        public var channels = Memory(depth: 64, words: 3)
        public var descriptors = Memory(depth: 576)
        public var activations = Memory(banks: 4, depth: 256, words: 4)

        public init() {}

        public subscript(_ target: PacketTarget) -> Memory {
            switch target {
            case .rows: rows
            case .list: list
            case .channels: channels
            case .descriptors: descriptors
            case .activations: activations
            }
        }

        /// Words of the longest item.
        var itemWords: Int { max(3, PacketTarget.allCases.map { self[$0].words }.max() ?? 1) }
        var addressSpace: Int { Golden.addressSpace(PacketTarget.allCases.map { self[$0].depth }.max() ?? 2) }
        var bankSpace: Int { Golden.addressSpace(PacketTarget.allCases.map { self[$0].banks }.max() ?? 1) }
    }

    public struct Inputs: PortRecord {
        public var stream = StreamInputs()
        public var busy = false
        public var itemReady = false

        public init() {}

        public func write(to record: inout RecordWriter) {
            stream.write(to: &record)
            record.put(busy)
            record.put(itemReady)
        }
    }

    /// An item to be stored.
    public struct Item: Sendable {
        /// A code of `PacketTarget`, or any number before the first packet.
        public internal(set) var target = 0
        public internal(set) var bank = 0
        public internal(set) var address = 0
        /// Words beyond the item's are those of items before.
        public internal(set) var words: [UInt32]
    }

    private enum State { case target, base, count, data, drain }

    public let parameters: Parameters
    private var state = State.target
    /// The next item, stored when it is whole.
    public private(set) var item: Item
    public private(set) var isItemValid = false
    private var layer = 0
    private var base = 0
    /// Items that are still to come, and words of the present one that have come.
    private var left = 0
    private var position = 0
    private(set) var isPacketDone = false
    private(set) var error = HostError.none
    private(set) var errorLayer = 0
    private var shownCode = 0

    public init(_ parameters: Parameters) {
        self.parameters = parameters
        item = Item(words: Array(repeating: 0, count: parameters.itemWords))
    }

    public var isReceiving: Bool { state != .target || isItemValid }
    /// Whether a packet is under way: one more of its words will come.
    public var isInsidePacket: Bool { state != .target }
    public func isReady(itemReady: Bool) -> Bool { !isItemValid || itemReady }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(isReady(itemReady: inputs.itemReady))
        record.put(isItemValid)
        record.put(item.target)
        record.put(item.bank)
        record.put(item.address)
        for first in stride(from: 0, to: item.words.count, by: 2) {
            let high = first + 1 < item.words.count ? UInt64(item.words[first + 1]) << 32 : 0
            record.put(UInt64(item.words[first]) | high)
        }
        record.put(isReceiving)
        record.put(isPacketDone)
        record.put(error != .none)
        record.put(shownCode)
        record.put(errorLayer)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        let taken = isReady(itemReady: inputs.itemReady) && inputs.stream.isValid ? inputs.stream.word : nil
        if reset {
            // The words of an item are a memory and outlive a reset; a word that comes in its cycle is kept too.
            if state == .data, let taken { item.words[position] = taken.data }
            let words = item.words
            self = Self(parameters)
            item.words = words
            return
        }
        (isPacketDone, error) = (false, .none)
        if isItemValid, inputs.itemReady {
            isItemValid = false
            item.address = (item.address + 1) & (parameters.addressSpace - 1)
        }
        guard let taken else { return }
        error = take(taken, busy: inputs.busy)
        if error != .none {
            shownCode = error.rawValue
            errorLayer = layer
            state = taken.isLast ? .target : .drain
        }
    }

    /// Takes a word; gives the error that it shows.
    private mutating func take(_ word: StreamWord, busy: Bool) -> HostError {
        let value = Int(word.data)
        switch state {
        case .target:
            let (bank, target) = (value >> 8 & 0xff, PacketTarget(rawValue: value & 0xff))
            item.target = value & 7
            item.bank = bank & (parameters.bankSpace - 1)
            layer = value >> 16
            state = .base
            guard let target else { return .unknownTarget }
            if busy { return .memoryInUse }
            if bank >= parameters[target].banks { return .outsideMemory }
        case .base:
            base = value
            item.address = value & (parameters.addressSpace - 1)
            state = .count
        case .count:
            left = value
            position = 0
            state = .data
            if value == 0 || base + value > memory.depth { return .outsideMemory }
        case .data: return takeData(word)
        case .drain:
            if word.isLast { state = .target }
            return .none
        }
        return word.isLast ? .tooShort : .none
    }

    private var memory: Memory { PacketTarget(rawValue: item.target).map { parameters[$0] } ?? Memory(depth: 0) }

    private mutating func takeData(_ word: StreamWord) -> HostError {
        item.words[position] = word.data
        position += 1
        if position == memory.words {
            position = 0
            left -= 1
            isItemValid = true
        }
        if left > 0 { return word.isLast ? .tooShort : .none }
        state = .target
        isPacketDone = word.isLast
        return word.isLast ? .none : .tooLong
    }
}
