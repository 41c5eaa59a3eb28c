extension QuantizedNetwork {
    /// The sum of two tensors of the same shape, each with a scale of its own: what a residual connection ends in.
    ///
    /// Law: code = requantised(first + second), where each branch is (code − zero point) × 2^20, scaled and rounded twice.
    /// Source: the quantised `Add` of TensorFlow Lite's reference kernels.
    public struct Addition: Equatable, Sendable {
        public struct Branch: Equatable, Sendable {
            /// 2^30 to 2^31 − 1, or 0.
            public var multiplier: Int32
            /// −31 to 0.
            public var shift: Int

            public init(multiplier: Int32, shift: Int) {
                self.multiplier = multiplier
                self.shift = shift
            }
        }

        /// Bits that branches are raised by before they are scaled.
        public static let headroom = 20

        public var first: Branch
        public var second: Branch
        /// One multiplier and one shift, for all channels.
        public var requantization: Requantization

        public init(first: Branch, second: Branch, requantization: Requantization) {
            self.first = first
            self.second = second
            self.requantization = requantization
        }

        /// The codes of the output tensor.
        public func codes(
            _ firstCodes: [UInt8], _ firstFormat: ActivationFormat, _ secondCodes: [UInt8],
            _ secondFormat: ActivationFormat
        ) -> [UInt8] {
            zip(firstCodes, secondCodes).map { a, b in
                let sum =
                    scaled(a, firstFormat.zeroPoint, first) + scaled(b, secondFormat.zeroPoint, second)
                return requantization.code(accumulator: sum, channel: 0)
            }
        }

        private func scaled(_ code: UInt8, _ zeroPoint: Int, _ branch: Branch) -> Int32 {
            let raised = (Int32(code) - Int32(zeroPoint)) << Int32(Self.headroom)
            return Requantization.scaledTwice(raised, by: branch.multiplier, shift: branch.shift)
        }
    }
}
