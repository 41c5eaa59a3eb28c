internal import Network

/// The shape of one image's tensor between two layers: row by row, the channels of a pixel side by side.
struct TensorShape: Equatable, Sendable {
    var height: Int
    var width: Int
    var channels: Int

    var count: Int { height * width * channels }
    var pixels: Int { height * width }

    /// The shape as places of windows are computed from it.
    var format: ActivationFormat { ActivationFormat(height: height, width: width, channels: channels, bits: 8) }
}
