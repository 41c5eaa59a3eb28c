/// Golden twin of Engine's `PoolingWalker`: walks the words under the windows of a pooling layer.
public struct PoolingWalker: Behaviour {
    public struct Inputs: PortRecord {
        public var start = false
        public var shape = LayerShape()
        public var resultBase = 0
        public var ready = false

        public init() {}

        public func write(to record: inout RecordWriter) {
            record.put(start)
            shape.write(to: &record)
            record.put(resultBase)
            record.put(ready)
        }
    }

    /// The word that is there, and where its window's result goes.
    struct Held {
        var isFirst = false
        var isLast = false
        var bank = 0
        var address = 0
        var isEnd = false
    }

    private let banks: Int
    private let addressSpace: Int
    private var isActive = false
    private var isOpen = false
    private var pixelsLeft = 0
    private var outputColumn = 0
    private var originY = 0
    private var originX = 0
    private var originLine = 0
    private var y = 0
    private var x = 0
    private var line = 0
    private var index = 0
    private var word = 0
    private var isFirst = false
    public private(set) var isHeld = false
    private(set) var held = Held()
    private var resultBank = 0
    private var resultGroup = 0

    public init(banks: Int, depth: Int) {
        self.banks = banks
        addressSpace = Golden.addressSpace(depth)
    }

    /// Whether the layer's last word is there.
    public var isAtEnd: Bool { isHeld && held.isEnd && held.isLast }

    private func steps(_ ready: Bool) -> Bool { isOpen && (!isHeld || ready) }

    private func place(_ shape: LayerShape) -> (bank: Int, address: Int) {
        let pixel = index & 0x3F_FFFF
        return (pixel % banks, (shape.base + pixel / banks * shape.pixelWords + word) & (addressSpace - 1))
    }

    /// Bank and address of the word that is asked for; nil where none is.
    func request(_ shape: LayerShape, ready: Bool) -> (bank: Int, address: Int)? {
        steps(ready) ? place(shape) : nil
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        let (bank, address) = place(inputs.shape)
        record.put(steps(inputs.ready))
        record.put(bank)
        record.put(address)
        record.put(isHeld)
        record.put(held.isFirst)
        record.put(held.isLast)
        record.put(held.bank)
        record.put(held.address)
        record.put(held.isEnd)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        if reset {
            self = Self(banks: banks, depth: addressSpace)
        } else {
            clock(start: inputs.start, inputs.shape, resultBase: inputs.resultBase, ready: inputs.ready)
        }
    }

    /// Whether it waits to begin a pixel.
    var isWaiting: Bool { isActive && !isOpen }

    /// The next pixel's window and where its results go.
    func save(to state: inout StateBits) {
        for value in [pixelsLeft, originY, originX, originLine] { state.put(value, indexBits) }
        state.put(outputColumn, extentBits)
        state.put(resultBank, Golden.addressWidth(banks))
        state.put(resultGroup, addressSpace.trailingZeroBitCount)
    }

    /// At a start, behind its edge.
    mutating func restore(from state: inout StateReader) {
        pixelsLeft = state.take(indexBits)
        originY = state.takeSigned(indexBits)
        originX = state.takeSigned(indexBits)
        originLine = state.takeSigned(indexBits)
        outputColumn = state.take(extentBits)
        resultBank = state.take(Golden.addressWidth(banks))
        resultGroup = state.take(addressSpace.trailingZeroBitCount)
    }

    mutating func clock(start: Bool, _ shape: LayerShape, resultBase: Int, ready: Bool, hold: Bool = false) {
        let step = steps(ready)
        let (bottom, right) = (
            min(originY + shape.windowHeight, shape.height), min(originX + shape.windowWidth, shape.width)
        )
        let isLastX = x + 1 == right
        let isLast = isLastX && y + 1 == bottom
        let isLastWord = word == shape.pixelWords - 1
        if step {
            held = Held(
                isFirst: isFirst, isLast: isLast, bank: resultBank,
                address: (resultGroup + word) & (addressSpace - 1), isEnd: pixelsLeft == 1 && isLastWord)
            isHeld = true
        } else if ready {
            isHeld = false
        }
        if start {
            begin(shape, resultBase: resultBase)
        } else if isWaiting && !hold {
            isOpen = true
            isFirst = true
            word = 0
            open()
        } else if step {
            isFirst = isLast
            if isLast && isLastWord {
                nextPixel(shape)
            } else if isLast {
                word += 1
                open()
            } else if isLastX {
                y += 1
                x = max(0, originX)
                line += shape.width
                index = line + x
            } else {
                x += 1
                index += 1
            }
        }
    }

    private mutating func begin(_ shape: LayerShape, resultBase: Int) {
        isActive = true
        isOpen = false
        pixelsLeft = shape.outputPixels
        outputColumn = 0
        (originY, originX, originLine) = (-shape.padTop, -shape.padLeft, -shape.padLine)
        resultBank = 0
        resultGroup = resultBase
    }

    /// Goes to the first pixel under the window.
    private mutating func open() {
        y = max(0, originY)
        x = max(0, originX)
        line = originY < 0 ? 0 : originLine
        index = line + x
    }

    private mutating func nextPixel(_ shape: LayerShape) {
        isOpen = false
        isActive = pixelsLeft != 1
        pixelsLeft -= 1
        if outputColumn == shape.outputWidth - 1 {
            outputColumn = 0
            originX = -shape.padLeft
            originY += shape.strideY
            originLine += shape.strideLine
        } else {
            outputColumn += 1
            originX += shape.strideX
        }
        resultBank += 1
        if resultBank == banks {
            resultBank = 0
            resultGroup = (resultGroup + shape.pixelWords) & (addressSpace - 1)
        }
    }
}
