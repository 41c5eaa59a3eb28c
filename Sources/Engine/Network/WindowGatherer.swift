public import HDL

/// Gathers the windows of a convolution: reads the activation memory word by word and packs the codes of a window
/// into chunks as wide as a row (im2col).
///
/// Law: the codes of a window, rows, columns, then channels, lie one after the other in its chunks; a word whose codes do
/// not fit any more begins the next chunk. A word outside the tensor counts as so many padding codes. One word a cycle,
/// also from window to window, while a half of the window buffer is free.
public struct WindowGatherer: ConfigurableModule {
    public var columns = 64
    /// Codes of a memory word.
    public var wordCodes = 16
    public var activationBits = 8
    /// Words of a bank of the activation memory.
    public var depth = 1024
    /// Pixels of a group, and those that the datapath takes in one cycle: the banks of the memory.
    public var pixels = 4
    public var pixelLanes = 4
    /// Chunks of a window at most.
    public var chunks = 16
    /// 1: the group that is computed can be saved and restored.
    public var checkpoint = 0

    public init() {}

    public static var parameters: [Parameter<WindowGatherer>] {
        [
            Parameter("columns", \.columns, 1...512, "codes of a chunk"),
            Parameter("word-codes", \.wordCodes, 1...64, "codes of a memory word"),
            Parameter("activation-bits", \.activationBits, 1...8, "bits of an activation"),
            Parameter("depth", \.depth, 2...65536, "words of a bank of the activation memory"),
            Parameter("pixels", \.pixels, 1...64, "output pixels of a group"),
            Parameter("pixel-lanes", \.pixelLanes, 1...16, "pixels taken in one cycle, banks of the memory"),
            Parameter("chunks", \.chunks, 1...1024, "chunks of a window at most"),
        ]
    }

    public func checkRelations() throws(ParameterError) {
        try PixelLanes.check(pixels: pixels, lanes: pixelLanes)
        if wordCodes > columns {
            throw .inconsistent(
                name: "word-codes", value: wordCodes, reason: "allowed 1 to columns (\(columns))")
        }
    }

    /// The first window of the group that is computed.
    public var stateWidth: Int { WindowWalk.cornerWidths.reduce(0, +) }
    var wordWidth: Int { wordCodes * activationBits }
    var chunkWidth: Int { columns * activationBits }

    public struct Ports: SignalBundle {
        /// Begins a layer.
        public let start: Input
        public let shape: LayerShape
        /// The code that padding counts as.
        public let padding: Input
        /// A half of the window buffer is free again.
        public let free: Input
        /// The word that `readAddress` of the cycle before asked for.
        public let word: Input
        public let read, readBank, readAddress: Output
        /// Stores a chunk: which half, which pixel of its group, which chunk of the window.
        public let write, writeHalf, writePixel, writeChunk, writeData: Output
        /// The chunk is the group's last, and the group has one pixel more than `writePixel`.
        public let writeLast: Output
        /// A window is to come or under way.
        public let busy: Output
        /// The group whose half is freed next; restored with `start`.
        public let checkpoint: CheckpointPorts?
    }

    public func ports() -> Ports {
        Ports(
            start: Input(), shape: LayerShape(addressWidth: addressWidth(depth), wordCodes: wordCodes),
            padding: Input(activationBits), free: Input(), word: Input(wordWidth), read: Output(),
            readBank: Output(addressWidth(pixelLanes)), readAddress: Output(addressWidth(depth)), write: Output(),
            writeHalf: Output(), writePixel: Output(addressWidth(pixels)), writeChunk: Output(addressWidth(chunks)),
            writeData: Output(chunkWidth), writeLast: Output(), busy: Output(),
            checkpoint: .of(stateWidth, if: checkpoint == 1))
    }

    public func build(_ m: Builder<Ports>) {
        let codesWidth = countWidth(columns)
        // Address: one word of a window a cycle.
        let isActive = m.register("is_active")
        let pixel = m.register("pixel", addressWidth(pixels))
        let half = m.register("half")
        let isGroupOpen = m.register("is_group_open")
        let taken = m.register("taken", 2)
        let freeHalf = m.register("free_half")

        let canBegin = (isGroupOpen | !taken[half]).named("can_begin")
        let step = (isActive & canBegin).named("step")
        let walk = WindowWalk(
            m, m.shape, start: m.start, step: step, banks: pixelLanes, addressWidth: addressWidth(depth),
            restore: m.checkpoint.map { ($0.restore, Self.corner(of: $0.saved)) })
        let isWindowDone = (step & walk.isLastOfWindow).named("is_window_done")
        let isGroupEnd = (walk.isLastPixel | (pixel == pixels - 1)).named("is_group_end")
        let isGroupDone = (isWindowDone & isGroupEnd).named("is_group_done")
        when(m.start) {
            isActive.next(1)
        }.elseWhen(isWindowDone & walk.isLastPixel) {
            isActive.next(0)
        }
        when(isWindowDone) { pixel.next(mux(isGroupEnd, 0, pixel + 1)) }
        when(step) { isGroupOpen.next(!isGroupDone) }
        when(isGroupDone) { half.next(!half) }
        when(m.free) { freeHalf.next(!freeHalf) }
        let freed = bitOfHalf(freeHalf, m.free).named("freed")
        let opened = bitOfHalf(half, step).named("opened")
        taken.next((taken & ~freed) | opened)
        if let port = m.checkpoint {
            // Two groups may be under way; of each the first window is kept, of one not yet begun it is the walk's.
            let corner = concatenate(walk.corner.reversed()).named("corner")
            let kept = (0..<2).map { m.register("corner_of_half_\($0)", stateWidth) }
            let opens = (step & !isGroupOpen).named("opens_group")
            for (number, register) in kept.enumerated() {
                when(opens & (half == number)) { register.next(corner) }
            }
            port.state.drive(mux(taken[freeHalf], mux(freeHalf, kept[1], kept[0]), corner))
        }
        m.read.drive(step & walk.isInside)
        m.readBank.drive(walk.bank)
        m.readAddress.drive(walk.address)

        // Word: its codes, or padding.
        let isArrived = m.register("is_arrived")
        let isInside = m.register("arrived_inside")
        let count = m.register("arrived_codes", codesWidth)
        let isLast = m.register("arrived_last_of_window")
        let arrivedPixel = m.register("arrived_pixel", addressWidth(pixels))
        let arrivedHalf = m.register("arrived_half")
        let arrivedGroupEnd = m.register("arrived_group_end")
        isArrived.next(step)
        when(step) {
            isInside.next(walk.isInside)
            count.next(
                mux(walk.isLastWord, m.shape.lastCodes.resized(to: codesWidth), m.constant(wordCodes, codesWidth)))
            isLast.next(walk.isLastOfWindow)
            arrivedPixel.next(pixel)
            arrivedHalf.next(half)
            arrivedGroupEnd.next(isGroupEnd)
        }
        let padded = m.padding.replicated(wordCodes)
        let kept = (0..<wordCodes).map { (count > $0).replicated(activationBits) }
        let keptMask = concatenate(kept.reversed()).named("kept_codes")
        let codes = (mux(isInside, m.word, padded) & keptMask).zeroExtended(to: chunkWidth).named("codes")

        // Chunk: filled until the next word does not fit, or the window ends.
        let isHeld = m.register("is_held")
        let isComplete = m.register("is_complete")
        let fill = m.register("fill", codesWidth)
        let chunk = m.register("chunk", addressWidth(chunks))
        let data = m.register("data", chunkWidth)
        let heldPixel = m.register("held_pixel", addressWidth(pixels))
        let heldHalf = m.register("held_half")
        let heldGroupEnd = m.register("held_group_end")
        let filled = (fill +^ count).named("filled")
        let fits = (filled <= columns).named("fits")
        let joins = (isArrived & isHeld & fits & !isComplete).named("joins")
        let write = (isHeld & (isComplete | (isArrived & !fits))).named("is_writing")
        let bitsFilled = (fill *^ m.constant(activationBits, 4)).named("bits_filled")
        let shifted = (codes << bitsFilled).named("shifted_codes")
        when(isArrived) {
            isHeld.next(1)
            isComplete.next(isLast)
            heldPixel.next(arrivedPixel)
            heldHalf.next(arrivedHalf)
            heldGroupEnd.next(arrivedGroupEnd)
            when(joins) {
                data.next(data | shifted)
                fill.next(filled.truncated(to: codesWidth))
            }.otherwise {
                data.next(codes)
                fill.next(count)
                chunk.next(mux(isHeld & !isComplete, chunk + 1, 0))
            }
        }.elseWhen(write) {
            isHeld.next(0)
        }

        m.write.drive(write)
        m.writeHalf.drive(heldHalf)
        m.writePixel.drive(heldPixel)
        m.writeChunk.drive(chunk)
        m.writeData.drive(data)
        m.writeLast.drive(isComplete & heldGroupEnd)
        m.busy.drive(isActive | isArrived | isHeld)
    }
}

extension WindowGatherer {
    private static func corner(of saved: Bits) -> [Bits] {
        var low = 0
        return WindowWalk.cornerWidths.map { width in
            defer { low += width }
            return saved[low..<low + width]
        }
    }
}

/// How the pixels of a group lie over the lanes of the datapath: pixel i in lane i mod lanes, in step i / lanes.
enum PixelLanes {
    static func check(pixels: Int, lanes: Int) throws(ParameterError) {
        if lanes.nonzeroBitCount != 1 {
            throw .inconsistent(name: "pixel-lanes", value: lanes, reason: "allowed 1, 2, 4, 8, 16")
        }
        if pixels.nonzeroBitCount != 1 || pixels < lanes {
            throw .inconsistent(
                name: "pixels", value: pixels, reason: "allowed powers of two from pixel-lanes (\(lanes)) to 64")
        }
    }
}
