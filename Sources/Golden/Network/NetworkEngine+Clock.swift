extension NetworkEngine {
    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        // Memories take what is written to them whether or not a reset comes.
        let (descriptor, shape) = (sequencer.descriptor, sequencer.shape)
        // One of them at most runs.
        let request =
            gatherer.request(shape) ?? pooling.request(descriptor, shape) ?? addition.request(descriptor)
            ?? hostRequest(inputs)
        let isLayerDone =
            output.isLayerDone(descriptor, hasSums: datapath.isDone) || pooling.isLayerDone || addition.isLayerDone
        // With checkpoints nothing is stored in the cycles of a reset, in which the hardware's registers may hold anything.
        let isAwake = checkpoint == nil || !reset
        if isAwake { clockResults() }
        clockActivations(inputs, request, isAwake: isAwake)
        isHostWord = inputs.activationRead && !reset
        writer?.look(banks)
        let isOpen = isOpenForWrites(inputs)
        if reset {
            resetRegisters()
        } else {
            clockRegisters(inputs, isLayerDone: isLayerDone)
        }
        load(inputs)
        writer?.clock(inputs, &banks, isOpen: isOpen, reset: reset)
    }

    private func hostRequest(_ inputs: Inputs) -> (bank: Int, address: Int)? {
        inputs.activationRead ? (inputs.activationReadBank, inputs.activationReadAddress) : nil
    }

    /// What the host stores in the memories.
    private mutating func load(_ inputs: Inputs) {
        if writer == nil, inputs.write, inputs.writeBank < banks.count {
            banks[inputs.writeBank].store(inputs.writeData, at: inputs.writeAddress, failing: inputs.writeFail)
        }
        if inputs.listWrite { list.write(inputs.entry, at: inputs.listAddress) }
        if inputs.channelWrite { output.write(inputs.channel, at: inputs.channelAddress) }
        if inputs.descriptorWrite { sequencer.write(inputs.descriptorData, at: inputs.descriptorAddress) }
    }

    private mutating func resetRegisters() {
        sequencer.reset()
        gatherer = WindowGatherer(parameters.gatherer)
        window.resetRegisters()
        list.resetRegisters()
        scheduler = RowScheduler(banks: parameters.banks, depth: parameters.bankRows)
        for number in banks.indices { banks[number].clock(start: false, address: 0, upset: .none, reset: true) }
        sensing.clear()
        steps = RowSteps(planeGroups: parameters.window.planeGroups)
        datapath = PixelAccumulate(parameters.datapath)
        output.reset()
        pooling = PoolingStage(parameters)
        addition = AdditionStage(parameters)
        cycles = 0
        senses = 0
        counter.restart()
        checkpoint?.reset()
        drainingRows = 0
    }

    private mutating func clockRegisters(_ inputs: Inputs, isLayerDone: Bool) {
        let (descriptor, shape) = (sequencer.descriptor, sequencer.shape)
        let layerStart = sequencer.isStart(of: .convolution)
        let hold = isHeld
        let isResuming = isResuming
        let resumption =
            sequencer.isResumed && sequencer.isStart ? (kind: sequencer.kind, inside: sequencer.goesOn) : nil
        clockCheckpoint(inputs.power)
        let (token, takes) = nextToken(descriptor, hold: hold)
        let step = steps.step(sensing.oldest)
        clockCounters(inputs, sensed: token.isValid && !token.empty)
        let bias = output.bias
        output.clock(
            descriptor, layerStart: layerStart, step: step, readPixels: window.readPixels,
            hasSums: datapath.isDone, sums: datapath.sums)
        clockDatapath(step, bias: bias, clear: inputs.clear)
        steps.clock(step)
        sensing.push(token)
        clockBanks(inputs, token, takes: takes)
        clockWindow(token, step)
        gatherer.clock(
            start: layerStart, shape, padding: UInt8(truncatingIfNeeded: descriptor[.inputZeroPoint]),
            free: step.isPassEnd,
            word: gatheredWord)
        // Nothing of them is seen outside their layers: then they rest.
        if sequencer.isRunning(.pooling) {
            pooling.clock(
                descriptor, shape, start: sequencer.isStart(of: .pooling), word: gatheredWord, hold: hold)
        }
        if sequencer.isRunning(.addition) {
            addition.clock(
                descriptor, start: sequencer.isStart(of: .addition), word: gatheredWord, hold: hold)
        }
        list.clock(start: layerStart, base: descriptor[.listBase], take: takes)
        // No network starts while a row is being written.
        let start = inputs.start && !(writer?.isBusy ?? false)
        counter.clock(issued: token, layerStart: layerStart, start: start && !sequencer.isBusy && !isResuming)
        clockDrain(token)
        sequencer.clock(start: start, layerDone: isLayerDone)
        if let resumption { restore(descriptor, kind: resumption.kind, inside: resumption.inside) }
        resumeSequencer(if: isResuming)
    }

    private func lastPlaneGroup(_ descriptor: LayerDescriptor) -> Int {
        parameters.window.planeGroups > 1 ? descriptor[.lastPlaneGroup] : 0
    }

    /// The row that the controller shows, valid if it is issued in this cycle, and whether it is issued or passed over.
    private func nextToken(_ descriptor: LayerDescriptor, hold: Bool) -> (token: PixelToken, takes: Bool) {
        var token = PixelToken()
        token.bank = scheduler.bank
        token.chunk = list.current.chunk
        token.plane = list.position >> 1
        token.negative = list.position & 1 == 1
        token.first = list.isFirst
        token.lastOfFilter = list.isLastOfFilter
        token.last = list.isLast
        guard list.isValid, window.isReady, !hold else { return (token, false) }
        let group = ZeroSkip.Group(
            lastPixelStep: window.readyPixels / parameters.pixelLanes, lastPlaneGroup: lastPlaneGroup(descriptor),
            planeGroups: parameters.window.planeGroups)
        let skip = ZeroSkip(
            group, skips: descriptor[.skipsZeros] & 1 == 1, nonzero: window.nonzeroSteps(chunk: token.chunk),
            isEnd: token.first || token.lastOfFilter, isEmpty: list.isEmpty)
        if skip.isIdle { return (token, true) }
        token.empty = skip.isEmpty
        token.steps = skip.steps
        token.isValid = scheduler.issues(
            valid: true, windowReady: true, bankReady: banks[token.bank].amplifiers.isReady)
        return (token, token.isValid)
    }

    /// What the performance counters count in this cycle: a row that is not sensed for want of activations; a row that
    /// waits for its window alone, or for its bank.
    var events: (skipped: Bool, windowStall: Bool, bankStall: Bool) {
        let hold = isHeld
        let isWindowReady = window.isReady && !hold
        let (token, takes) = nextToken(sequencer.descriptor, hold: hold)
        let waits = scheduler.isWaitingForWindow(valid: list.isValid, windowReady: isWindowReady)
        let isShown = list.isValid && isWindowReady && !takes
        return (
            takes && !(token.isValid && !token.empty) && !list.isEmpty, waits && gatherer.isBusy,
            scheduler.isWaitingForBank(shown: isShown, bankReady: banks[scheduler.bank].amplifiers.isReady)
        )
    }

    private mutating func clockDatapath(_ step: RowSteps.Step, bias: Int32, clear: Bool) {
        var work = PixelAccumulate.Work()
        let token = step.token
        work.negative = token.negative
        work.plane = token.plane
        work.planeGroup = step.planeGroup
        work.step = step.pixelStep
        work.first = token.first && step.isFirstGroup
        work.last = token.lastOfFilter && step.isLastGroup
        work.empty = token.empty
        work.used = output.hasPixel(step: step.pixelStep, readPixels: window.readPixels)
        work.bias = bias
        let row = step.isActive ? banks[token.bank].amplifiers.row : .none
        datapath.clock(valid: step.isActive, work: work, clear: clear) { lane in
            window.weighedOnes(
                row, chunk: token.chunk, step: step.pixelStep, planeGroup: step.planeGroup, lane: lane)
        }
    }

    private mutating func clockBanks(_ inputs: Inputs, _ token: PixelToken, takes: Bool) {
        let descriptor = sequencer.descriptor
        let address = scheduler.address
        for number in banks.indices {
            if let address = writer?.sensedAddress(bank: number) {
                banks[number].clock(start: true, address: address, upset: inputs.upset[number], reset: false)
                sensed[number] = nil
                continue
            }
            let start = token.isValid && !token.empty && number == token.bank
            banks[number].clock(start: start, address: address, upset: inputs.upset[number], reset: false)
            if start { sensed[number] = counter.sense(token, layer: sequencer.layer) }
        }
        scheduler.clock(
            start: sequencer.isStart(of: .convolution), base: descriptor[.rowBase], issue: token.isValid, take: takes,
            last: token.last, interval: token.steps.nonzeroBitCount - 1)
    }

    private mutating func clockWindow(_ token: PixelToken, _ step: RowSteps.Step) {
        var completes: (half: Int, pixel: Int)?
        if gatherer.isWriting {
            window.store(
                gatherer.codes, half: gatherer.writeHalf, pixel: gatherer.writePixel, chunk: gatherer.chunk)
            if gatherer.isWriteLast { completes = (gatherer.writeHalf, gatherer.writePixel) }
        }
        window.clock(completes: completes, issued: token.isValid && token.last, free: step.isPassEnd)
    }

    private mutating func clockResults() {
        if datapath.isDone, sequencer.descriptor[.isRaw] & 1 == 1, output.sumChannel < results.count {
            results[output.sumChannel] = Int32(truncatingIfNeeded: datapath.sums[0])
        }
    }

    private mutating func clockActivations(
        _ inputs: Inputs, _ request: (bank: Int, address: Int)?, isAwake: Bool
    ) {
        gatheredWord = readWord
        if let request {
            readWord =
                request.address < parameters.depth && request.bank < parameters.pixelLanes
                ? activation(bank: request.bank, address: request.address) : CodeWord()
        }
        for lane in 0..<(isAwake ? parameters.pixelLanes : 0) {
            let first = lane * parameters.depth
            if inputs.activationWrite, inputs.activationBank == lane {
                if inputs.activationAddress < parameters.depth {
                    activations[first + inputs.activationAddress] = inputs.activationData
                }
            } else {
                store(lane)
            }
        }
    }

    /// Stores what the stages have for a bank in this cycle.
    private mutating func store(_ lane: Int) {
        let isPooled = pooling.isResult && pooling.resultBank == lane
        let isAdded = addition.isResult && addition.resultBank == lane
        guard isPooled || isAdded || output.storedLanes >> UInt64(lane) & 1 == 1 else { return }
        let address = storedAddress
        guard address < parameters.depth else { return }
        if pooling.isResult {
            activations[lane * parameters.depth + address] = pooling.result.codes(
                count: parameters.wordCodes, bits: parameters.window.activationBits)
        } else if storedCode < parameters.wordCodes {
            activations[lane * parameters.depth + address][storedCode] =
                addition.isResult ? addition.code : output.code(lane: lane)
        }
    }

    private mutating func clockCounters(_ inputs: Inputs, sensed: Bool) {
        if inputs.clear {
            cycles = 0
            senses = 0
            return
        }
        if isBusy { cycles &+= 1 }
        if sensed { senses &+= 1 }
    }
}
