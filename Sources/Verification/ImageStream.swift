public import Golden

/// Stimulus of the main job: loads a layer into an engine, then streams images through it and collects the results.
///
/// The rows go round robin over the banks, then the row map follows; upsets are the events of each logical sense,
/// presented in the cycle in which its bank latches.
public struct ImageStream: StimulusDriver {
    /// Sums of each image, one a filter.
    public private(set) var sums: [[Int64]] = []
    /// Clock edges from the first activations to the last result, and rows sensed, by the engine's counters.
    public private(set) var cycles = 0
    public private(set) var senses = 0
    public private(set) var upsets = 0

    private let parameters: Golden.DotProductEngine.Parameters
    private let images: ActivationSet
    private let progress: (Int) -> Bool
    private var cells: CellHistory
    /// What is still to be loaded, the last one first.
    private var loads: [Load] = []
    private var image = 0
    private var chunk = 0
    /// The planes of the chunk that is offered.
    private var planes: [BitRow] = []
    private var isFinished = false

    private enum Load {
        case row(BitRow, failing: BitRow, rank: Int)
        case group(Int, LayerMapping.MapEntry)
        case clear
    }

    /// - Parameters:
    ///   - skipping: Store and walk the useful rows only; otherwise every row of the layer.
    ///   - errors: Where wrong bits come from.
    ///   - progress: Called with the number of images done; returns false to stop.
    public init(
        _ images: ActivationSet, layer: LayerMapping, _ parameters: Golden.DotProductEngine.Parameters,
        skipping: Bool, errors: ArrayErrors.Chance, progress: @escaping (Int) -> Bool = { _ in true }
    ) {
        self.images = images
        self.parameters = parameters
        self.progress = progress
        let cells = CellHistory(errors, rows: layer.rows)
        self.cells = cells
        for (rank, row) in layer.storedRows(skipping: skipping).enumerated() {
            loads.append(.row(layer.rows[row], failing: layer.rows[row] ^ cells.stored[row], rank: rank))
        }
        if parameters.skips {
            for (group, entry) in layer.map(skipping: skipping).enumerated() { loads.append(.group(group, entry)) }
        }
        loads.append(.clear)
        loads.reverse()
        sums.reserveCapacity(images.count)
    }

    /// Cycles before the first activations.
    public var loadCycles: Int { loads.count }

    public var idle: Golden.DotProductEngine.Inputs { Golden.DotProductEngine.Inputs(parameters) }

    public mutating func next(
        _ inputs: inout Golden.DotProductEngine.Inputs, twin: Golden.DotProductEngine
    ) -> StimulusStep {
        if isFinished || images.count == 0 { return .finish }
        if let load = loads.popLast() {
            present(load, &inputs)
            return .run
        }
        inputs.clear = false
        inputs.map.mapWrite = false
        inputs.write = false
        if twin.isDone { collect(twin) }
        offer(&inputs, isReady: twin.isReady)
        for bank in inputs.upset.indices { inputs.upset[bank] = events(twin.latchingSense(bank: bank)) }
        return .run
    }

    private func present(_ load: Load, _ inputs: inout Golden.DotProductEngine.Inputs) {
        inputs.write = false
        inputs.map.mapWrite = false
        switch load {
        case .row(let row, let failing, let rank):
            inputs.write = true
            inputs.writeBank = rank % parameters.banks
            inputs.writeAddress = rank / parameters.banks
            inputs.writeData = row
            inputs.writeFail = failing
        case .group(let group, let entry):
            inputs.map.mapWrite = true
            inputs.map.mapAddress = group
            inputs.map.mapRows = entry.rows
            inputs.map.mapFilter = entry.filter
            inputs.map.mapChunk = entry.chunk
        case .clear:
            inputs.clear = true
        }
    }

    /// Takes the result that stands in this cycle; with the last one the stream ends after it.
    private mutating func collect(_ twin: Golden.DotProductEngine) {
        sums.append(twin.sums)
        cycles = Int(twin.cycles)
        senses = Int(twin.senses)
        isFinished = !progress(sums.count) || sums.count == images.count
    }

    /// Offers the next chunk; it is taken in this cycle when the engine is ready.
    private mutating func offer(_ inputs: inout Golden.DotProductEngine.Inputs, isReady: Bool) {
        inputs.valid = image < images.count
        guard inputs.valid else { return }
        if planes.isEmpty {
            planes = activationPlanes(
                images.image(image), chunk: chunk, columns: parameters.columns, bits: parameters.activationBits)
            inputs.planes = planes
        }
        guard isReady else { return }
        planes = []
        (image, chunk) = chunk + 1 == parameters.chunks ? (image + 1, 0) : (image, chunk + 1)
    }

    private mutating func events(_ sense: LogicalSense?) -> BitRow {
        guard let sense else { return .none }
        let mask = cells.upsets(image: sense.image, row: sense.row)
        if mask != .none { upsets += mask.onesCount }
        return mask
    }
}
