public import HDL

/// Runs the layers of a network: reads a descriptor, starts the layer, waits until its last code is stored.
///
/// A descriptor's words are taken one a cycle. The fields hold still from `layerStart` to `layerDone`. The descriptor whose
/// kind is 0 ends the network.
public struct LayerSequencer: Module {
    public var layers: Int
    /// Bits that are taken of each field, in the order of `DescriptorField`.
    public var widths: [Int]
    /// Whether the boundaries of layers wait for a checkpoint, and a network can be resumed.
    public var isCheckpointed = false

    public init(layers: Int, widths: [Int]) {
        self.layers = layers
        self.widths = widths
    }

    public var moduleName: String { "layer_sequencer" }

    public struct Ports: SignalBundle {
        public let write, writeAddress, writeData: Input
        public let start: Input
        /// The layer's last code is stored.
        public let layerDone: Input
        /// One cycle at the beginning of a layer, and at the end of the network.
        public let layerStart, done: Output
        public let busy: Output
        public let layer: Output
        public let fields: [Output]
        public let checkpoint: SequencerCheckpoint?
    }

    /// How a network is resumed after a power failure.
    public struct SequencerCheckpoint: SignalBundle {
        /// Goes to a layer; in its midst if `resumesInside`.
        public let resume = Input()
        public let resumeLayer: Input
        public let resumesInside = Input()
        /// What waits at a boundary goes on.
        public let committed = Input()
        /// A layer waits to begin, or the network to end.
        public let boundary = Output()
        public let ending = Output()
        public let running = Output()
        /// The layer that starts was resumed; it goes on in its midst.
        public let isResumed = Output()
        public let goesOn = Output()

        init(layers: Int) { resumeLayer = Input(addressWidth(layers + 1)) }
    }

    public func ports() -> Ports {
        Ports(
            write: Input(), writeAddress: Input(addressWidth((layers + 1) * DescriptorField.stride)),
            writeData: Input(32), start: Input(), layerDone: Input(), layerStart: Output(), done: Output(),
            busy: Output(), layer: Output(addressWidth(layers + 1)), fields: widths.map { Output($0) },
            checkpoint: isCheckpointed ? SequencerCheckpoint(layers: layers) : nil)
    }

    enum State: HardwareEnum {
        case idle, load, dispatch, run
    }

    public func build(_ m: Builder<Ports>) {
        let descriptors = m.memory(
            "descriptors", depth: (layers + 1) * DescriptorField.stride, width: 32, isNonvolatile: true)
        when(m.write) { descriptors.write(m.writeAddress, m.writeData) }
        let layer = m.register("layer_number", addressWidth(layers + 1))
        let number = m.register("field_number", log2(DescriptorField.stride))
        let word = descriptors.read(
            concatenate([layer, number]).resized(to: addressWidth((layers + 1) * DescriptorField.stride))
        ).named("descriptor_word")
        let fields = zip(DescriptorField.allCases, widths).map { field, width in
            m.register("\(field)_field", width)
        }
        let isEnd = (fields[DescriptorField.kind.rawValue] == 0).named("is_end")
        let isResumed = m.checkpoint.map { _ in m.register("is_resumed") }
        let goesOn = m.checkpoint.map { _ in m.register("goes_on_inside") }
        // A layer that was resumed was committed before; the end of the network is committed always.
        let skipsCommit = isResumed.map { ($0 & !isEnd).named("skips_commit") }
        let mayGo = m.checkpoint.flatMap { port in skipsCommit.map { ($0 | port.committed).named("may_go") } }

        let state = m.stateMachine("state", reset: State.idle) { state, on in
            on.case(.idle) {
                when(m.start) {
                    layer.next(0)
                    number.next(0)
                    state.next(.load)
                }
            }
            on.case(.load) {
                for (index, field) in fields.enumerated() {
                    when(number == index) { field.next(word[0..<field.width]) }
                }
                number.next(number + 1)
                when(number == fields.count - 1) { state.next(.dispatch) }
            }
            on.case(.dispatch) {
                func go() {
                    when(isEnd) { state.next(.idle) }
                        .otherwise { state.next(.run) }
                    isResumed?.next(0)
                    goesOn?.next(0)
                }
                if let mayGo { when(mayGo) { go() } } else { go() }
            }
            on.case(.run) {
                when(m.layerDone) {
                    layer.next(layer + 1)
                    number.next(0)
                    state.next(.load)
                }
            }
        }
        if let port = m.checkpoint, let isResumed, let goesOn, let skipsCommit {
            when(port.resume) {
                layer.next(port.resumeLayer)
                number.next(0)
                isResumed.next(1)
                goesOn.next(port.resumesInside)
                state.next(.load)
            }
            port.boundary.drive((state == .dispatch) & !skipsCommit)
            port.ending.drive(isEnd)
            port.running.drive(state == .run)
            port.isResumed.drive(isResumed)
            port.goesOn.drive(goesOn)
        }
        let isDispatching = ((state == .dispatch) & (mayGo ?? m.constant(1, 1))).named("is_dispatching")
        m.layerStart.drive(isDispatching & !isEnd)
        m.done.drive(isDispatching & isEnd)
        m.busy.drive(state != .idle)
        m.layer.drive(layer)
        for (field, output) in zip(fields, m.fields) { output.drive(field) }
    }
}
