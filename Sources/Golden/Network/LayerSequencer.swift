/// Golden twin of Engine's `LayerSequencer`: reads descriptors, starts layers.
struct LayerSequencer {
    private enum State { case idle, load, dispatch, run }

    private var descriptors: [UInt32]
    private var state = State.idle
    private(set) var layer = 0
    private var number = 0
    /// The descriptor that was loaded.
    private(set) var descriptor = LayerDescriptor()
    /// Its window and tensor.
    private(set) var shape = LayerShape()
    /// Whether what waits at a boundary goes on; always, where there are no checkpoints.
    var isCommitted = true
    /// The layer was resumed, and goes on in its midst.
    private(set) var isResumed = false
    private(set) var goesOn = false

    init(layers: Int) { descriptors = Array(repeating: 0, count: (layers + 1) * DescriptorField.stride) }

    private var isEnd: Bool { descriptor[.kind] & 3 == 0 }
    /// A layer that was resumed was committed before; the end of the network is committed always.
    private var skipsCommit: Bool { isResumed && !isEnd }
    private var isDispatching: Bool { state == .dispatch && (isCommitted || skipsCommit) }
    /// Whether a layer of a kind starts in this cycle.
    func isStart(of kind: LayerKind) -> Bool { isDispatching && descriptor[.kind] & 3 == kind.rawValue }
    /// Whether a layer of a kind starts or runs.
    func isRunning(_ kind: LayerKind) -> Bool {
        (isDispatching || state == .run) && descriptor[.kind] & 3 == kind.rawValue
    }
    var isDone: Bool { isDispatching && isEnd }
    var isBusy: Bool { state != .idle }
    /// What the descriptor that was loaded last describes.
    var kind: LayerKind { LayerKind(rawValue: descriptor[.kind] & 3) ?? .end }
    /// A layer starts in this cycle.
    var isStart: Bool { isDispatching && !isEnd }
    /// A layer runs.
    var isInside: Bool { state == .run }
    /// A layer waits to begin, or the network to end.
    var isBoundary: Bool { state == .dispatch && !skipsCommit }
    var isEnding: Bool { isEnd }

    mutating func write(_ word: UInt32, at address: Int) {
        if address < descriptors.count { descriptors[address] = word }
    }

    /// What a register keeps when the reset comes.
    mutating func reset() {
        state = .idle
        layer = 0
        number = 0
        descriptor = LayerDescriptor()
        shape = LayerShape.zero
        isCommitted = true
        (isResumed, goesOn) = (false, false)
    }

    /// Goes to a layer after a power failure.
    mutating func resume(layer: Int, inside: Bool) {
        (self.layer, number, state) = (layer, 0, .load)
        (isResumed, goesOn) = (true, inside)
    }

    mutating func clock(start: Bool, layerDone: Bool) {
        switch state {
        case .idle:
            if start { (layer, number, state) = (0, 0, .load) }
        case .load:
            let address = layer * DescriptorField.stride + number
            if let field = DescriptorField(rawValue: number) {
                descriptor[field] = address < descriptors.count ? Int(descriptors[address]) : 0
            }
            number += 1
            if number == DescriptorField.allCases.count {
                state = .dispatch
                shape = descriptor.shape
            }
        case .dispatch:
            guard isDispatching else { break }
            state = isEnd ? .idle : .run
            (isResumed, goesOn) = (false, false)
        case .run:
            if layerDone { (layer, number, state) = (layer + 1, 0, .load) }
        }
    }
}

extension LayerShape {
    /// Every number zero, as registers are after a reset.
    static let zero: LayerShape = LayerDescriptor().shape
}
