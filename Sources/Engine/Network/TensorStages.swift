import HDL

/// Pooling layers: the walker, and the unit that takes its words.
struct PoolingStage {
    let walker: Instance<PoolingWalker.Ports>
    let unit: Instance<PoolingUnit.Ports>
    private let m: Builder<NetworkEngine.Ports>
    private let engine: NetworkEngine

    private var bankWidth: Int { addressWidth(engine.pixelLanes) }
    private var tag: Bits { unit.resultTag }
    var resultAddress: Bits { tag[bankWidth..<bankWidth + addressWidth(engine.depth)] }
    /// One bit a bank, where a result is stored in this cycle.
    var resultBanks: Bits {
        tag[0..<bankWidth].oneHot(engine.pixelLanes) & unit.resultValid.replicated(engine.pixelLanes)
    }
    var isLayerDone: Bits { unit.resultValid & tag[tag.width - 1] }

    init(_ m: Builder<NetworkEngine.Ports>, _ engine: NetworkEngine, _ layer: Layer) {
        self.m = m
        self.engine = engine
        var walkerParameters = PoolingWalker()
        walkerParameters.wordCodes = engine.wordCodes
        walkerParameters.banks = engine.pixelLanes
        walkerParameters.depth = engine.depth
        walkerParameters.checkpoint = engine.checkpoint
        walker = m.instance("pooling_walker", walkerParameters)
        walker.start.drive(layer.start)
        layer.drive(walker.shape)
        walker.resultBase.drive(layer[.outputBase])
        var unitParameters = PoolingUnit()
        unitParameters.lanes = engine.wordCodes
        unitParameters.activationBits = engine.activationBits
        unitParameters.windowArea = engine.poolArea
        unitParameters.tagWidth = 1 + addressWidth(engine.depth) + addressWidth(engine.pixelLanes)
        unit = m.instance("pooling_unit", unitParameters)
        unit.average.drive(layer[.isAverage])
        unit.roundingOrigin.drive(layer[.roundingOrigin])
    }

    /// Whether the walker waits to begin a pixel and all results are stored.
    func quiet(_ waiting: Bits) -> Bits {
        let pending = m.register("pending_pools", 2)
        let begins = walker.valid & walker.last & unit.ready
        when(begins & !unit.resultValid) { pending.next(pending + 1) }
            .elseWhen(!begins & unit.resultValid) { pending.next(pending - 1) }
        return (waiting & !walker.valid & (pending == 0)).named("pooling_is_quiet")
    }

    /// Gives the unit the word that the walker asked for.
    func take(_ word: Bits) {
        walker.ready.drive(unit.ready)
        unit.valid.drive(walker.valid)
        unit.first.drive(walker.first)
        unit.last.drive(walker.last)
        unit.word.drive(word)
        unit.tag.drive(concatenate([walker.resultLast, walker.resultAddress, walker.resultBank]))
    }
}

/// Residual sums: the walker, and the adder that takes its pairs of codes.
struct AdditionStage {
    let walker: Instance<AdditionWalker.Ports>
    let adder: Instance<ResidualAdder.Ports>
    private let m: Builder<NetworkEngine.Ports>
    private let engine: NetworkEngine

    private var bankWidth: Int { addressWidth(engine.pixelLanes) }
    private var codeWidth: Int { addressWidth(engine.wordCodes) }
    private var tag: Bits { adder.codeTag }
    var resultCode: Bits { tag[bankWidth..<bankWidth + codeWidth] }
    var resultAddress: Bits {
        tag[bankWidth + codeWidth..<bankWidth + codeWidth + addressWidth(engine.depth)]
    }
    /// One bit a bank, where a code is stored in this cycle.
    var resultBanks: Bits {
        tag[0..<bankWidth].oneHot(engine.pixelLanes) & adder.codeValid.replicated(engine.pixelLanes)
    }
    var isLayerDone: Bits { adder.codeValid & tag[tag.width - 1] }

    init(_ m: Builder<NetworkEngine.Ports>, _ engine: NetworkEngine, _ layer: Layer) {
        self.m = m
        self.engine = engine
        var parameters = AdditionWalker()
        parameters.wordCodes = engine.wordCodes
        parameters.activationBits = engine.activationBits
        parameters.banks = engine.pixelLanes
        parameters.depth = engine.depth
        parameters.checkpoint = engine.checkpoint
        walker = m.instance("addition_walker", parameters)
        walker.start.drive(layer.start)
        walker.words.drive(layer[.bankWords])
        walker.firstBase.drive(layer[.inputBase])
        walker.secondBase.drive(layer[.secondBase])
        walker.resultBase.drive(layer[.outputBase])
        let tagWidth =
            1 + addressWidth(engine.depth) + addressWidth(engine.wordCodes) + addressWidth(engine.pixelLanes)
        adder = m.instance(
            "residual_adder", ResidualAdder(activationBits: engine.activationBits, tagWidth: tagWidth))
        adder.firstZeroPoint.drive(layer[.inputZeroPoint])
        adder.secondZeroPoint.drive(layer[.secondZeroPoint])
        adder.firstMultiplier.drive(layer[.firstMultiplier])
        adder.firstShift.drive(layer[.firstShift])
        adder.secondMultiplier.drive(layer[.secondMultiplier])
        adder.secondShift.drive(layer[.secondShift])
        adder.multiplier.drive(layer[.multiplier])
        adder.shift.drive(layer[.shift])
        adder.zeroPoint.drive(layer[.zeroPoint])
        adder.lowest.drive(layer[.lowest])
        adder.highest.drive(layer[.highest])
    }

    /// Whether the walker waits to begin a word and all sums are stored.
    func quiet(_ waiting: Bits) -> Bits {
        let draining = m.register("draining_sums", addressWidth(ResidualAdder.latency + 1))
        when(walker.valid) { draining.next(ResidualAdder.latency) }
            .elseWhen(draining != 0) { draining.next(draining - 1) }
        return (waiting & (draining == 0)).named("addition_is_quiet")
    }

    /// Gives the walker the word that it asked for, and the adder its pair.
    func take(_ word: Bits) {
        walker.word.drive(word)
        adder.valid.drive(walker.valid)
        adder.first.drive(walker.first)
        adder.second.drive(walker.second)
        adder.tag.drive(
            concatenate([walker.resultLast, walker.resultAddress, walker.resultCode, walker.resultBank]))
    }
}
