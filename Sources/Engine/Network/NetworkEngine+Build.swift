public import HDL

extension NetworkEngine {
    var gatherer: WindowGatherer {
        var gatherer = WindowGatherer()
        gatherer.columns = columns
        gatherer.wordCodes = wordCodes
        gatherer.activationBits = activationBits
        gatherer.depth = depth
        gatherer.pixels = pixels
        gatherer.pixelLanes = pixelLanes
        gatherer.chunks = chunks
        gatherer.checkpoint = checkpoint
        return gatherer
    }

    var window: WindowBuffer {
        var window = WindowBuffer()
        window.columns = columns
        window.chunks = chunks
        window.activationBits = activationBits
        window.planeLanes = planeLanes
        window.pixels = pixels
        window.pixelLanes = pixelLanes
        return window
    }

    var datapath: PixelAccumulate {
        var datapath = PixelAccumulate()
        datapath.columns = columns
        datapath.planeLanes = planeLanes
        datapath.activationBits = activationBits
        datapath.planes = planes
        datapath.pixels = pixels
        datapath.pixelLanes = pixelLanes
        datapath.accumulatorWidth = accumulatorWidth
        datapath.checkpoint = checkpoint
        return datapath
    }

    /// Bits that the engine takes of each field of a descriptor.
    private func width(of field: DescriptorField) -> Int {
        switch field {
        case .kind: 2
        case .inputBase, .outputBase: addressWidth(depth)
        case .inputHeight, .inputWidth, .outputWidth: LayerWidth.extent
        case .pixelWords, .outputWords: LayerWidth.pixelWords
        case .lastCodes: countWidth(wordCodes)
        case .windowHeight, .windowWidth, .strideY, .strideX, .padTop, .padLeft: LayerWidth.extent
        case .strideLine, .padLine, .outputPixels: LayerWidth.pixelIndex
        case .inputZeroPoint, .zeroPoint, .lowest, .highest: activationBits
        case .lastPlaneGroup: addressWidth(planeGroups)
        case .rowBase: addressWidth(bankRows)
        case .listBase: addressWidth(entries)
        case .channelBase: addressWidth(channels)
        case .isRaw, .roundsTwice, .isAverage, .skipsZeros: 1
        case .roundingOrigin, .secondZeroPoint: activationBits
        case .bankWords: addressWidth(depth) + 1
        case .secondBase: addressWidth(depth)
        case .firstMultiplier, .secondMultiplier, .multiplier: 31
        case .firstShift, .secondShift, .shift: 6
        }
    }

    public func build(_ m: Builder<Ports>) {
        var sequencerParameters = LayerSequencer(layers: layers, widths: DescriptorField.allCases.map(width))
        sequencerParameters.isCheckpointed = isCheckpointed
        let sequencer = m.instance("sequencer", sequencerParameters)
        sequencer.write.drive(m.descriptorWrite)
        sequencer.writeAddress.drive(m.descriptorAddress)
        sequencer.writeData.drive(m.descriptorData)
        let writer = WriteStage(m, self)
        sequencer.start.drive(writer.map { m.start & !$0.isBusy } ?? m.start)
        writer?.take(isRunning: sequencer.busy)
        let descriptor = Layer(start: sequencer.layerStart, fields: sequencer.fields)
        let layer = descriptor.only(.convolution)
        let checkpoint = isCheckpointed ? EngineCheckpoint(m, self, sequencer, descriptor) : nil

        let gatherer = buildGatherer(m, layer)
        let window = buildWindow(m, gatherer)
        let list = buildList(m, layer)

        // The next row goes to its bank.
        let scheduler = m.instance("scheduler", schedulerParameters)
        scheduler.start.drive(layer.start)
        scheduler.base.drive(layer[.rowBase])
        scheduler.valid.drive(list.valid)
        scheduler.last.drive(list.last)
        scheduler.windowReady.drive(checkpoint.map { window.ready & !$0.hold } ?? window.ready)
        window.issueChunk.drive(list.chunk)
        let skip = ZeroSkip(
            m, ZeroSkip.Row(first: list.first, lastOfFilter: list.lastOfFilter, empty: list.empty),
            skips: layer[.skipsZeros], nonzero: window.nonzeroSteps, pixelSteps: pixelSteps, planeGroups: planeGroups,
            lastPixelStep: pixelSteps > 1 ? pixelStep(window.readyPixels) : nil,
            lastPlaneGroup: planeGroups > 1 ? layer[.lastPlaneGroup] : nil)
        scheduler.idle.drive(skip.isIdle)
        scheduler.interval.drive(skip.interval)
        list.take.drive(scheduler.take)
        window.issued.drive(scheduler.issue & list.last)
        let isSensed = (scheduler.issue & !skip.isEmpty).named("is_sensed")
        let banks = buildBanks(m, scheduler, isSensed: isSensed, writer)
        writer?.answer(banks)
        scheduler.bankReady.drive(concatenate(banks.map(\.ready).reversed()))

        // What is known of it travels beside its sensing and meets the latched row behind.
        let issued = PixelToken(
            valid: scheduler.issue, bank: scheduler.bank, chunk: list.chunk, negative: list.negative,
            first: list.first, lastOfFilter: list.lastOfFilter, last: list.last, empty: skip.isEmpty, steps: skip.steps,
            plane: list.plane)
        let sensed = issued.delayed(m, by: phases.period + 1)
        let steps = RowSteps(m, sensed, pixelSteps: pixelSteps, planeGroups: planeGroups)
        let token = steps.token
        window.chunk.drive(token.chunk)
        if let step = steps.pixelStep { window.step?.drive(step) }
        if let group = steps.planeGroup { window.planeGroup?.drive(group) }
        let isPassEnd = (steps.active & steps.isLastStep & token.last).named("is_pass_end")
        window.free.drive(isPassEnd)
        gatherer.free.drive(isPassEnd)

        let output = OutputStage(m, self, layer)
        let datapath = m.instance("datapath", datapath)
        datapath.valid.drive(steps.active)
        datapath.row.drive(select(token.bank, banks.map(\.row)).named("sensed_row"))
        for (activations, planes) in zip(datapath.activations, window.planes) { activations.drive(planes) }
        datapath.negative.drive(token.negative)
        if let plane = token.plane { datapath.plane?.drive(plane) }
        if let group = steps.planeGroup { datapath.planeGroup?.drive(group) }
        if let step = steps.pixelStep { datapath.step?.drive(step) }
        datapath.first.drive(token.first & steps.isFirstGroup)
        datapath.last.drive(token.lastOfFilter & steps.isLastGroup)
        datapath.empty.drive(token.empty)
        datapath.bias.drive(
            output.bias(
                filterEnds: steps.active & steps.isLastStep & token.lastOfFilter, isPassEnd: isPassEnd))
        datapath.clear.drive(m.clear)
        m.saturated.drive(datapath.saturated)

        let outputState = output.take(
            datapath, pixels: window.readPixels, steps: steps, isPassEnd: isPassEnd,
            restoring: checkpoint.map { $0.restoring(.output) })
        let pooling = PoolingStage(m, self, descriptor.only(.pooling))
        let addition = AdditionStage(m, self, descriptor.only(.addition))
        let memory = ActivationBanks(m, self)
        let word = memory.read([
            .init(read: m.activationRead, bank: m.activationReadBank, address: m.activationReadAddress),
            .init(read: gatherer.read, bank: gatherer.readBank, address: gatherer.readAddress),
            .init(read: pooling.walker.read, bank: pooling.walker.readBank, address: pooling.walker.readAddress),
            .init(read: addition.walker.read, bank: addition.walker.readBank, address: addition.walker.readAddress),
        ])
        gatherer.word.drive(word)
        pooling.take(word)
        addition.take(word)
        memory.store(output, pooling, addition)
        checkpoint?.connect(
            EngineCheckpoint.Parts(
                list: list, scheduler: scheduler, gatherer: gatherer, datapath: datapath, outputState: outputState,
                pooling: pooling, addition: addition))
        sequencer.layerDone.drive(output.isLayerDone | pooling.isLayerDone | addition.isLayerDone)

        m.busy.drive(sequencer.busy)
        m.done.drive(sequencer.done)
        m.layer.drive(sequencer.layer)
        m.rowReady.drive(writer?.isReady ?? m.constant(1, 1))
        let isHostWord = m.activationRead.registered("is_host_word")
        m.activationWord.drive(word & isHostWord.replicated(wordWidth))
        m.skipped.drive(scheduler.take & !isSensed & !list.empty)
        m.windowStall.drive(scheduler.windowWait & gatherer.busy)
        m.bankStall.drive(scheduler.bankWait)
        count(m, isBusy: sequencer.busy, sensed: isSensed)
    }

    /// Number of the step in which a pixel of a group lies.
    func pixelStep(_ pixel: Bits) -> Bits { pixel[log2(pixelLanes)..<log2(pixels)] }

    var listParameters: RowListController {
        var parameters = RowListController()
        parameters.entries = entries
        parameters.planes = planes
        parameters.chunks = chunks
        parameters.checkpoint = checkpoint
        return parameters
    }

    var schedulerParameters: RowScheduler {
        var scheduler = RowScheduler()
        scheduler.banks = banks
        scheduler.depth = bankRows
        scheduler.intervals = planeGroups * pixelSteps
        scheduler.checkpoint = checkpoint
        return scheduler
    }

    private func buildGatherer(_ m: Builder<Ports>, _ layer: Layer) -> Instance<WindowGatherer.Ports> {
        let gatherer = m.instance("gatherer", gatherer)
        gatherer.start.drive(layer.start)
        layer.drive(gatherer.shape)
        gatherer.padding.drive(layer[.inputZeroPoint])
        return gatherer
    }

    private func buildWindow(
        _ m: Builder<Ports>, _ gatherer: Instance<WindowGatherer.Ports>
    ) -> Instance<WindowBuffer.Ports> {
        let buffer = m.instance("window", window)
        buffer.write.drive(gatherer.write)
        buffer.writeHalf.drive(gatherer.writeHalf)
        buffer.writePixel.drive(gatherer.writePixel)
        buffer.writeChunk.drive(gatherer.writeChunk)
        buffer.writeData.drive(gatherer.writeData)
        buffer.writeLast.drive(gatherer.writeLast)
        return buffer
    }

    private func buildList(_ m: Builder<Ports>, _ layer: Layer) -> Instance<RowListController.Ports> {
        let list = m.instance("controller", listParameters)
        list.write.drive(m.listWrite)
        list.writeAddress.drive(m.listAddress)
        list.writeRows.drive(m.listRows)
        list.writeChunk.drive(m.listChunk)
        list.writeLastOfFilter.drive(m.listLastOfFilter)
        list.writeLast.drive(m.listLast)
        list.start.drive(layer.start)
        list.base.drive(layer[.listBase])
        return list
    }

    private func buildBanks(
        _ m: Builder<Ports>, _ scheduler: Instance<RowScheduler.Ports>, isSensed: Bits, _ writer: WriteStage?
    ) -> [Instance<Bank.Ports>] {
        (0..<banks).map { number in
            let bank = m.instance("bank_\(number)", bank)
            bank.upset.drive(m.upset[number])
            if let writer {
                writer.connect(
                    bank, number, start: isSensed & (scheduler.bank == number), rowAddress: scheduler.address)
                return bank
            }
            bank.write.drive(m.write & (m.writeBank == number))
            bank.writeAddress.drive(m.writeAddress)
            bank.writeData?.drive(m.writeData)
            bank.writeFail.drive(m.writeFail)
            bank.start.drive(isSensed & (scheduler.bank == number))
            bank.address.drive(scheduler.address)
            return bank
        }
    }

    private func count(_ m: Builder<Ports>, isBusy: Bits, sensed: Bits) {
        let cycles = m.register("cycle_count", 32)
        let senses = m.register("sense_count", 32)
        when(m.clear) {
            cycles.next(0)
            senses.next(0)
        }.otherwise {
            when(isBusy) { cycles.next(cycles + 1) }
            when(sensed) { senses.next(senses + 1) }
        }
        m.cycles.drive(cycles)
        m.senses.drive(senses)
    }
}
