/// What lies between two layers: a tensor of unsigned codes, row by row, the channels of a pixel side by side.
public struct ActivationFormat: Equatable, Sendable {
    public var height: Int
    public var width: Int
    public var channels: Int
    /// Bits of a code, 1…8.
    public var bits: Int
    /// The code that stands for zero: a code u means (u − zeroPoint) steps.
    public var zeroPoint: Int

    public init(height: Int, width: Int, channels: Int, bits: Int, zeroPoint: Int = 0) {
        self.height = height
        self.width = width
        self.channels = channels
        self.bits = bits
        self.zeroPoint = zeroPoint
    }

    /// A vector of codes whose zero is code 0.
    public init(features: Int, bits: Int) {
        self.init(height: 1, width: 1, channels: features, bits: bits)
    }

    /// Number of codes.
    public var features: Int { height * width * channels }
    public var largestCode: Int { 1 << bits - 1 }
}

/// A window that slides over a tensor, as convolutions and pooling have it.
public struct SlidingWindow: Equatable, Sendable {
    public struct Extent: Equatable, Sendable {
        public var height: Int
        public var width: Int

        public init(height: Int, width: Int) {
            self.height = height
            self.width = width
        }
    }

    /// Rows and columns of padding on each side, independent of each other.
    public struct Padding: Equatable, Sendable {
        public var top: Int
        public var left: Int
        public var bottom: Int
        public var right: Int

        public init(top: Int = 0, left: Int = 0, bottom: Int = 0, right: Int = 0) {
            self.top = top
            self.left = left
            self.bottom = bottom
            self.right = right
        }
    }

    public var size: Extent
    public var stride: Extent
    public var padding: Padding

    public init(
        size: Extent, stride: Extent = Extent(height: 1, width: 1), padding: Padding = Padding()
    ) {
        self.size = size
        self.stride = stride
        self.padding = padding
    }

    /// Places of the window in a tensor: those that lie wholly inside it and its padding.
    public func places(in format: ActivationFormat) -> Extent {
        func count(_ length: Int, _ window: Int, _ stride: Int) -> Int {
            length < window ? 0 : (length - window) / stride + 1
        }
        return Extent(
            height: count(format.height + padding.top + padding.bottom, size.height, stride.height),
            width: count(format.width + padding.left + padding.right, size.width, stride.width))
    }

    /// Calls `body` with each pixel of the tensor under the window at a place, and with its number in the window;
    /// padding has none.
    public func forEachPixel(
        at row: Int, _ column: Int, in format: ActivationFormat, _ body: (_ pixel: Int, _ numberInWindow: Int) -> Void
    ) {
        for windowRow in 0..<size.height {
            let y = row * stride.height + windowRow - padding.top
            guard y >= 0, y < format.height else { continue }
            for windowColumn in 0..<size.width {
                let x = column * stride.width + windowColumn - padding.left
                guard x >= 0, x < format.width else { continue }
                body(y * format.width + x, windowRow * size.width + windowColumn)
            }
        }
    }
}
