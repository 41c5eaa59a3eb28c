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

    init(layers: Int) { descriptors = Array(repeating: 0, count: (layers + 1) * DescriptorField.stride) }

    private var isEnd: Bool { descriptor[.kind] & 3 == 0 }
    /// Whether a layer of a kind starts in this cycle.
    func isStart(of kind: LayerKind) -> Bool { state == .dispatch && descriptor[.kind] & 3 == kind.rawValue }
    /// Whether a layer of a kind starts or runs.
    func isRunning(_ kind: LayerKind) -> Bool {
        (state == .dispatch || state == .run) && descriptor[.kind] & 3 == kind.rawValue
    }
    var isDone: Bool { state == .dispatch && isEnd }
    var isBusy: Bool { state != .idle }

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
            state = isEnd ? .idle : .run
        case .run:
            if layerDone { (layer, number, state) = (layer + 1, 0, .load) }
        }
    }
}

extension LayerShape {
    /// Every number zero, as registers are after a reset.
    static let zero: LayerShape = LayerDescriptor().shape
}
