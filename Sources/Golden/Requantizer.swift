/// Golden twin of Engine's `Requantizer`: scales, adds the zero point, clamps; a tag travels beside.
public struct Requantizer: Behaviour {
    public struct Inputs: PortRecord {
        /// The accumulator with its multiplier, shift and rounding.
        public var scale = FixedPointScale.Inputs()
        public var zeroPoint = 0
        /// Not above `highest`.
        public var lowest = 0
        public var highest = 0
        /// Below 2^tagWidth.
        public var tag: UInt64 = 0

        public init() {}

        public func write(to record: inout RecordWriter) {
            scale.write(to: &record)
            record.put(zeroPoint)
            record.put(lowest)
            record.put(highest)
            record.put(tag)
        }
    }

    /// Cycles from an accumulator to its code.
    public static let latency = FixedPointScale.latency + 1

    private var scale = FixedPointScale()
    private var tags = DelayLine<UInt64>(length: latency, idle: 0)
    public private(set) var isCodeValid = false
    public private(set) var code = 0
    public var codeTag: UInt64 { tags.oldest }

    public init() {}

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(isCodeValid)
        record.put(code)
        record.put(codeTag)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        if reset {
            isCodeValid = false
            code = 0
            tags.clear()
        } else {
            isCodeValid = scale.isScaledValid
            if isCodeValid {
                code = max(min(Int(scale.scaled) + inputs.zeroPoint, inputs.highest), inputs.lowest)
            }
            tags.push(inputs.tag)
        }
        scale.clock(inputs.scale, reset: reset)
    }
}
