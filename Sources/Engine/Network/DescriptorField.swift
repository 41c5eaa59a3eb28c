/// The numbers that describe a layer to the engine, one 32-bit word each, in the order of a descriptor.
///
/// Golden's type of the same name has the same order.
public enum DescriptorField: Int, CaseIterable, Sendable {
    /// A `LayerKind`.
    case kind
    case inputBase, inputHeight, inputWidth, pixelWords, lastCodes
    case windowHeight, windowWidth, strideY, strideX, padTop, padLeft, strideLine, padLine
    case outputWidth, outputPixels
    /// The code that stands for zero in the input, or in the first tensor of a sum: what padding counts as.
    case inputZeroPoint
    /// Number of the last group of activation planes; 1 where steps whose activations are all zero are left out.
    case lastPlaneGroup, skipsZeros
    case rowBase, listBase, channelBase
    case outputBase, outputWords
    /// 1 where sums are the network's result, 1 where requantisation rounds twice.
    case isRaw, roundsTwice
    case zeroPoint, lowest, highest
    /// Of a pool: 1 for the mean, and the code from which it is rounded.
    case isAverage, roundingOrigin
    /// Of a sum: words of each bank, the second tensor, the scales of both and of the sum.
    case bankWords, secondBase, secondZeroPoint
    case firstMultiplier, firstShift, secondMultiplier, secondShift, multiplier, shift

    /// Words from one descriptor to the next.
    public static let stride = 64
}

/// What a descriptor describes.
public enum LayerKind: Int, Sendable {
    /// The end of the network.
    case end
    /// A convolution; a fully connected layer is one whose window is the whole tensor.
    case convolution
    case pooling
    case addition
}
