/// Golden twin of Engine's `PoolingStage`: the walker of a pooling layer and the unit that takes its words.
struct PoolingStage {
    private var walker: PoolingWalker
    private var unit: PoolingUnit
    private var inputs: PoolingUnit.Inputs
    private let bankWidth: Int
    private let addressWidth: Int
    private let parameters: NetworkEngine.Parameters
    /// Windows' results that are under way.
    private var pending = 0

    init(_ parameters: NetworkEngine.Parameters) {
        self.parameters = parameters
        walker = PoolingWalker(banks: parameters.pixelLanes, depth: parameters.depth)
        unit = PoolingUnit(lanes: parameters.wordCodes, activationBits: parameters.window.activationBits)
        inputs = PoolingUnit.Inputs(lanes: parameters.wordCodes, activationBits: parameters.window.activationBits)
        bankWidth = Golden.addressWidth(parameters.pixelLanes)
        addressWidth = Golden.addressWidth(parameters.depth)
    }

    private func isReady(_ descriptor: LayerDescriptor) -> Bool {
        unit.isReady(average: descriptor[.isAverage] & 1 == 1)
    }

    func request(_ descriptor: LayerDescriptor, _ shape: LayerShape) -> (bank: Int, address: Int)? {
        walker.request(shape, ready: isReady(descriptor))
    }

    var isResult: Bool { unit.isResultValid }
    var resultBank: Int { Int(unit.resultTag) & (1 << bankWidth - 1) }
    var resultAddress: Int { Int(unit.resultTag >> UInt64(bankWidth)) & (1 << addressWidth - 1) }
    var isLayerDone: Bool { isResult && unit.resultTag >> UInt64(bankWidth + addressWidth) & 1 == 1 }
    /// The pooled word, its codes side by side.
    var result: BitRow { unit.result }

    /// Whether the walker waits to begin a pixel and all results are stored.
    var isQuiet: Bool { walker.isWaiting && !walker.isHeld && pending == 0 }

    func save(to state: inout StateBits) { walker.save(to: &state) }
    mutating func restore(from state: inout StateReader) { walker.restore(from: &state) }

    mutating func clock(
        _ descriptor: LayerDescriptor, _ shape: LayerShape, start: Bool, word: CodeWord, hold: Bool
    ) {
        let isReady = isReady(descriptor)
        pending += (walker.isHeld && walker.held.isLast && isReady ? 1 : 0) - (isResult ? 1 : 0)
        if start { pending = 0 }
        inputs.valid = walker.isHeld
        inputs.first = walker.held.isFirst
        inputs.last = walker.held.isLast
        if walker.isHeld {
            inputs.word = BitRow(word, count: parameters.wordCodes, bits: parameters.window.activationBits)
        }
        inputs.average = descriptor[.isAverage] & 1 == 1
        inputs.roundingOrigin = descriptor[.roundingOrigin]
        let place = UInt64(walker.held.address) << UInt64(bankWidth) | UInt64(walker.held.bank)
        inputs.tag = (walker.held.isEnd ? 1 : 0) << UInt64(bankWidth + addressWidth) | place
        unit.clock(inputs, reset: false)
        walker.clock(start: start, shape, resultBase: descriptor[.outputBase], ready: isReady, hold: hold)
    }
}

/// Golden twin of Engine's `AdditionStage`: the walker of a residual sum and the adder that takes its pairs.
struct AdditionStage {
    private var walker: AdditionWalker
    private var adder = ResidualAdder()
    private var inputs = ResidualAdder.Inputs()
    private let bankWidth: Int
    private let codeWidth: Int
    private let addressWidth: Int
    /// Cycles until the sums that are under way are stored.
    private var draining = 0

    init(_ parameters: NetworkEngine.Parameters) {
        walker = AdditionWalker(
            wordCodes: parameters.wordCodes, banks: parameters.pixelLanes, depth: parameters.depth)
        bankWidth = Golden.addressWidth(parameters.pixelLanes)
        codeWidth = Golden.addressWidth(parameters.wordCodes)
        addressWidth = Golden.addressWidth(parameters.depth)
    }

    func request(_ descriptor: LayerDescriptor) -> (bank: Int, address: Int)? {
        walker.request(firstBase: descriptor[.inputBase], secondBase: descriptor[.secondBase])
    }

    private var tag: Int { Int(adder.codeTag) }
    var isResult: Bool { adder.isCodeValid }
    var resultBank: Int { tag & (1 << bankWidth - 1) }
    var resultCode: Int { tag >> bankWidth & (1 << codeWidth - 1) }
    var resultAddress: Int { tag >> (bankWidth + codeWidth) & (1 << addressWidth - 1) }
    var isLayerDone: Bool { isResult && tag >> (bankWidth + codeWidth + addressWidth) & 1 == 1 }
    var code: UInt8 { UInt8(adder.code) }

    /// Whether the walker waits to begin a word and all sums are stored.
    var isQuiet: Bool { walker.isWaiting && draining == 0 }

    func save(to state: inout StateBits) { walker.save(to: &state) }
    mutating func restore(from state: inout StateReader) { walker.restore(from: &state) }

    mutating func clock(_ descriptor: LayerDescriptor, start: Bool, word: CodeWord, hold: Bool) {
        draining = walker.isValid ? ResidualAdder.latency : max(0, draining - 1)
        if start { draining = 0 }
        inputs.valid = walker.isValid
        inputs.first.code = Int(walker.first)
        inputs.second.code = Int(word[walker.code])
        inputs.first.zeroPoint = descriptor[.inputZeroPoint]
        inputs.second.zeroPoint = descriptor[.secondZeroPoint]
        inputs.first.multiplier = Int32(descriptor[.firstMultiplier])
        inputs.first.shift = descriptor.signed(.firstShift)
        inputs.second.multiplier = Int32(descriptor[.secondMultiplier])
        inputs.second.shift = descriptor.signed(.secondShift)
        inputs.multiplier = Int32(descriptor[.multiplier])
        inputs.shift = descriptor.signed(.shift)
        inputs.zeroPoint = descriptor[.zeroPoint]
        inputs.lowest = descriptor[.lowest]
        inputs.highest = descriptor[.highest]
        let place = walker.resultAddress(base: descriptor[.outputBase]) << codeWidth | walker.code
        let isLast = walker.isLast(words: descriptor[.bankWords])
        inputs.tag = UInt64(((isLast ? 1 : 0) << (addressWidth + codeWidth) | place) << bankWidth | walker.bank)
        adder.clock(inputs, reset: false)
        walker.clock(start: start, words: descriptor[.bankWords], word: word, hold: hold)
    }
}

extension LayerDescriptor {
    /// A field of six bits with a sign.
    func signed(_ field: DescriptorField) -> Int {
        let value = self[field] & 63
        return value > 31 ? value - 64 : value
    }
}

extension BitRow {
    /// Codes side by side, the first one in the lowest bits.
    init(_ word: CodeWord, count: Int, bits: Int) {
        self = .none
        for number in 0..<count {
            let start = number * bits
            self[start >> 6] |= UInt64(word[number]) << UInt64(start & 63)
            let place = start & 63
            if place + bits > 64 { self[(start >> 6) + 1] |= UInt64(word[number]) >> UInt64(64 - place) }
        }
    }

    /// The codes that lie side by side in the row.
    func codes(count: Int, bits: Int) -> CodeWord {
        var word = CodeWord()
        for number in 0..<count {
            let start = number * bits
            var code = self[start >> 6] >> UInt64(start & 63)
            let place = start & 63
            if place + bits > 64 { code |= self[(start >> 6) + 1] << UInt64(64 - place) }
            word[number] = UInt8(truncatingIfNeeded: code & (1 << UInt64(bits) - 1))
        }
        return word
    }
}
