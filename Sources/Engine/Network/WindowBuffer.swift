public import HDL

/// Two halves of gathered windows: one group of pixels is filled in while another one is computed.
///
/// A word is one chunk of one pixel: `columns` codes. Pixel i of a group lies in lane i mod lanes at step i / lanes. A half is
/// ready from its last word until it is freed; `issued` takes it, `free` gives it back after the last use. A bit for each step over
/// the pixels and each group of planes says whether a chunk has a set bit there.
public struct WindowBuffer: ConfigurableModule {
    public var columns = 64
    public var chunks = 16
    public var activationBits = 8
    /// Bit-planes that the datapath takes in one cycle.
    public var planeLanes = 4
    public var pixels = 4
    public var pixelLanes = 4

    public init() {}

    public static var parameters: [Parameter<WindowBuffer>] {
        [
            Parameter("columns", \.columns, 1...512, "codes of a chunk"),
            Parameter("chunks", \.chunks, 1...1024, "chunks of a window at most"),
            Parameter("activation-bits", \.activationBits, 1...8, "bits of an activation"),
            Parameter("plane-lanes", \.planeLanes, 1...8, "activation bit-planes taken in one cycle"),
            Parameter("pixels", \.pixels, 1...64, "output pixels of a group"),
            Parameter("pixel-lanes", \.pixelLanes, 1...16, "pixels taken in one cycle"),
        ]
    }

    public func checkRelations() throws(ParameterError) {
        try PixelLanes.check(pixels: pixels, lanes: pixelLanes)
        if planeLanes > activationBits {
            throw .inconsistent(
                name: "plane-lanes", value: planeLanes, reason: "allowed 1 to activation-bits (\(activationBits))")
        }
        if rowSteps > 64 {
            throw .inconsistent(
                name: "pixels", value: pixels,
                reason: "\(pixelSteps) pixel steps x \(planeGroups) plane groups are more than 64 steps of a row")
        }
    }

    /// Steps over the pixels of a full group, and over the planes of the widest codes.
    public var pixelSteps: Int { pixels / pixelLanes }
    public var planeGroups: Int { (activationBits + planeLanes - 1) / planeLanes }
    /// Steps of a row at most: number `pixel step × planeGroups + plane group`.
    public var rowSteps: Int { pixelSteps * planeGroups }

    public struct Ports: SignalBundle {
        /// Stores a chunk; the last one of a group completes its half, which has `writePixel` + 1 pixels.
        public let write, writeHalf, writePixel, writeChunk, writeData, writeLast: Input
        /// The half to be issued next is complete; its pixels, less one.
        public let ready, readyPixels: Output
        /// One bit a step of a row: the chunk `issueChunk` of the half to be issued has a set bit in it.
        public let issueChunk: Input
        public let nonzeroSteps: Output
        public let issued, free: Input
        /// What the datapath reads: the chunk, and the step and plane group where there are several.
        public let chunk: Input
        public let step, planeGroup: Input?
        /// Pixels, less one, of the half that is read.
        public let readPixels: Output
        /// Planes of each lane's pixel, lane by lane.
        public let planes: [Output]
    }

    public func ports() -> Ports {
        let pixelWidth = addressWidth(pixels)
        return Ports(
            write: Input(), writeHalf: Input(), writePixel: Input(pixelWidth),
            writeChunk: Input(addressWidth(chunks)), writeData: Input(columns * activationBits), writeLast: Input(),
            ready: Output(), readyPixels: Output(pixelWidth), issueChunk: Input(addressWidth(chunks)),
            nonzeroSteps: Output(rowSteps), issued: Input(), free: Input(),
            chunk: Input(addressWidth(chunks)), step: pixelSteps > 1 ? Input(addressWidth(pixelSteps)) : nil,
            planeGroup: planeGroups > 1 ? Input(addressWidth(planeGroups)) : nil, readPixels: Output(pixelWidth),
            planes: (0..<pixelLanes * planeLanes).map { _ in Output(columns) })
    }

    public func build(_ m: Builder<Ports>) {
        let full = m.register("full", 2)
        let issueHalf = m.register("issue_half")
        let readHalf = m.register("read_half")
        let counts = (0..<2).map { m.register("pixels_of_half_\($0)", addressWidth(pixels)) }
        let isComplete = (m.write & m.writeLast).named("is_complete")
        for (half, count) in counts.enumerated() {
            when(isComplete & (m.writeHalf == half)) { count.next(m.writePixel) }
        }
        // Waiting from the last word until it is issued.
        full.next((full | bitOfHalf(m.writeHalf, isComplete)) & ~bitOfHalf(issueHalf, m.issued))
        when(m.issued) { issueHalf.next(!issueHalf) }
        when(m.free) { readHalf.next(!readHalf) }
        m.ready.drive(full[issueHalf])
        m.readyPixels.drive(mux(issueHalf, counts[1], counts[0]))
        m.readPixels.drive(mux(readHalf, counts[1], counts[0]))

        let stepWidth = log2(pixelSteps)
        let depth = (2 * pixelSteps) << addressWidth(chunks)
        let writeStep = pixelSteps > 1 ? [m.writePixel[log2(pixelLanes)..<log2(pixelLanes) + stepWidth]] : []
        let writeAddress = concatenate([m.writeHalf] + writeStep + [m.writeChunk]).named("write_address")
        buildNonzeroSteps(m, writeStep: writeStep.first, issueHalf: issueHalf)
        let readAddress = concatenate([readHalf] + (m.step.map { [$0] } ?? []) + [m.chunk]).named("read_address")
        for lane in 0..<pixelLanes {
            let words = m.memory("lane_\(lane)", depth: depth, width: columns * activationBits)
            let isMine =
                pixelLanes == 1 ? m.write : m.write & (m.writePixel[0..<log2(pixelLanes)] == lane)
            when(isMine) { words.write(writeAddress, m.writeData) }
            let word = words.read(readAddress).named("word_of_lane_\(lane)")
            let planes = (0..<activationBits).map { plane in
                let bits = (0..<columns).map { word[$0 * activationBits + plane] }
                return concatenate(bits.reversed()).named("lane_\(lane)_plane_\(plane)")
            }
            for number in 0..<planeLanes {
                let choices = (0..<planeGroups).map { group -> Bits in
                    let plane = group * planeLanes + number
                    return plane < activationBits ? planes[plane] : m.constant(0, columns)
                }
                m.planes[lane * planeLanes + number].drive(m.planeGroup.map { select($0, choices) } ?? choices[0])
            }
        }
    }
}

extension WindowBuffer {
    /// The first pixel of a group clears what is known of a chunk, since it is stored before all others.
    private func buildNonzeroSteps(_ m: Builder<Ports>, writeStep: Bits?, issueHalf: Bits) {
        let known = m.memory("nonzero", depth: 2 << addressWidth(chunks), width: rowSteps)
        let address = concatenate([m.writeHalf, m.writeChunk]).named("nonzero_address")
        let before = mux(m.writePixel == 0, 0, known.read(address)).named("nonzero_before")
        let groups = (0..<planeGroups).map { group -> Bits in
            let planes = group * planeLanes..<min((group + 1) * planeLanes, activationBits)
            let codes = (0..<columns).map { column -> Bits in
                let first = column * activationBits
                return m.writeData[first + planes.lowerBound..<first + planes.upperBound]
            }
            return concatenate(codes).anySet.named("nonzero_in_group_\(group)")
        }
        let steps = (0..<pixelSteps).flatMap { step -> [Bits] in
            let isMine = writeStep.map { $0 == step } ?? m.constant(1, 1)
            return groups.map { isMine & $0 }
        }
        when(m.write) { known.write(address, before | concatenate(steps.reversed())) }
        m.nonzeroSteps.drive(known.read(concatenate([issueHalf, m.issueChunk])))
    }
}

/// One bit for each of two halves: that of the given one when the condition holds.
func bitOfHalf(_ half: Bits, _ condition: Bits) -> Bits {
    concatenate([half & condition, ~half & condition])
}
