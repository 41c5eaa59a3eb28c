/// The numbers that describe a layer to the engine, in the order of a descriptor's words; Engine's type of the same name
/// says what each one is.
public enum DescriptorField: Int, CaseIterable, Sendable {
    case kind
    case inputBase, inputHeight, inputWidth, pixelWords, lastCodes
    case windowHeight, windowWidth, strideY, strideX, padTop, padLeft, strideLine, padLine
    case outputWidth, outputPixels
    case inputZeroPoint
    case lastPlaneGroup, skipsZeros
    case rowBase, listBase, channelBase
    case outputBase, outputWords
    case isRaw, roundsTwice
    case zeroPoint, lowest, highest
    case isAverage, roundingOrigin
    case bankWords, secondBase, secondZeroPoint
    case firstMultiplier, firstShift, secondMultiplier, secondShift, multiplier, shift

    /// Words from one descriptor to the next.
    public static let stride = 64
}

/// What a descriptor describes.
public enum LayerKind: Int, Sendable {
    case end, convolution, pooling, addition
}

/// What the engine is told about one layer.
public struct LayerDescriptor: Hashable, Sendable {
    /// One 32-bit word a field.
    public private(set) var words: [UInt32]

    /// The descriptor that ends a network.
    public init() { words = Array(repeating: 0, count: DescriptorField.allCases.count) }

    public subscript(_ field: DescriptorField) -> Int {
        get { Int(words[field.rawValue]) }
        set { words[field.rawValue] = UInt32(truncatingIfNeeded: newValue) }
    }

    /// The window and the tensor that it slides over.
    public var shape: LayerShape {
        var shape = LayerShape()
        shape.base = self[.inputBase]
        shape.height = self[.inputHeight]
        shape.width = self[.inputWidth]
        shape.pixelWords = self[.pixelWords]
        shape.lastCodes = self[.lastCodes]
        shape.windowHeight = self[.windowHeight]
        shape.windowWidth = self[.windowWidth]
        shape.strideX = self[.strideX]
        shape.padTop = self[.padTop]
        shape.padLeft = self[.padLeft]
        shape.strideY = self[.strideY]
        shape.strideLine = self[.strideLine]
        shape.padLine = self[.padLine]
        shape.outputWidth = self[.outputWidth]
        shape.outputPixels = self[.outputPixels]
        return shape
    }
}

/// The window of a layer and the tensor that it slides over; Engine's bundle of the same name.
public struct LayerShape: Hashable, Sendable, PortRecord {
    /// Where the tensor begins in each bank of the activation memory.
    public var base = 0
    public var height = 1
    public var width = 1
    /// Words of a pixel, and the codes in the last of them.
    public var pixelWords = 1
    public var lastCodes = 1
    public var windowHeight = 1
    public var windowWidth = 1
    public var strideX = 1
    public var padTop = 0
    public var padLeft = 0
    public var strideY = 1
    /// Pixels in `strideY` rows of the tensor, and in `padTop` rows.
    public var strideLine = 1
    public var padLine = 0
    public var outputWidth = 1
    public var outputPixels = 1

    public init() {}

    public func write(to record: inout RecordWriter) {
        for value in [
            base, height, width, pixelWords, lastCodes, windowHeight, windowWidth, strideX, padTop, padLeft, strideY,
            strideLine, padLine, outputWidth, outputPixels,
        ] {
            record.put(value)
        }
    }
}
