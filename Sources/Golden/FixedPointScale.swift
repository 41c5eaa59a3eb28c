/// Golden twin of Engine's `FixedPointScale`: scales by a multiplier and a shift, rounding once or twice.
public struct FixedPointScale: Behaviour {
    public struct Inputs: PortRecord {
        public var valid = false
        public var value: Int32 = 0
        /// 0, or 2^30 to 2^31 − 1.
        public var multiplier: Int32 = 0
        /// −31 to 30.
        public var shift = 0
        public var twice = false
        let valueWidth: Int

        public init(valueWidth: Int = 32) { self.valueWidth = valueWidth }

        public func write(to record: inout RecordWriter) {
            record.put(valid)
            record.put(Int64(value), width: valueWidth)
            record.put(Int64(multiplier), width: 31)
            record.put(Int64(shift), width: 6)
            record.put(twice)
        }
    }

    /// Cycles from a value to its result.
    public static let latency = 5

    /// Results between the input and the output register; nil in a cycle without a value.
    private var underWay = DelayLine<Int32?>(length: latency - 1, idle: nil)
    public private(set) var isScaledValid = false
    public private(set) var scaled: Int32 = 0

    public init() {}

    /// The law: value × multiplier × 2^(shift − 31), rounded once with halves upwards, or, if a shift to the right is to be
    /// rounded by itself, with halves upwards before it and away from zero behind it; modulo 2^32.
    public static func scaled(_ value: Int32, by multiplier: Int32, shift: Int, twice: Bool) -> Int32 {
        let product = Int64(value) * Int64(multiplier)
        guard twice, shift < 0 else {
            let half = Int64(1) << (30 - shift)
            return Int32(truncatingIfNeeded: (product + half) >> (31 - shift))
        }
        let high = (product + 1 << 30) >> 31
        let half = Int64(1) << (-shift - 1)
        let magnitude = (high.magnitude + half.magnitude) >> UInt64(-shift)
        return Int32(high < 0 ? -Int64(magnitude) : Int64(magnitude))
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(isScaledValid)
        record.put(Int64(scaled), width: 32)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        if reset {
            underWay.clear()
            isScaledValid = false
            scaled = 0
            return
        }
        let leaving = underWay.oldest
        isScaledValid = leaving != nil
        if let leaving { scaled = leaving }
        let entering =
            inputs.valid
            ? Self.scaled(inputs.value, by: inputs.multiplier, shift: inputs.shift, twice: inputs.twice) : nil
        underWay.push(entering)
    }
}
