extension QuantizedNetwork {
    /// The largest or the mean of each channel under a window; padding takes no part. Codes keep their meaning.
    public struct Pooling: Equatable, Sendable {
        public enum Kind: String, Equatable, Sendable {
            case maximum = "max-pool"
            case average = "average-pool"
        }

        public var kind: Kind
        public var window: SlidingWindow
        /// The code from which means are rounded away, halves included: 0 for unsigned numbers, 128 where codes stand
        /// for signed bytes, as TensorFlow Lite rounds them.
        public var roundingOrigin: Int

        public init(_ kind: Kind, window: SlidingWindow, roundingOrigin: Int = 0) {
            self.kind = kind
            self.window = window
            self.roundingOrigin = roundingOrigin
        }

        /// The codes of the output tensor.
        public func codes(activations: [UInt8], _ format: ActivationFormat) -> [UInt8] {
            let places = window.places(in: format)
            var codes: [UInt8] = []
            codes.reserveCapacity(places.height * places.width * format.channels)
            for row in 0..<places.height {
                for column in 0..<places.width {
                    for channel in 0..<format.channels {
                        var (largest, sum, count) = (0, 0, 0)
                        window.forEachPixel(at: row, column, in: format) { pixel, _ in
                            let code = Int(activations[pixel * format.channels + channel])
                            largest = max(largest, code)
                            sum += code - roundingOrigin
                            count += 1
                        }
                        codes.append(UInt8(kind == .maximum ? largest : mean(sum, count) + roundingOrigin))
                    }
                }
            }
            return codes
        }

        private func mean(_ sum: Int, _ count: Int) -> Int {
            (sum > 0 ? sum + count / 2 : sum - count / 2) / count
        }
    }
}
