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

/// Pooling unit: windows of every length, words of extreme codes, pauses; modes change between layers.
public enum PoolingUnitPair: BlockPair {
    public static let name = "pooling-unit"
    public static let summary = "largest or mean code of a window, several channels side by side"

    public static func twin(of hardware: Engine.PoolingUnit) -> Golden.PoolingUnit {
        Golden.PoolingUnit(lanes: hardware.lanes, activationBits: hardware.activationBits)
    }

    public static func driver(of hardware: Engine.PoolingUnit, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(hardware: hardware, random: StimulusRandom(seed: seed))
    }

    /// The words of a window.
    private enum Words { case random, zeros, ones }

    public struct Driver: StimulusDriver {
        let hardware: Engine.PoolingUnit
        var random: StimulusRandom
        /// Words of the window that are still to be taken; none between windows.
        private var wordsLeft = 0
        private var isFirst = false
        private var words = Words.random
        private var pauses = false
        /// No window begins until every result is out; then another layer does.
        private var drains = true

        init(hardware: Engine.PoolingUnit, random: StimulusRandom) {
            self.hardware = hardware
            self.random = random
        }

        public var idle: Golden.PoolingUnit.Inputs {
            Golden.PoolingUnit.Inputs(lanes: hardware.lanes, activationBits: hardware.activationBits)
        }

        public mutating func next(
            _ inputs: inout Golden.PoolingUnit.Inputs, twin: Golden.PoolingUnit
        ) -> StimulusStep {
            let isBetween = wordsLeft == 0
            if drains && twin.isEmpty {
                beginLayer(&inputs)
            } else if isBetween && random.once(in: 10) {
                drains = true
            }
            let rests = (drains && isBetween) || (pauses && random.bit())
            // Now and then a window is given up: another one begins before its last word.
            if !rests && (isBetween || random.once(in: 2000)) { beginWindow() }

            let bits = hardware.lanes * hardware.activationBits
            inputs.valid = !rests
            inputs.first = inputs.valid ? isFirst : random.bit()
            inputs.last = inputs.valid ? wordsLeft == 1 : random.bit()
            inputs.word =
                switch words {
                case .random: random.row(columns: bits)
                case .zeros: .none
                case .ones: .allOnes(columns: bits)
                }
            inputs.tag = random.row(columns: hardware.tagWidth)[0]
            if inputs.valid && twin.isReady(average: inputs.average) {
                wordsLeft -= 1
                isFirst = false
            }
            guard random.once(in: 5000) else { return .run }
            wordsLeft = 0
            return .reset
        }

        private mutating func beginLayer(_ inputs: inout Golden.PoolingUnit.Inputs) {
            let largest = (1 << hardware.activationBits) - 1
            inputs.average = random.bit()
            inputs.roundingOrigin = [0, largest / 2 + 1, largest, random.below(largest + 1)][random.below(4)]
            pauses = random.bit()
            drains = false
        }

        private mutating func beginWindow() {
            let area = hardware.windowArea
            wordsLeft = [1, 1 + random.below(min(area, 12)), 1 + random.below(area), area][random.below(4)]
            words = [.random, .random, .zeros, .ones][random.below(4)]
            isFirst = true
        }
    }
}
