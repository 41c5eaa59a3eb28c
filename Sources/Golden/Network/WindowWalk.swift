/// Golden twin of Engine's counters of the same name: walks the windows of a layer word by word.
struct WindowWalk {
    private(set) var pixelsLeft = 0
    private var outputColumn = 0
    private var originY = 0
    private var originX = 0
    private var originLine = 0
    private var line = 0
    private var y = 0
    private var x = 0
    private var index = 0
    private var windowY = 0
    private var windowX = 0
    private var word = 0

    func isLastWord(_ shape: LayerShape) -> Bool { word == shape.pixelWords - 1 }

    func isLastOfWindow(_ shape: LayerShape) -> Bool {
        isLastWord(shape) && windowX == shape.windowWidth - 1 && windowY == shape.windowHeight - 1
    }

    var isLastPixel: Bool { pixelsLeft == 1 }

    func isInside(_ shape: LayerShape) -> Bool { (0..<shape.height).contains(y) && (0..<shape.width).contains(x) }

    /// Bank and address of the word, in so many banks of `addressSpace` words.
    func place(_ shape: LayerShape, banks: Int, addressSpace: Int) -> (bank: Int, address: Int) {
        let pixel = index & Self.indexMask
        let address = shape.base + pixel / banks * shape.pixelWords + word
        return (pixel % banks, address & (addressSpace - 1))
    }

    /// Of the present window: windows that are left, its corner, the corner's line, and its column in the output.
    struct Corner {
        var pixelsLeft = 0
        var y = 0
        var x = 0
        var line = 0
        var column = 0

        func save(to state: inout StateBits) {
            for value in [pixelsLeft, y, x, line] { state.put(value, indexBits) }
            state.put(column, extentBits)
        }

        init() {}

        init(from state: inout StateReader) {
            pixelsLeft = state.take(indexBits)
            y = state.takeSigned(indexBits)
            x = state.takeSigned(indexBits)
            line = state.takeSigned(indexBits)
            column = state.take(extentBits)
        }
    }

    var corner: Corner {
        var corner = Corner()
        (corner.pixelsLeft, corner.column) = (pixelsLeft, outputColumn)
        (corner.y, corner.x, corner.line) = (originY, originX, originLine)
        return corner
    }

    mutating func start(from corner: Corner) {
        (pixelsLeft, outputColumn) = (corner.pixelsLeft, corner.column)
        begin(y: corner.y, x: corner.x, line: corner.line)
    }

    mutating func start(_ shape: LayerShape) {
        pixelsLeft = shape.outputPixels
        outputColumn = 0
        begin(y: -shape.padTop, x: -shape.padLeft, line: -shape.padLine)
    }

    mutating func step(_ shape: LayerShape) {
        guard isLastWord(shape) else {
            word += 1
            return
        }
        word = 0
        if windowX < shape.windowWidth - 1 {
            windowX += 1
            x += 1
            index += 1
        } else if windowY < shape.windowHeight - 1 {
            windowX = 0
            windowY += 1
            y += 1
            x = originX
            line += shape.width
            index = line + originX
        } else {
            nextWindow(shape)
        }
    }

    private mutating func nextWindow(_ shape: LayerShape) {
        pixelsLeft -= 1
        if outputColumn == shape.outputWidth - 1 {
            outputColumn = 0
            begin(y: originY + shape.strideY, x: -shape.padLeft, line: originLine + shape.strideLine)
        } else {
            outputColumn += 1
            begin(y: originY, x: originX + shape.strideX, line: originLine)
        }
    }

    private mutating func begin(y newY: Int, x newX: Int, line newLine: Int) {
        (originY, originX, originLine) = (newY, newX, newLine)
        (y, x, line) = (newY, newX, newLine)
        index = newLine + newX
        (word, windowX, windowY) = (0, 0, 0)
    }

    private static let indexMask = 1 << indexBits - 1
}

/// Bits of the number of a pixel, and of a column.
let indexBits = 22
let extentBits = 13
