/// Golden twin of Engine's `WindowGatherer`: packs the words of windows into chunks.
public struct WindowGatherer: Behaviour {
    public struct Inputs: PortRecord {
        public var start = false
        public var shape = LayerShape()
        public var padding: UInt8 = 0
        public var free = false
        public var word = CodeWord()
        let wordCodes: Int
        let activationBits: Int

        public init(wordCodes: Int, activationBits: Int) {
            self.wordCodes = wordCodes
            self.activationBits = activationBits
        }

        public func write(to record: inout RecordWriter) {
            record.put(start)
            shape.write(to: &record)
            record.put(Int(padding))
            record.put(free)
            record.put(word, count: wordCodes, bits: activationBits)
        }
    }

    /// A word asked for, or one that has arrived.
    struct Word {
        var isValid = false
        var isInside = false
        var count = 0
        var isLastOfWindow = false
        var pixel = 0
        var half = 0
        var isGroupEnd = false
    }

    public struct Parameters: Sendable {
        public var columns = 64
        public var wordCodes = 16
        public var activationBits = 8
        public var depth = 1024
        public var pixels = 4
        public var pixelLanes = 4
        public var chunks = 16

        public init() {}

        var addressSpace: Int { Golden.addressSpace(depth) }
        var chunkSpace: Int { Golden.addressSpace(chunks) }
    }

    public let parameters: Parameters
    private var walk = WindowWalk()
    private var isActive = false
    private var pixel = 0
    private var half = 0
    private var isGroupOpen = false
    private var taken = [false, false]
    private var freeHalf = 0
    private var arrived = Word()
    // The chunk being filled.
    private var isHeld = false
    private var isComplete = false
    private var fill = 0
    private(set) var chunk = 0
    private(set) var codes: [UInt8]
    private var held = Word()
    /// The first window of the group in each half.
    private var corners = [WindowWalk.Corner(), WindowWalk.Corner()]

    public init(_ parameters: Parameters) {
        self.parameters = parameters
        codes = Array(repeating: 0, count: parameters.columns)
    }

    private var isStepping: Bool { isActive && (isGroupOpen || !taken[half]) }

    /// Bank and address of the word that is asked for; nil where none is, or padding.
    func request(_ shape: LayerShape) -> (bank: Int, address: Int)? {
        isStepping && walk.isInside(shape) ? place(shape) : nil
    }

    private func place(_ shape: LayerShape) -> (bank: Int, address: Int) {
        walk.place(shape, banks: parameters.pixelLanes, addressSpace: parameters.addressSpace)
    }

    private var fits: Bool { fill + arrived.count <= parameters.columns }
    /// Whether the held chunk is stored at the coming edge.
    public var isWriting: Bool { isHeld && (isComplete || (arrived.isValid && !fits)) }
    var writeHalf: Int { held.half }
    var writePixel: Int { held.pixel }
    public var isWriteLast: Bool { isComplete && held.isGroupEnd }
    /// Whether a window is to come or under way.
    var isBusy: Bool { isActive || arrived.isValid || isHeld }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        let (bank, address) = place(inputs.shape)
        record.put(request(inputs.shape) != nil)
        record.put(bank)
        record.put(address)
        record.put(isWriting)
        record.put(writeHalf)
        record.put(writePixel)
        record.put(chunk)
        record.put(codes: codes, bits: parameters.activationBits)
        record.put(isWriteLast)
        record.put(isBusy)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        if reset {
            self = Self(parameters)
            return
        }
        clock(start: inputs.start, inputs.shape, padding: inputs.padding, free: inputs.free, word: inputs.word)
    }

    /// The first window of the group whose half is freed next.
    func save(to state: inout StateBits) {
        (taken[freeHalf] ? corners[freeHalf] : walk.corner).save(to: &state)
    }

    /// At a start, behind its edge.
    mutating func restore(from state: inout StateReader) { walk.start(from: WindowWalk.Corner(from: &state)) }

    /// The edge.
    mutating func clock(start: Bool, _ shape: LayerShape, padding: UInt8, free: Bool, word: CodeWord) {
        pack(word, padding: padding)
        let step = isStepping
        let isWindowDone = step && walk.isLastOfWindow(shape)
        let isGroupEnd = walk.isLastPixel || pixel == parameters.pixels - 1
        let isLastPixel = walk.isLastPixel
        arrived.isValid = step
        if step {
            arrived.isInside = walk.isInside(shape)
            arrived.count = walk.isLastWord(shape) ? shape.lastCodes : parameters.wordCodes
            arrived.isLastOfWindow = walk.isLastOfWindow(shape)
            arrived.pixel = pixel
            arrived.half = half
            arrived.isGroupEnd = isGroupEnd
        }
        if free {
            taken[freeHalf] = false
            freeHalf = 1 - freeHalf
        }
        if step {
            if !isGroupOpen { corners[half] = walk.corner }
            taken[half] = true
        }
        if start {
            walk.start(shape)
            isActive = true
        } else if step {
            walk.step(shape)
            if isWindowDone && isLastPixel { isActive = false }
        }
        if isWindowDone { pixel = isGroupEnd ? 0 : pixel + 1 }
        if step { isGroupOpen = !(isWindowDone && isGroupEnd) }
        if isWindowDone && isGroupEnd { half = 1 - half }
    }

    private mutating func pack(_ word: CodeWord, padding: UInt8) {
        let isWriting = isWriting
        guard arrived.isValid else {
            if isWriting { isHeld = false }
            return
        }
        let joins = isHeld && fits && !isComplete
        if !joins {
            chunk = isHeld && !isComplete ? (chunk + 1) & (parameters.chunkSpace - 1) : 0
            for index in codes.indices { codes[index] = 0 }
            fill = 0
        }
        for number in 0..<arrived.count where fill + number < codes.count {
            codes[fill + number] = arrived.isInside ? word[number] : padding
        }
        fill += arrived.count
        isHeld = true
        isComplete = arrived.isLastOfWindow
        held = arrived
    }
}
