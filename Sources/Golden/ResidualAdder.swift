import Network

/// Golden twin of Engine's `ResidualAdder`: scales two codes, adds them and requantises the sum.
public struct ResidualAdder: Behaviour {
    /// A tensor that is added: its code and the constants of its scale.
    public struct Branch: Sendable {
        public var code = 0
        public var zeroPoint = 0
        /// 0, or 2^30 to 2^31 − 1.
        public var multiplier: Int32 = 0
        /// −31 to 0.
        public var shift = 0

        public init() {}
    }

    public struct Inputs: PortRecord {
        public var valid = false
        public var first = Branch()
        public var second = Branch()
        public var multiplier: Int32 = 0
        public var shift = 0
        public var zeroPoint = 0
        public var lowest = 0
        public var highest = 0
        /// Below 2^tagWidth.
        public var tag: UInt64 = 0

        public init() {}

        public func write(to record: inout RecordWriter) {
            record.put(valid)
            record.put(first.code)
            record.put(second.code)
            record.put(first.zeroPoint)
            record.put(second.zeroPoint)
            record.put(Int64(first.multiplier), width: 31)
            record.put(Int64(first.shift), width: 6)
            record.put(Int64(second.multiplier), width: 31)
            record.put(Int64(second.shift), width: 6)
            record.put(Int64(multiplier), width: 31)
            record.put(Int64(shift), width: 6)
            record.put(zeroPoint)
            record.put(lowest)
            record.put(highest)
            record.put(tag)
        }
    }

    private static let sumLatency = 1 + FixedPointScale.latency + 1
    /// Cycles from a pair of codes to its code.
    public static let latency = sumLatency + Requantizer.latency

    private var isOffset = false
    private var firstOffset = 0
    private var secondOffset = 0
    private var firstScale = FixedPointScale()
    private var secondScale = FixedPointScale()
    private var isSummed = false
    private var sum: Int32 = 0
    private var tags = DelayLine<UInt64>(length: sumLatency, idle: 0)
    private var requantizer = Requantizer()

    public init() {}

    public var isCodeValid: Bool { requantizer.isCodeValid }
    public var code: Int { requantizer.code }
    public var codeTag: UInt64 { requantizer.codeTag }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(isCodeValid)
        record.put(code)
        record.put(codeTag)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        clockRequantizer(inputs, reset: reset)
        isSummed = firstScale.isScaledValid && !reset
        if isSummed { sum = firstScale.scaled &+ secondScale.scaled }
        firstScale.clock(scaleInputs(firstOffset, inputs.first), reset: reset)
        secondScale.clock(scaleInputs(secondOffset, inputs.second), reset: reset)
        isOffset = inputs.valid && !reset
        if isOffset {
            firstOffset = inputs.first.code - inputs.first.zeroPoint
            secondOffset = inputs.second.code - inputs.second.zeroPoint
        }
        if reset { tags.clear() } else { tags.push(inputs.tag) }
    }

    private func scaleInputs(_ offset: Int, _ branch: Branch) -> FixedPointScale.Inputs {
        var scale = FixedPointScale.Inputs()
        scale.valid = isOffset
        scale.value = Int32(offset << QuantizedNetwork.Addition.headroom)
        scale.multiplier = branch.multiplier
        scale.shift = branch.shift
        scale.twice = true
        return scale
    }

    private mutating func clockRequantizer(_ inputs: Inputs, reset: Bool) {
        var requantized = Requantizer.Inputs()
        requantized.scale.valid = isSummed
        requantized.scale.value = sum
        requantized.scale.multiplier = inputs.multiplier
        requantized.scale.shift = inputs.shift
        requantized.scale.twice = true
        requantized.zeroPoint = inputs.zeroPoint
        requantized.lowest = inputs.lowest
        requantized.highest = inputs.highest
        requantized.tag = tags.oldest
        requantizer.clock(requantized, reset: reset)
    }
}
