import Golden
import Randomness

/// Random values for stimulus, drawn from a keyed stream: the same seed gives the same stimulus on every machine.
public struct StimulusRandom {
    private var stream: KeyedStream

    /// - Parameter purpose: Keeps streams of different uses apart.
    public init(seed: UInt64, purpose: UInt32 = 0) {
        stream = KeyedStream(seed: seed, stream: 0x5717_0000 + purpose)
    }

    /// True once in `period` draws on average.
    public mutating func once(in period: UInt32) -> Bool { stream.nextIndex(below: period) == 0 }

    /// A number in `0 ..< bound`.
    public mutating func below(_ bound: Int) -> Int { stream.nextIndex(below: UInt32(clamping: max(bound, 1))) }

    public mutating func bit() -> Bool { stream.nextUInt32() & 1 == 1 }

    /// Uniform bits, 1 to 64 of them.
    public mutating func bits(_ count: Int) -> UInt64 { stream.nextUInt64() >> UInt64(64 - count) }

    /// A two's complement number of 2 to 64 bits, of any order of magnitude, half of the time with zeros at its end, and
    /// now and then an end of the range.
    public mutating func number(width: Int) -> Int64 {
        let lowest = Int64(-1) << Int64(width - 1)
        switch below(16) {
        case 0: return lowest
        case 1: return ~lowest
        default:
            let number = Int64(bitPattern: bits(64)) >> Int64(63 - below(width))
            return bit() ? number : number & Int64(-1) << Int64(below(width))
        }
    }

    /// Uniform bits in the lowest columns; now and then none, or all.
    public mutating func row(columns: Int) -> BitRow {
        let kind = below(8)
        if kind == 0 { return .none }
        var row = BitRow.none
        for word in 0..<(columns + 63) / 64 {
            let bits = kind == 1 ? UInt64.max : stream.nextUInt64()
            let used = min(64, columns - word * 64)
            row[word] = bits & (UInt64.max >> UInt64(64 - used))
        }
        return row
    }
}
