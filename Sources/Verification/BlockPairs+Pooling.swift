public import Engine
public import Golden

/// Rounding divider: dividends up to the largest that are allowed, halves and their neighbours, starts at any time.
public enum RoundingDividerPair: BlockPair {
    public static let name = "rounding-divider"
    public static let summary = "signed quotients, halves away from zero, one bit a cycle"

    public static func twin(of hardware: Engine.RoundingDivider) -> Golden.RoundingDivider {
        Golden.RoundingDivider(quotientBits: hardware.quotientBits, lanes: hardware.lanes)
    }

    public static func driver(of hardware: Engine.RoundingDivider, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(hardware: hardware, random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let hardware: Engine.RoundingDivider
        var random: StimulusRandom
        public var idle: Golden.RoundingDivider.Inputs {
            Golden.RoundingDivider.Inputs(dividendWidth: hardware.dividendWidth, lanes: hardware.lanes)
        }

        public mutating func next(
            _ inputs: inout Golden.RoundingDivider.Inputs, twin: Golden.RoundingDivider
        ) -> StimulusStep {
            inputs.start = random.bit()
            let magnitude = 1 << random.below(hardware.divisorWidth)
            inputs.divisor = magnitude + random.below(magnitude)
            for lane in inputs.dividends.indices { inputs.dividends[lane] = dividend(by: inputs.divisor) }
            return .reset(if: random.once(in: 500))
        }

        /// A dividend whose quotient fits.
        private mutating func dividend(by divisor: Int) -> Int {
            let isNegative = random.bit()
            let largest = (divisor << hardware.quotientBits) - 1 - divisor / 2
            let limit = min(largest, (1 << (hardware.dividendWidth - 1)) - (isNegative ? 0 : 1))
            let near = random.below(limit / divisor + 1) * divisor + divisor / 2 - 1 + random.below(3)
            let magnitude =
                switch random.below(6) {
                case 0: limit
                case 1: random.below(4)
                case 2, 3: near
                default: random.below(limit + 1)
                }
            return (isNegative ? -1 : 1) * min(max(magnitude, 0), limit)
        }
    }
}
