/// What of the engine outlives a power failure; Engine's `EngineCheckpoint`.
extension NetworkEngine {
    /// Nothing new is begun.
    var isHeld: Bool { checkpoint?.holds(running: sequencer.isInside) ?? false }
    /// A network is resumed in this cycle.
    public var isResuming: Bool { checkpoint?.isResuming ?? false }
    /// Whether a checkpoint would be resumed after a power failure.
    public var holdsCheckpoint: Bool { checkpoint?.holdsCheckpoint ?? false }
    /// Whether a write of shadow cells is under way, which a failure tears.
    public var isSaving: Bool { checkpoint?.isWriting ?? false }
    /// Checkpoints since the last reset.
    public var commits: Int { Int(checkpoint?.commits ?? 0) }

    /// What was counted before and after the failures of the supply, at which the hardware's counters begin anew.
    public struct PowerEvents: Hashable, Sendable {
        public var commits = 0
        /// Writes of shadow words and of the flag, those that a failure tore left out.
        public var shadowWrites = 0
        /// Checkpoints given up.
        public var aborts = 0
        /// Rows sensed, those sensed again included.
        public var senses = 0

        public init() {}
    }

    public var powerEvents: PowerEvents {
        var events = lostEvents
        events.commits += commits
        events.shadowWrites += Int(checkpoint?.writes ?? 0)
        events.aborts += Int(checkpoint?.aborts ?? 0)
        events.senses += Int(senses)
        return events
    }

    func writePower(to record: inout RecordWriter) {
        guard let checkpoint else { return }
        record.put(checkpoint.isResuming)
        record.put(isHeld)
        record.put(Int(checkpoint.commits))
        record.put(Int(checkpoint.writes))
        record.put(Int(checkpoint.aborts))
    }

    /// The supply fails; a reset follows when it is back. An image of which nothing was saved is run again.
    public mutating func losePower() {
        if isBusy && !holdsCheckpoint { counter.repeatImage() }
        lostEvents = powerEvents
    }

    /// The state now: the layer, sums, and the places of what runs.
    private var state: StateBits {
        var state = StateBits()
        state.put(sequencer.layer, Golden.addressWidth(parameters.layers + 1))
        state.put(sequencer.isInside)
        datapath.save(to: &state)
        switch sequencer.kind {
        case .end, .convolution:
            list.save(to: &state)
            scheduler.save(to: &state)
            gatherer.save(to: &state)
            output.save(to: &state)
        case .pooling: pooling.save(to: &state)
        case .addition: addition.save(to: &state)
        }
        state.fill(to: parameters.stateWidth)
        return state
    }

    private var isQuiet: Bool {
        switch sequencer.kind {
        case .end, .convolution: drainingRows == 0 && list.isValid
        case .pooling: pooling.isQuiet
        case .addition: addition.isQuiet
        }
    }

    /// The controller's edge, which sees everything as it is before its own.
    mutating func clockCheckpoint(_ control: CheckpointController.Control?) {
        guard let looksAtState = checkpoint?.looksAtState, let control else { return }
        let state = looksAtState ? state : StateBits()
        let (isInside, isQuiet) = (sequencer.isInside, isQuiet)
        let (isBoundary, isEnding) = (sequencer.isBoundary, sequencer.isEnding)
        checkpoint?.clock(
            control, running: isInside, quiet: isQuiet, boundary: isBoundary, ending: isEnding
        ) { state }
    }

    /// At the start of a layer that was resumed, behind its edge.
    mutating func restore(_ descriptor: LayerDescriptor, kind: LayerKind, inside: Bool) {
        guard let checkpoint else { return }
        var reader = StateReader(checkpoint.saved, from: Golden.addressWidth(parameters.layers + 1) + 1)
        datapath.restore(from: &reader)
        guard inside else { return }
        switch kind {
        case .end: break
        case .convolution:
            list.restore(from: &reader)
            scheduler.restore(from: &reader)
            gatherer.restore(from: &reader)
            output.restore(from: &reader)
            let progress = output.progress(descriptor)
            counter.resume(group: progress.groups, filter: progress.filters)
        case .pooling: pooling.restore(from: &reader)
        case .addition: addition.restore(from: &reader)
        }
    }

    /// The sequencer's edge as far as checkpoints have a part in it, behind its own and the controller's.
    mutating func resumeSequencer(if isResuming: Bool) {
        guard let checkpoint else { return }
        if isResuming {
            var reader = StateReader(checkpoint.saved)
            let layer = reader.take(Golden.addressWidth(parameters.layers + 1))
            sequencer.resume(layer: layer, inside: reader.takeBit())
        }
        sequencer.isCommitted = checkpoint.isCommitted
    }

    /// The counter of the rows that are under way.
    mutating func clockDrain(_ token: PixelToken) {
        guard checkpoint != nil else { return }
        if token.isValid {
            drainingRows = token.steps.nonzeroBitCount - 1 + parameters.phases.period + 1 + 2 + Requantizer.latency
        } else {
            drainingRows = max(0, drainingRows - 1)
        }
    }
}

extension NetworkEngine.Parameters {
    /// Bits of the state that a checkpoint holds.
    public var stateWidth: Int {
        let shared = Golden.addressWidth(layers + 1) + 2 + window.pixels * accumulatorWidth
        let (bank, address) = (Golden.addressWidth(pixelLanes), Golden.addressWidth(depth))
        let list = Golden.addressWidth(entries) + 2 * planes + 1
        let scheduler = Golden.addressWidth(banks) + Golden.addressWidth(bankRows)
        let corner = 4 * indexBits + extentBits
        let output =
            Golden.addressWidth(channels) + Golden.addressWidth(wordCodes) + 2 * address + indexBits
        let rows = list + scheduler + corner + output
        return shared + max(rows, corner + bank + address, address + 1 + bank)
    }
}
