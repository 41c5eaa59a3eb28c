public import HDL

/// Runs the layers of a network: reads a descriptor, starts the layer, waits until its last code is stored.
///
/// A descriptor's words are taken one a cycle. The fields hold still from `layerStart` to `layerDone`. The descriptor whose
/// kind is 0 ends the network.
public struct LayerSequencer: Module {
    public var layers: Int
    /// Bits that are taken of each field, in the order of `DescriptorField`.
    public var widths: [Int]

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
    }

    public func ports() -> Ports {
        Ports(
            write: Input(), writeAddress: Input(addressWidth((layers + 1) * DescriptorField.stride)),
            writeData: Input(32), start: Input(), layerDone: Input(), layerStart: Output(), done: Output(),
            busy: Output(), layer: Output(addressWidth(layers + 1)), fields: widths.map { Output($0) })
    }

    enum State: HardwareEnum {
        case idle, load, dispatch, run
    }

    public func build(_ m: Builder<Ports>) {
        let descriptors = m.memory("descriptors", depth: (layers + 1) * DescriptorField.stride, width: 32)
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
                when(isEnd) { state.next(.idle) }
                    .otherwise { state.next(.run) }
            }
            on.case(.run) {
                when(m.layerDone) {
                    layer.next(layer + 1)
                    number.next(0)
                    state.next(.load)
                }
            }
        }
        let isDispatching = (state == .dispatch).named("is_dispatching")
        m.layerStart.drive(isDispatching & !isEnd)
        m.done.drive(isDispatching & isEnd)
        m.busy.drive(state != .idle)
        m.layer.drive(layer)
        for (field, output) in zip(fields, m.fields) { output.drive(field) }
    }
}
