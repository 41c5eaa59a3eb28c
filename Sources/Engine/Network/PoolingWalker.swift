public import HDL

/// Walks the windows of a pooling layer: reads the words under each window and says where its result goes.
///
/// Law: for each output pixel in turn and each of its words, the words of the pixels under the window that lie in the tensor, row
/// by row; padding is not walked. One word a cycle while the pooling unit takes them, and one more cycle a pixel. The result of
/// pixel p, word w goes to bank p mod banks at base + p / banks × words + w.
public struct PoolingWalker: ConfigurableModule {
    public var wordCodes = 16
    /// Banks of the activation memory, and words of each.
    public var banks = 4
    public var depth = 1024
    /// 1: its place can be saved and restored.
    public var checkpoint = 0

    public init() {}

    public static var parameters: [Parameter<PoolingWalker>] {
        [
            Parameter("word-codes", \.wordCodes, 1...64, "codes of a memory word"),
            Parameter("banks", \.banks, 1...16, "banks of the activation memory"),
            Parameter("depth", \.depth, 2...65536, "words of a bank"),
        ]
    }

    public func checkRelations() throws(ParameterError) {
        if banks.nonzeroBitCount != 1 {
            throw .inconsistent(name: "banks", value: banks, reason: "allowed 1, 2, 4, 8, 16")
        }
    }

    /// The next pixel's window and where its results go.
    public var stateWidth: Int {
        4 * LayerWidth.pixelIndex + LayerWidth.extent + addressWidth(banks) + addressWidth(depth)
    }

    public struct Ports: SignalBundle {
        /// Begins a layer.
        public let start: Input
        public let shape: LayerShape
        /// Where results begin in each bank.
        public let resultBase: Input
        /// The pooling unit takes the word that is there.
        public let ready: Input
        /// Asks for a word, which is there in the next cycle and until it is taken.
        public let read, readBank, readAddress: Output
        /// A word is there; it is the first, the last of its window.
        public let valid, first, last: Output
        /// Where the window's result goes, and whether it is the layer's last.
        public let resultBank, resultAddress, resultLast: Output
        /// Begins no other pixel; whether it waits to begin one. Restored with `start`.
        public let hold: Input?
        public let waiting: Output?
        public let checkpoint: CheckpointPorts?
    }

    public func ports() -> Ports {
        Ports(
            start: Input(), shape: LayerShape(addressWidth: addressWidth(depth), wordCodes: wordCodes),
            resultBase: Input(addressWidth(depth)), ready: Input(), read: Output(),
            readBank: Output(addressWidth(banks)), readAddress: Output(addressWidth(depth)), valid: Output(),
            first: Output(), last: Output(), resultBank: Output(addressWidth(banks)),
            resultAddress: Output(addressWidth(depth)), resultLast: Output(),
            hold: checkpoint == 1 ? Input() : nil, waiting: checkpoint == 1 ? Output() : nil,
            checkpoint: .of(stateWidth, if: checkpoint == 1))
    }

    public func build(_ m: Builder<Ports>) {
        let width = LayerWidth.pixelIndex
        let shape = m.shape
        func extended(_ value: Bits) -> Bits { value.zeroExtended(to: width) }
        let isActive = m.register("is_active")
        let isOpen = m.register("is_open")
        let pixelsLeft = m.register("pixels_left", width)
        let outputColumn = m.register("output_column", LayerWidth.extent)
        // The window's corner, which may lie in the padding, and the index of its row's column 0.
        let originY = m.register("origin_y", width)
        let originX = m.register("origin_x", width)
        let originLine = m.register("origin_line", width)

        // The part of the window that lies in the tensor.
        func isNegative(_ value: Bits) -> Bits { value[width - 1] }
        func end(_ origin: Bits, _ size: Bits, _ extent: Bits, _ name: String) -> Bits {
            let windowEnd = origin + extended(size)
            return min(windowEnd, extended(extent)).named(name)
        }
        let top = mux(isNegative(originY), 0, originY).named("top")
        let left = mux(isNegative(originX), 0, originX).named("left")
        let topLine = mux(isNegative(originY), 0, originLine).named("top_line")
        let bottom = end(originY, shape.windowHeight, shape.height, "bottom")
        let right = end(originX, shape.windowWidth, shape.width, "right")

        let y = m.register("y", width)
        let x = m.register("x", width)
        let line = m.register("line", width)
        let index = m.register("index", width)
        let word = m.register("word", LayerWidth.pixelWords)
        let isFirst = m.register("is_first")
        let isHeld = m.register("is_held")
        let canStep = (!isHeld | m.ready).named("can_step")
        let step = (isOpen & canStep).named("step")
        let isLastX = (x + 1 == right).named("is_last_x")
        let isLast = (isLastX & (y + 1 == bottom)).named("is_last_of_window")
        let isLastWord = (word == shape.pixelWords - 1).named("is_last_word")
        let isPixelDone = (step & isLast & isLastWord).named("is_pixel_done")
        let isLastPixel = (pixelsLeft == 1).named("is_last_pixel")
        let isRowEnd = (outputColumn == shape.outputWidth - 1).named("is_row_end")
        let nextLine = (line + extended(shape.width)).named("next_line")

        // Results: one place after the other.
        let resultBank = m.register("result_bank_number", addressWidth(banks))
        let resultGroup = m.register("result_group", addressWidth(depth))
        let isLastBank = banks == 1 ? m.constant(1, 1) : (resultBank == banks - 1).named("is_last_bank")

        let isWaiting = (isActive & !isOpen).named("is_waiting")
        let opens = m.hold.map { isWaiting & !$0 } ?? isWaiting
        when(m.start) {
            isActive.next(1)
            isOpen.next(0)
            pixelsLeft.next(shape.outputPixels)
            outputColumn.next(0)
            originY.next(m.constant(0, width) - extended(shape.padTop))
            originX.next(m.constant(0, width) - extended(shape.padLeft))
            originLine.next(m.constant(0, width) - shape.padLine)
            resultBank.next(0)
            resultGroup.next(m.resultBase)
        }.elseWhen(opens) {
            isOpen.next(1)
            y.next(top)
            x.next(left)
            line.next(topLine)
            index.next(topLine + left)
            word.next(0)
            isFirst.next(1)
        }.elseWhen(step) {
            isFirst.next(isLast)
            when(isPixelDone) {
                isOpen.next(0)
                isActive.next(!isLastPixel)
                pixelsLeft.next(pixelsLeft - 1)
                outputColumn.next(mux(isRowEnd, 0, outputColumn + 1))
                when(isRowEnd) {
                    originX.next(m.constant(0, width) - extended(shape.padLeft))
                    originY.next(originY + extended(shape.strideY))
                    originLine.next(originLine + shape.strideLine)
                }.otherwise {
                    originX.next(originX + extended(shape.strideX))
                }
                resultBank.next(mux(isLastBank, 0, resultBank + 1))
                when(isLastBank) { resultGroup.next(resultGroup + shape.pixelWords.resized(to: addressWidth(depth))) }
            }.elseWhen(isLast) {
                word.next(word + 1)
                y.next(top)
                x.next(left)
                line.next(topLine)
                index.next(topLine + left)
            }.elseWhen(isLastX) {
                y.next(y + 1)
                x.next(left)
                line.next(nextLine)
                index.next(nextLine + left)
            }.otherwise {
                x.next(x + 1)
                index.next(index + 1)
            }
        }

        if let port = m.checkpoint {
            let place = [pixelsLeft, originY, originX, originLine, outputColumn, resultBank, resultGroup]
            SavedRegisters(place).connect(to: port)
        }
        m.waiting?.drive(isWaiting)

        let place = index[log2(banks)..<width] *^ shape.pixelWords
        let offset = place.truncated(to: addressWidth(depth)).named("pixel_address")
        let wordOffset = word.resized(to: addressWidth(depth))
        m.read.drive(step)
        m.readBank.drive(banks == 1 ? m.constant(0, 1) : index[0..<log2(banks)])
        m.readAddress.drive(shape.base + offset + wordOffset)

        // The word that is there.
        when(step) { isHeld.next(1) }
            .elseWhen(m.ready) { isHeld.next(0) }
        func held(_ name: String, _ value: Bits) -> Bits {
            let register = m.register("held_\(name)", value.width)
            when(step) { register.next(value) }
            return register
        }
        m.valid.drive(isHeld)
        m.first.drive(held("first", isFirst))
        m.last.drive(held("last", isLast))
        m.resultBank.drive(held("bank", resultBank))
        m.resultAddress.drive(held("address", resultGroup + wordOffset))
        m.resultLast.drive(held("end", isLastPixel & isLastWord))
    }
}
