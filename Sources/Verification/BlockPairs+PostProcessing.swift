public import Engine
public import Golden

/// Fixed-point scale: values of any order of magnitude, many of them half way between two results, with pauses.
public enum FixedPointScalePair: BlockPair {
    public static let name = "fixed-point-scale"
    public static let summary = "31-bit multiplier and shift, rounded once or twice"

    public static func twin(of hardware: Engine.FixedPointScale) -> Golden.FixedPointScale { Golden.FixedPointScale() }

    public static func driver(of hardware: Engine.FixedPointScale, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(valueWidth: hardware.valueWidth, random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let valueWidth: Int
        var random: StimulusRandom
        public var idle: Golden.FixedPointScale.Inputs { Golden.FixedPointScale.Inputs(valueWidth: valueWidth) }

        public mutating func next(
            _ inputs: inout Golden.FixedPointScale.Inputs, twin: Golden.FixedPointScale
        ) -> StimulusStep {
            inputs.valid = !random.once(in: 5)
            inputs.value = Int32(random.number(width: valueWidth))
            inputs.multiplier = random.multiplier()
            inputs.shift = random.shift(in: -31...30)
            inputs.twice = random.bit()
            return .reset(if: random.once(in: 1000))
        }
    }
}

/// Requantiser: accumulators whose codes lie inside the clamp about as often as beyond it, layer constants held for a
/// while, a new tag in every cycle.
public enum RequantizerPair: BlockPair {
    public static let name = "requantizer"
    public static let summary = "scale, zero point and clamp: sums to codes"

    public static func twin(of hardware: Engine.Requantizer) -> Golden.Requantizer { Golden.Requantizer() }

    public static func driver(of hardware: Engine.Requantizer, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(hardware: hardware, random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let hardware: Engine.Requantizer
        var random: StimulusRandom
        public var idle: Golden.Requantizer.Inputs { Golden.Requantizer.Inputs() }

        public mutating func next(
            _ inputs: inout Golden.Requantizer.Inputs, twin: Golden.Requantizer
        ) -> StimulusStep {
            if random.once(in: 100) {
                inputs.zeroPoint = random.code(bits: hardware.activationBits)
                (inputs.lowest, inputs.highest) = random.range(bits: hardware.activationBits)
                inputs.scale.twice = random.bit()
            }
            inputs.scale.valid = !random.once(in: 5)
            // The scaled value has about as many bits as a code.
            let magnitudeBits = random.below(31)
            inputs.scale.value = Int32(random.number(width: magnitudeBits + 2))
            inputs.scale.multiplier = random.multiplier()
            let wanted = hardware.activationBits - magnitudeBits
            inputs.scale.shift = random.shift(in: max(wanted - 2, -31)...wanted)
            inputs.tag = random.bits(hardware.tagWidth)
            return .reset(if: random.once(in: 1000))
        }
    }
}

/// Residual adder: pairs of codes with pauses, layer constants held for a while, a new tag in every cycle.
public enum ResidualAdderPair: BlockPair {
    public static let name = "residual-adder"
    public static let summary = "sum of two tensors' codes, each with its scale"

    public static func twin(of hardware: Engine.ResidualAdder) -> Golden.ResidualAdder { Golden.ResidualAdder() }

    public static func driver(of hardware: Engine.ResidualAdder, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(hardware: hardware, random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let hardware: Engine.ResidualAdder
        var random: StimulusRandom
        public var idle: Golden.ResidualAdder.Inputs { Golden.ResidualAdder.Inputs() }

        public mutating func next(
            _ inputs: inout Golden.ResidualAdder.Inputs, twin: Golden.ResidualAdder
        ) -> StimulusStep {
            if random.once(in: 100) { drawLayer(&inputs) }
            inputs.valid = !random.once(in: 5)
            inputs.first.code = random.code(bits: hardware.activationBits)
            inputs.second.code = random.code(bits: hardware.activationBits)
            inputs.tag = random.bits(hardware.tagWidth)
            return .reset(if: random.once(in: 1000))
        }

        private mutating func drawLayer(_ inputs: inout Golden.ResidualAdder.Inputs) {
            inputs.first.zeroPoint = random.code(bits: hardware.activationBits)
            inputs.second.zeroPoint = random.code(bits: hardware.activationBits)
            inputs.first.multiplier = random.multiplier()
            inputs.second.multiplier = random.multiplier()
            inputs.first.shift = random.shift(in: random.bit() ? -3...0 : -31...0)
            inputs.second.shift = random.shift(in: random.bit() ? -3...0 : -31...0)
            inputs.multiplier = random.multiplier()
            // The headroom goes, and what the branches were made smaller by comes back, as far as a shift can.
            let larger = max(inputs.first.shift, inputs.second.shift)
            let wanted = -Engine.ResidualAdder.headroom - larger
            inputs.shift = random.shift(in: wanted - 2...wanted + 1)
            inputs.zeroPoint = random.code(bits: hardware.activationBits)
            (inputs.lowest, inputs.highest) = random.range(bits: hardware.activationBits)
        }
    }
}

extension StimulusRandom {
    /// 0, an end of the range, or between 2^30 and 2^31 − 1.
    fileprivate mutating func multiplier() -> Int32 {
        switch below(10) {
        case 0: 0
        case 1, 2: 1 << 30
        case 3: .max
        default: Int32(1 << 30 | bits(30))
        }
    }

    fileprivate mutating func shift(in range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    fileprivate mutating func code(bits: Int) -> Int { below(1 << bits) }

    /// Lowest and highest code: the whole range, or a part of it.
    fileprivate mutating func range(bits: Int) -> (lowest: Int, highest: Int) {
        if bit() { return (0, 1 << bits - 1) }
        let (one, other) = (code(bits: bits), code(bits: bits))
        return (min(one, other), max(one, other))
    }
}
