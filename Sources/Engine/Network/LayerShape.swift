public import HDL

/// Widths of the numbers that describe a layer, whatever the engine's parameters.
public enum LayerWidth {
    /// Rows or columns of an image, of a window, of strides and padding, up to 8191; a network file has no more than 4159.
    public static let extent = 13
    /// Pixels of an image, and distances between them with a sign.
    public static let pixelIndex = 22
    /// Words of a pixel, up to 65,535.
    public static let pixelWords = 16
}

/// The window of a layer and the tensor that it slides over, held still while the layer runs.
public struct LayerShape: SignalBundle {
    /// Where the tensor begins in each bank of the activation memory.
    public let base: Input
    public let height = Input(LayerWidth.extent)
    public let width = Input(LayerWidth.extent)
    /// Words of a pixel, and the codes in the last of them.
    public let pixelWords = Input(LayerWidth.pixelWords)
    public let lastCodes: Input
    public let windowHeight = Input(LayerWidth.extent)
    public let windowWidth = Input(LayerWidth.extent)
    public let strideX = Input(LayerWidth.extent)
    public let padTop = Input(LayerWidth.extent)
    public let padLeft = Input(LayerWidth.extent)
    public let strideY = Input(LayerWidth.extent)
    /// Pixels in `strideY` rows of the tensor, and in `padTop` rows.
    public let strideLine = Input(LayerWidth.pixelIndex)
    public let padLine = Input(LayerWidth.pixelIndex)
    /// Columns of the output, and all its pixels.
    public let outputWidth = Input(LayerWidth.extent)
    public let outputPixels = Input(LayerWidth.pixelIndex)

    /// - Parameters:
    ///   - addressWidth: bits of a bank's address.
    ///   - wordCodes: codes of a word.
    init(addressWidth: Int, wordCodes: Int) {
        base = Input(addressWidth)
        lastCodes = Input(countWidth(wordCodes))
    }
}

/// Bits that hold a count of up to `largest`.
func countWidth(_ largest: Int) -> Int { Int.bitWidth - largest.leadingZeroBitCount }

/// log₂ of a power of two.
func log2(_ powerOfTwo: Int) -> Int { powerOfTwo.trailingZeroBitCount }
