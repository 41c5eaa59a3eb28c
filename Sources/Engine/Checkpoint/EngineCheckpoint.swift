import HDL

/// The checkpoint of the network engine: which of its registers outlive a power failure, and when the engine is at rest.
///
/// Law: a state is the layer, whether it is saved in its midst, the sums, and the places of what runs: of a convolution the next row,
/// the first window of the group of pixels and where codes go; of a pool the next window; of a residual sum the next word. It is
/// taken when all that was begun is stored, so that what is done again after a failure stores the same codes in the same places.
struct EngineCheckpoint {
    /// A part of the state on its way back.
    struct Restoring {
        let restore, saved: Bits
    }

    /// What has a state, beside the sequencer.
    struct Parts {
        let list: Instance<RowListController.Ports>
        let scheduler: Instance<RowScheduler.Ports>
        let gatherer: Instance<WindowGatherer.Ports>
        let datapath: Instance<PixelAccumulate.Ports>
        let outputState: Bits
        let pooling: PoolingStage
        let addition: AdditionStage
    }

    /// Parts of the state in its order from bit 0 on; those from the list on share their bits with the pool and the sum.
    enum Part: Int, CaseIterable {
        case layer, inside, datapath, list, scheduler, gatherer, output
    }

    /// Nothing new is begun.
    let hold: Bits
    private let m: Builder<NetworkEngine.Ports>
    private let engine: NetworkEngine
    private let sequencer: Instance<LayerSequencer.Ports>
    private let descriptor: Layer
    private let controller: Instance<CheckpointController.Ports>

    init(
        _ m: Builder<NetworkEngine.Ports>, _ engine: NetworkEngine, _ sequencer: Instance<LayerSequencer.Ports>,
        _ descriptor: Layer
    ) {
        self.m = m
        self.engine = engine
        self.sequencer = sequencer
        self.descriptor = descriptor
        controller = m.instance("checkpoint", engine.checkpointController)
        hold = controller.hold
    }

    /// A part's bits of a saved state, and whether they are to be taken: at the start of a layer that was resumed.
    func restoring(_ part: Part) -> Restoring {
        let low = Part.allCases.prefix(part.rawValue).reduce(0) { $0 + engine.width(of: $1) }
        return restoring(low..<low + engine.width(of: part), part == .datapath ? nil : .convolution)
    }

    /// - Parameter kind: the layer's kind, if it must have been saved in its midst.
    private func restoring(_ bits: Range<Int>, _ kind: LayerKind?) -> Restoring {
        let saved = controller.saved[bits]
        guard let port = sequencer.checkpoint else { return Restoring(restore: hold, saved: saved) }
        guard let kind else { return Restoring(restore: descriptor.start & port.isResumed, saved: saved) }
        let isMine = port.goesOn & (descriptor[.kind] == kind.rawValue)
        return Restoring(restore: descriptor.start & isMine, saved: saved)
    }

    /// Connects the parts, once all of them stand.
    func connect(_ parts: Parts) {
        let kind = descriptor[.kind]
        guard let power = m.power, let port = sequencer.checkpoint, let list = parts.list.checkpoint,
            let scheduler = parts.scheduler.checkpoint, let gatherer = parts.gatherer.checkpoint,
            let datapath = parts.datapath.checkpoint, let pool = parts.pooling.walker.checkpoint,
            let sum = parts.addition.walker.checkpoint, let poolWaits = parts.pooling.walker.waiting,
            let sumWaits = parts.addition.walker.waiting
        else { return }
        parts.pooling.walker.hold?.drive(hold)
        parts.addition.walker.hold?.drive(hold)
        restore(list, restoring(.list))
        restore(scheduler, restoring(.scheduler))
        restore(gatherer, restoring(.gatherer))
        restore(datapath, restoring(.datapath))
        let shared = engine.sharedState
        restore(pool, restoring(shared..<shared + pool.state.width, .pooling))
        restore(sum, restoring(shared..<shared + sum.state.width, .addition))

        let places = [
            concatenate([parts.outputState, gatherer.state, scheduler.state, list.state]), pool.state, sum.state,
        ].map { $0.zeroExtended(to: engine.stateWidth - shared) }
        let place = select(kind, [places[0], places[0], places[1], places[2]]).named("place")
        controller.state.drive(concatenate([place, datapath.state, port.running, sequencer.layer]).named("state_now"))
        let rests = [rowsRest(parts), parts.pooling.quiet(poolWaits), parts.addition.quiet(sumWaits)]
        controller.quiet.drive(select(kind, [rests[0], rests[0], rests[1], rests[2]]))
        controller.running.drive(port.running)
        controller.boundary.drive(port.boundary)
        controller.ending.drive(port.ending)
        port.committed.drive(controller.committed)
        port.resume.drive(controller.resume)
        port.resumeLayer.drive(restoring(.layer).saved)
        port.resumesInside.drive(restoring(.inside).saved)

        controller.enable.drive(power.enable)
        controller.interval.drive(power.interval)
        controller.warning.drive(power.warning)
        controller.cut.drive(power.cut)
        controller.fail.drive(power.fail)
        power.resumed.drive(controller.resume)
        power.held.drive(hold)
        power.commits.drive(controller.commits)
        power.writes.drive(controller.writes)
        power.aborts.drive(controller.aborts)
    }

    private func restore<Access: BundleAccess>(_ port: Access, _ part: Restoring)
    where Access.Ports == CheckpointPorts {
        port.restore.drive(part.restore)
        port.saved.drive(part.saved)
    }

    /// Whether the codes of all rows that were issued are stored, and the next row is known.
    private func rowsRest(_ parts: Parts) -> Bits {
        // From the issue to the first step, from the last step to its sums, and on to its codes.
        let beyond = engine.phases.period + 1 + 2 + Requantizer.latency
        let width = addressWidth(beyond + engine.planeGroups * engine.pixelSteps)
        let draining = m.register("draining_rows", width)
        let interval = parts.scheduler.interval.zeroExtended(to: width)
        when(parts.scheduler.issue) { draining.next(interval + beyond) }
            .elseWhen(draining != 0) { draining.next(draining - 1) }
        return ((draining == 0) & parts.list.valid).named("rows_are_quiet")
    }
}

extension NetworkEngine {
    var checkpointController: CheckpointController {
        var controller = CheckpointController()
        controller.state = stateWidth
        controller.word = shadowWord
        controller.write = shadowWrite
        controller.retries = shadowRetries
        return controller
    }

    /// Bits of a part of the state.
    func width(of part: EngineCheckpoint.Part) -> Int {
        switch part {
        case .layer: addressWidth(layers + 1)
        case .inside: 1
        case .datapath: datapath.stateWidth
        case .list: listParameters.stateWidth
        case .scheduler: schedulerParameters.stateWidth
        case .gatherer: gatherer.stateWidth
        case .output: OutputStage.stateWidth(self)
        }
    }

    /// Bits before those that depend on what runs.
    var sharedState: Int { [.layer, .inside, .datapath].reduce(0) { $0 + width(of: $1) } }

    /// Shadow words of a checkpoint.
    public var checkpointWords: Int { checkpointController.words }

    /// Bits of the state that a checkpoint holds.
    public var stateWidth: Int {
        let rows = EngineCheckpoint.Part.allCases.reduce(0) { $0 + width(of: $1) }
        var pool = PoolingWalker()
        (pool.banks, pool.depth) = (pixelLanes, depth)
        var sum = AdditionWalker()
        (sum.banks, sum.depth) = (pixelLanes, depth)
        return max(rows, sharedState + max(pool.stateWidth, sum.stateWidth))
    }

    /// What stores something in magnetic memory: nothing in the cycles of a reset, in which registers hold anything.
    func whenAwake<P: SignalBundle>(_ m: Builder<P>, _ condition: Bits) -> Bits {
        isCheckpointed ? condition & ~m.domain.isResetActive : condition
    }
}
