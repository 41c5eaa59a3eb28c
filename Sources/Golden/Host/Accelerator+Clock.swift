extension Accelerator {
    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        let isBusy = isBusy
        let isStart = isStartPending && !receiver.isReceiving
        let (startOrder, clearOrder) = (registers.isStart, registers.isClear)
        let isLoadStall = inputs.load.isValid && !loadSlice.isReady

        // What the receiver's item and the streamer ask of the engine.
        engineInputs.upset = inputs.upset
        engineInputs.writeFail = inputs.writeFail
        engineInputs.start = isStart
        engineInputs.clear = clearOrder
        store(receiver.isItemValid ? receiver.item : nil)
        let read = streamer.wordRequest
        engineInputs.activationRead = read != nil
        (engineInputs.activationReadBank, engineInputs.activationReadAddress) = read ?? (0, 0)

        receiverInputs.stream.word = loadSlice.first ?? StreamWord()
        receiverInputs.stream.isValid = loadSlice.first != nil
        receiverInputs.busy = isBusy
        receiverInputs.itemReady = receiver.item.target != PacketTarget.rows.rawValue || engine.isRowReady(engineInputs)
        let isWordTaken = receiver.isReady(itemReady: receiverInputs.itemReady)

        streamerInputs.start = engine.isBusy && engine.isDone
        streamerInputs.request = registers.result
        streamerInputs.word = engine.hostWord
        streamerInputs.sum = engine.result(streamer.sumAddress)
        streamerInputs.resultsReady = inputs.resultsReady
        let isResultStall = streamer.offered != nil && !inputs.resultsReady
        let ends = streamer.isDone(
            start: streamerInputs.start, request: streamerInputs.request, ready: inputs.resultsReady)

        let lastLayer = (engine.layer - 1) & (addressSpace(parameters.layers + 1) - 1)
        let errors: [(HostError, layer: Int)] = [
            (receiver.error, receiver.errorLayer),
            (startOrder && isBusy ? .startWhileBusy : .none, engine.layer),
            (streamer.showsOutside ? .resultOutsideMemory : .none, lastLayer),
            (engine.isSaturated && !wasSaturated ? .saturated : .none, engine.layer),
        ].filter { $0.0 != .none }
        let events = engine.events
        let isPacketDone = receiver.isPacketDone

        let write = clockBus(inputs.bus)
        wasSaturated = engine.isSaturated
        loadSlice.clock(offered: inputs.load.isValid ? inputs.load.word : nil, isTaken: isWordTaken)
        receiver.clock(receiverInputs, reset: reset)
        streamer.clock(streamerInputs, reset: reset)
        engine.clock(engineInputs, reset: reset)
        if reset {
            resetRegisters()
            return
        }
        if startOrder && !isBusy {
            isStartPending = true
        } else if isStart {
            isStartPending = false
        }
        if clearOrder || (startOrder && !isBusy) { isDone = false }
        if ends { isDone = true }
        if clearOrder { (lastError, lastErrorLayer) = (.none, 0) }
        if let first = errors.first { (lastError, lastErrorLayer) = first }
        var happened: AcceleratorRegisters.Events = ends ? .done : []
        if !errors.isEmpty { happened.insert(.error) }
        registers.clock(write, happened: happened)
        for (counter, number) in [
            (Counter.skippedSenses, events.skipped ? 1 : 0), (.windowStalls, events.windowStall ? 1 : 0),
            (.bankStalls, events.bankStall ? 1 : 0), (.loadStalls, isLoadStall ? 1 : 0),
            (.resultStalls, isResultStall ? 1 : 0), (.images, ends ? 1 : 0),
            (.packets, isPacketDone ? 1 : 0), (.errors, errors.count),
        ] {
            counts[counter.rawValue] = clearOrder ? 0 : counts[counter.rawValue] &+ UInt32(number)
        }
    }

    private mutating func clockBus(_ inputs: RegisterBusInputs) -> RegisterBus.Write? {
        var bus = bus
        defer { self.bus = bus }
        return bus.clock(inputs, read: { self.word($0) }, isWritable: AcceleratorRegisters.isWritable)
    }

    private mutating func resetRegisters() {
        bus = RegisterBus()
        registers = AcceleratorRegisters()
        loadSlice.reset()
        (isStartPending, isDone, wasSaturated) = (false, false, false)
        (lastError, lastErrorLayer) = (.none, 0)
        for index in counts.indices { counts[index] = 0 }
    }

    /// Shows the engine the item that is to be stored.
    private mutating func store(_ item: PacketReceiver.Item?) {
        let target = item.flatMap { PacketTarget(rawValue: $0.target) }
        engineInputs.write = target == .rows
        engineInputs.listWrite = target == .list
        engineInputs.channelWrite = target == .channels
        engineInputs.descriptorWrite = target == .descriptors
        engineInputs.activationWrite = target == .activations
        guard let item, let target else { return }
        let words = item.words
        switch target {
        case .rows:
            engineInputs.writeBank = item.bank
            engineInputs.writeAddress = item.address
            engineInputs.writeData = BitRow(words: words, bits: parameters.columns)
        case .list:
            engineInputs.listAddress = item.address
            engineInputs.entry = RowListController.Entry(
                rows: Int(words[0]) & (1 << (2 * parameters.planes) - 1),
                chunk: Int(words[0] >> 16) & (addressSpace(parameters.window.chunks) - 1),
                isLastOfFilter: words[0] >> 30 & 1 == 1, isLast: words[0] >> 31 == 1)
        case .channels:
            engineInputs.channelAddress = item.address
            let shift = Int(words[2] & 63)
            engineInputs.channel = NetworkEngine.ChannelScale(
                bias: Int32(bitPattern: words[0]), multiplier: Int32(words[1] & 0x7fff_ffff),
                shift: shift > 31 ? shift - 64 : shift)
        case .descriptors:
            engineInputs.descriptorAddress = item.address
            engineInputs.descriptorData = words[0]
        case .activations:
            engineInputs.activationBank = item.bank
            engineInputs.activationAddress = item.address
            let bits = parameters.window.activationBits
            engineInputs.activationData = BitRow(words: words, bits: parameters.wordCodes * bits).codes(
                count: parameters.wordCodes, bits: bits)
        }
    }
}

extension BitRow {
    /// The lowest bits of words of 32 bits, the first word lowest.
    init(words: [UInt32], bits: Int) {
        self = .none
        for first in stride(from: 0, to: bits, by: 32) {
            let used = Swift.min(32, bits - first)
            let word = UInt64(words[first / 32]) & (1 << UInt64(used) - 1)
            self[first / 64] |= word << UInt64(first % 64)
        }
    }
}
