public import HDL

/// Two halves of activation bit-planes: one image is filled in while the other is computed.
///
/// A word is one chunk: every bit-plane of `columns` activations. `imageReady` says that the image to be issued next is
/// whole; `issued` takes it, `free` gives its half back after the last use.
public struct ActivationBuffer: ConfigurableModule {
    public var columns = 64
    public var chunks = 13
    public var activationBits = 4
    /// Bit-planes that the datapath takes in one cycle.
    public var planeLanes = 4

    public init() {}

    public static var parameters: [Parameter<ActivationBuffer>] {
        [
            Parameter("columns", \.columns, 1...512, "activations of a chunk"),
            Parameter("chunks", \.chunks, 1...256, "chunks of an image"),
            Parameter("activation-bits", \.activationBits, 1...8, "bits of an activation"),
            Parameter("plane-lanes", \.planeLanes, 1...8, "bit-planes taken in one cycle"),
        ]
    }

    public func checkRelations() throws(ParameterError) {
        if planeLanes > activationBits {
            throw .inconsistent(
                name: "plane-lanes", value: planeLanes, reason: "allowed 1 to activation-bits (\(activationBits))")
        }
    }

    /// Cycles that a row's planes take.
    public var planeGroups: Int { (activationBits + planeLanes - 1) / planeLanes }

    public struct Ports: SignalBundle {
        /// The next chunk of the image being filled; taken when `ready`.
        public let valid: Input
        public let planes: [Input]
        public let ready: Output
        public let imageReady: Output
        public let issued, free: Input
        /// Which chunk the datapath reads, and which group of its planes where there are several.
        public let chunk: Input
        public let planeGroup: Input?
        public let lanes: [Output]
    }

    public func ports() -> Ports {
        Ports(
            valid: Input(), planes: (0..<activationBits).map { _ in Input(columns) }, ready: Output(),
            imageReady: Output(), issued: Input(), free: Input(), chunk: Input(addressWidth(chunks)),
            planeGroup: planeGroups > 1 ? Input(addressWidth(planeGroups)) : nil,
            lanes: (0..<planeLanes).map { _ in Output(columns) })
    }

    public func build(_ m: Builder<Ports>) {
        let chunkWidth = addressWidth(chunks)
        let words = m.memory("words", depth: 2 << chunkWidth, width: activationBits * columns)
        // A half is full from its last word until it is freed, and waiting until it is issued.
        let full = m.register("full", 2)
        let waiting = m.register("waiting", 2)
        let fillHalf = m.register("fill_half")
        let issueHalf = m.register("issue_half")
        let readHalf = m.register("read_half")
        let fillChunk = m.register("fill_chunk", chunkWidth)

        let ready = (!full[fillHalf]).named("can_fill")
        let isFilling = (m.valid & ready).named("is_filling")
        let isFilled = (isFilling & (fillChunk == chunks - 1)).named("is_filled")
        when(isFilling) {
            words.write(concatenate([fillHalf, fillChunk]), concatenate(m.planes.reversed()))
            fillChunk.next(mux(fillChunk == chunks - 1, 0, fillChunk + 1))
        }
        when(isFilled) { fillHalf.next(~fillHalf) }
        when(m.issued) { issueHalf.next(~issueHalf) }
        when(m.free) { readHalf.next(~readHalf) }

        let filled = half(fillHalf, isFilled).named("filled")
        full.next((full | filled) & ~half(readHalf, m.free))
        waiting.next((waiting | filled) & ~half(issueHalf, m.issued))

        m.ready.drive(ready)
        m.imageReady.drive(waiting[issueHalf])

        let word = words.read(concatenate([readHalf, m.chunk])).named("word")
        for (lane, output) in m.lanes.enumerated() {
            let choices = (0..<planeGroups).map { group -> Bits in
                let plane = group * planeLanes + lane
                guard plane < activationBits else { return m.constant(0, columns) }
                return word[plane * columns..<(plane + 1) * columns]
            }
            output.drive(m.planeGroup.map { select($0, choices).named("plane_of_lane_\(lane)") } ?? choices[0])
        }
    }

    /// One bit a half: the given one when the condition holds.
    private func half(_ number: Bits, _ condition: Bits) -> Bits {
        concatenate([number & condition, ~number & condition])
    }
}
