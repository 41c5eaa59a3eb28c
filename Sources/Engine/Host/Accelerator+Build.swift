import Components
public import HDL

extension Accelerator {
    public func build(_ m: Builder<Ports>) {
        let bank: RegisterBank
        do {
            bank = try AcceleratorRegisters.bank()
        } catch {
            m.require(false, "\(error)")
            return
        }
        let registers = m.instance("registers", bank)
        registers.axi.connect(to: m.axi)
        let engine = m.instance("engine", engine)
        let receiver = m.instance("receiver", receiver)
        let streamer = m.instance("streamer", streamer)
        engine.writeFail.drive(m.writeFail)
        for (port, upset) in zip(engine.upset, m.upset) { port.drive(upset) }

        // The slice keeps a row's write, which may wait, off the path of the stream's ready.
        let words = m.registerSlice("load_slice", m.stream("load_words", of: m.load))
        receiver.stream.connect(words: words)
        load(m, from: receiver, into: engine)

        // A start waits for the packet that is under way; one that begins in its cycle comes too late.
        let startOrder = (registers.value("control", "start") & registers.written("control", "start"))
            .named("start_order")
        let clear = (registers.value("control", "clear") & registers.written("control", "clear")).named("clear_order")
        let isPending = m.register("start_is_pending")
        let isBusy = (isPending | engine.busy | streamer.busy).named("is_busy")
        let start = (isPending & !receiver.receiving).named("start_engine")
        when(startOrder & !isBusy) { isPending.next(1) }
            .elseWhen(start) { isPending.next(0) }
        engine.start.drive(start)
        engine.clear.drive(clear)
        receiver.busy.drive(isBusy)
        let isEnd = (engine.busy & engine.done).named("network_ends")
        connect(m, streamer, to: engine, registers, start: isEnd)

        let isDone = m.register("is_done")
        when(clear | (startOrder & !isBusy)) { isDone.next(0) }
        when(streamer.done) { isDone.next(1) }
        let status = Status(
            isBusy: isBusy, isDone: isDone, isReceiving: receiver.receiving, isSending: streamer.busy,
            isSaturated: engine.saturated, layer: engine.layer.zeroExtended(to: PacketReceiver.layerWidth))
        status.drive(registers)

        let isSaturated = (engine.saturated & !m.past(engine.saturated)).named("saturates")
        // The layer number of a network that has ended is that of the descriptor that ends it.
        let lastLayer = (engine.layer - 1).zeroExtended(to: PacketReceiver.layerWidth)
        let errors = [
            Event(receiver.error, receiver.errorCode, receiver.errorLayer),
            Event(m, startOrder & isBusy, .startWhileBusy, status.layer),
            Event(m, streamer.outside, .resultOutsideMemory, lastLayer),
            Event(m, isSaturated, .saturated, status.layer),
        ]
        let isError = errors.dropFirst().reduce(errors[0].happens) { $0 | $1.happens }.named("is_error")
        record(m, errors, clear: clear, registers)
        registers.set("interrupt_pending", "done").drive(streamer.done)
        registers.set("interrupt_pending", "error").drive(isError)
        let raised = ["done", "error"].map {
            registers.value("interrupt_pending", $0) & registers.value("interrupt_enable", $0)
        }
        m.interruptRequest.drive(raised[0] | raised[1])

        describe(m, registers)
        let loadStall = m.load.tvalid & !m.load.tready
        let resultStall = m.results.tvalid & !m.results.tready
        registers.source("cycles", "count").drive(engine.cycles)
        registers.source("senses", "count").drive(engine.senses)
        for (name, event) in [
            ("skipped_senses", engine.skipped), ("window_stalls", engine.windowStall),
            ("bank_stalls", engine.bankStall), ("load_stalls", loadStall), ("result_stalls", resultStall),
            ("images", streamer.done), ("packets", receiver.packetDone),
        ] {
            count(m, name, event, clear: clear, registers)
        }
        count(m, "errors", popcount(concatenate(errors.map(\.happens))), clear: clear, registers)
    }

    /// What `status` shows.
    private struct Status {
        let isBusy, isDone, isReceiving, isSending, isSaturated, layer: Bits

        func drive(_ registers: Instance<RegisterBank.Ports>) {
            for (name, value) in [
                ("busy", isBusy), ("done", isDone), ("receiving", isReceiving), ("sending", isSending),
                ("saturated", isSaturated), ("layer", layer),
            ] {
                registers.source("status", name).drive(value)
            }
        }
    }

    /// An error that may happen in a cycle.
    private struct Event {
        let happens, code, layer: Bits

        init(_ happens: Bits, _ code: Bits, _ layer: Bits) {
            (self.happens, self.code, self.layer) = (happens, code, layer)
        }

        init(_ m: Builder<Ports>, _ happens: Bits, _ code: HostError, _ layer: Bits) {
            self.init(happens, m.constant(code.rawValue, HostError.width), layer)
        }
    }

    /// Stores the receiver's items.
    private func load(
        _ m: Builder<Ports>, from receiver: Instance<PacketReceiver.Ports>, into engine: Instance<NetworkEngine.Ports>
    ) {
        let item = receiver.item
        func isItem(_ target: PacketTarget) -> Bits { item.valid & (item.target == target.rawValue) }
        func part(_ low: Int, _ width: Int) -> Bits { item.data[low..<low + width] }
        func address(_ port: Bits) { port.drive(item.address[0..<port.width]) }
        item.ready.drive(engine.rowReady | (item.target != PacketTarget.rows.rawValue))

        engine.write.drive(isItem(.rows))
        engine.writeBank.drive(item.bank[0..<engine.writeBank.width])
        address(engine.writeAddress)
        engine.writeData.drive(part(0, self.engine.columns))

        engine.listWrite.drive(isItem(.list))
        address(engine.listAddress)
        engine.listRows.drive(part(0, engine.listRows.width))
        engine.listChunk.drive(part(16, engine.listChunk.width))
        engine.listLastOfFilter.drive(part(30, 1))
        engine.listLast.drive(part(31, 1))

        engine.channelWrite.drive(isItem(.channels))
        address(engine.channelAddress)
        engine.channelBias.drive(part(0, 32))
        engine.channelMultiplier.drive(part(32, engine.channelMultiplier.width))
        engine.channelShift.drive(part(64, engine.channelShift.width))

        engine.descriptorWrite.drive(isItem(.descriptors))
        address(engine.descriptorAddress)
        engine.descriptorData.drive(part(0, 32))

        engine.activationWrite.drive(isItem(.activations))
        engine.activationBank.drive(item.bank[0..<engine.activationBank.width])
        address(engine.activationAddress)
        engine.activationData.drive(part(0, self.engine.wordWidth))
    }

    private func connect(
        _ m: Builder<Ports>, _ streamer: Instance<ResultStreamer.Ports>, to engine: Instance<NetworkEngine.Ports>,
        _ registers: Instance<RegisterBank.Ports>, start: Bits
    ) {
        streamer.start.drive(start)
        streamer.codes.drive(registers.value("result_kind", "codes"))
        streamer.base.drive(registers.value("result_base", "address"))
        streamer.count.drive(registers.value("result_count", "items"))
        streamer.words.drive(registers.value("result_words", "count"))
        engine.activationRead.drive(streamer.read)
        engine.activationReadBank.drive(streamer.readBank)
        engine.activationReadAddress.drive(streamer.readAddress)
        streamer.word.drive(engine.activationWord)
        engine.resultAddress.drive(streamer.sumAddress)
        streamer.sum.drive(engine.result)
        m.results.connect(to: streamer.results)
    }

    /// Keeps the error that came last; of several in one cycle the first in the list.
    private func record(
        _ m: Builder<Ports>, _ events: [Event], clear: Bits, _ registers: Instance<RegisterBank.Ports>
    ) {
        let code = m.register("last_error", HostError.width)
        let layer = m.register("last_error_layer", PacketReceiver.layerWidth)
        when(clear) {
            code.next(HostError.none.rawValue)
            layer.next(0)
        }
        for event in events.reversed() {
            when(event.happens) {
                code.next(event.code)
                layer.next(event.layer)
            }
        }
        registers.source("error", "code").drive(code)
        registers.source("error", "layer").drive(layer)
    }

    /// A counter of events, one or several a cycle.
    private func count(
        _ m: Builder<Ports>, _ name: String, _ events: Bits, clear: Bits, _ registers: Instance<RegisterBank.Ports>
    ) {
        let count = m.register("\(name)_count", 32)
        when(clear) { count.next(0) }
            .otherwise { count.next(count + events.zeroExtended(to: 32)) }
        registers.source(name, "count").drive(count)
    }

    /// What the engine is, to be read.
    private func describe(_ m: Builder<Ports>, _ registers: Instance<RegisterBank.Ports>) {
        for (register, field, value) in [
            ("identification", "value", AcceleratorRegisters.identification),
            ("version", "value", AcceleratorRegisters.version), ("array", "columns", engine.columns),
            ("array", "banks", engine.banks), ("array", "weight_bits", engine.weightBits),
            ("bank_rows", "rows", engine.bankRows), ("activations", "word_codes", engine.wordCodes),
            ("activations", "code_bits", engine.activationBits), ("activations", "banks", engine.pixelLanes),
            ("depth", "words", engine.depth), ("chunks", "count", engine.chunks), ("entries", "count", engine.entries),
            ("channels", "count", engine.channels), ("layers", "count", engine.layers),
            ("layers", "accumulator_width", engine.accumulatorWidth),
        ] {
            let source = registers.source(register, field)
            source.drive(value)
        }
    }
}
