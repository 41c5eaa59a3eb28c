import BitVectors

/// A small generator with a seed (SplitMix64; Steele, Lea and Flood, 2014), so that a run can be had again.
struct RandomSource: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// True in so many of a hundred cases.
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    mutating func word(_ width: Int) -> BitVector {
        BitVector(words: (0...width / 64).map { _ in next() }, width: width)
    }
}

/// How eager the two ends of a stream are, in percent of the cycles.
struct Pace: Sendable, CustomStringConvertible {
    let offers, takes: Int
    let seed: UInt64

    var description: String { "offers \(offers) %, takes \(takes) %, seed \(seed)" }
    var isFull: Bool { offers == 100 && takes == 100 }

    /// Both ends at full speed, one of them slow, and both unsteady.
    static let all = [(100, 100), (100, 25), (25, 100), (50, 50), (90, 80), (10, 90)].enumerated().map {
        Pace(offers: $1.0, takes: $1.1, seed: UInt64($0 * 7919 + 20))
    }
}
