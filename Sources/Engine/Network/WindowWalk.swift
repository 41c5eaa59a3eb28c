import HDL

/// Walks the window of every output pixel, word by word: the counters that address a tensor.
///
/// Law: for each output pixel in turn, rows of the window, columns, then words of the pixel; the tensor's pixel (y, x) lies in
/// bank (y × width + x) mod banks at base + (y × width + x) / banks × words + word. No products but the last: every
/// index follows from the one before.
struct WindowWalk {
    /// Of the word being walked: whether it lies in the tensor, its bank and its address there.
    let isInside, bank, address: Bits
    /// The word is its pixel's last; the window's last.
    let isLastWord, isLastOfWindow: Bits
    /// The window is the layer's last.
    let isLastPixel: Bits
    /// Of the present window: windows that are left, its corner, the corner's line, and its column in the output.
    let corner: [Bits]

    /// Bits of `corner`.
    static let cornerWidths = Array(repeating: LayerWidth.pixelIndex, count: 4) + [LayerWidth.extent]

    /// - Parameters:
    ///   - start: sets the counters to the layer's first word.
    ///   - step: goes on to the next word.
    ///   - banks: banks of the activation memory, a power of two.
    ///   - restore: goes to a window by its corner instead.
    init<P: SignalBundle, Access: BundleAccess>(
        _ m: Builder<P>, _ shape: Access, start: Bits, step: Bits, banks: Int, addressWidth: Int,
        restore: (restore: Bits, corner: [Bits])? = nil
    ) where Access.Ports == LayerShape {
        let indexWidth = LayerWidth.pixelIndex
        func extended(_ value: Bits) -> Bits { value.zeroExtended(to: indexWidth) }
        let pixelsLeft = m.register("pixels_left", indexWidth)
        let outputColumn = m.register("output_column", LayerWidth.extent)
        // Row and column of the window's corner, which may lie in the padding: negative in two's complement.
        let originY = m.register("origin_y", indexWidth)
        let originX = m.register("origin_x", indexWidth)
        // Index of the pixel in the corner's row and column 0; of the present row and column 0 of the window.
        let originLine = m.register("origin_line", indexWidth)
        let line = m.register("line", indexWidth)
        let y = m.register("y", indexWidth)
        let x = m.register("x", indexWidth)
        let index = m.register("index", indexWidth)
        let windowY = m.register("window_y", LayerWidth.extent)
        let windowX = m.register("window_x", LayerWidth.extent)
        let word = m.register("word", LayerWidth.pixelWords)

        let isLastWord = (word == shape.pixelWords - 1).named("is_last_word")
        let isLastX = (windowX == shape.windowWidth - 1).named("is_last_x")
        let isLastY = (windowY == shape.windowHeight - 1).named("is_last_y")
        let isLastOfRow = (isLastWord & isLastX).named("is_last_of_row")
        let isLastOfWindow = (isLastOfRow & isLastY).named("is_last_of_window")
        isLastPixel = (pixelsLeft == 1).named("is_last_pixel")

        // The next window: one stride on, or the first of the next rows.
        let isRowEnd = (outputColumn == shape.outputWidth - 1).named("is_row_end")
        let left = (m.constant(0, indexWidth) - extended(shape.padLeft)).named("left_edge")
        let nextX = mux(isRowEnd, left, originX + extended(shape.strideX)).named("next_origin_x")
        let nextY = mux(isRowEnd, originY + extended(shape.strideY), originY).named("next_origin_y")
        let nextLine = mux(isRowEnd, originLine + shape.strideLine, originLine).named("next_origin_line")
        let nextRow = (line + extended(shape.width)).named("next_line")

        func begin(y newY: Bits, x newX: Bits, line newLine: Bits) {
            originY.next(newY)
            originX.next(newX)
            originLine.next(newLine)
            y.next(newY)
            x.next(newX)
            line.next(newLine)
            index.next(newLine + newX)
            word.next(0)
            windowX.next(0)
            windowY.next(0)
        }
        when(start) {
            pixelsLeft.next(shape.outputPixels)
            outputColumn.next(0)
            begin(
                y: m.constant(0, indexWidth) - extended(shape.padTop), x: left,
                line: m.constant(0, indexWidth) - shape.padLine)
        }.elseWhen(step) {
            when(isLastOfWindow) {
                pixelsLeft.next(pixelsLeft - 1)
                outputColumn.next(mux(isRowEnd, 0, outputColumn + 1))
                begin(y: nextY, x: nextX, line: nextLine)
            }.elseWhen(isLastOfRow) {
                word.next(0)
                windowX.next(0)
                windowY.next(windowY + 1)
                y.next(y + 1)
                x.next(originX)
                line.next(nextRow)
                index.next(nextRow + originX)
            }.elseWhen(isLastWord) {
                word.next(0)
                windowX.next(windowX + 1)
                x.next(x + 1)
                index.next(index + 1)
            }.otherwise {
                word.next(word + 1)
            }
        }

        if let restore {
            when(restore.restore) {
                pixelsLeft.next(restore.corner[0])
                outputColumn.next(restore.corner[4])
                begin(y: restore.corner[1], x: restore.corner[2], line: restore.corner[3])
            }
        }
        corner = [pixelsLeft, originY, originX, originLine, outputColumn]
        self.isLastWord = isLastWord
        self.isLastOfWindow = isLastOfWindow
        // Negative rows and columns are large unsigned numbers.
        isInside = ((y < extended(shape.height)) & (x < extended(shape.width))).named("is_inside")
        bank = banks == 1 ? m.constant(0, 1) : index[0..<log2(banks)]
        let place = index[log2(banks)..<indexWidth] *^ shape.pixelWords
        let offset = place.truncated(to: addressWidth).named("pixel_address")
        let wordOffset = word.resized(to: addressWidth)
        address = (shape.base + offset + wordOffset).named("word_address")
    }
}

extension Bits {
    /// The value in another width: high bits dropped, or zeros put before them.
    func resized(to width: Int) -> Bits { width < self.width ? truncated(to: width) : zeroExtended(to: width) }
}
