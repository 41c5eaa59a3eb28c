/// How the thermal field of one trial is drawn, and from which words of its stream.
public enum ThermalNoise: String, Hashable, Sendable, CaseIterable {
    /// Independent normal numbers.
    ///
    /// Two steps share a block of four words. Word k = 0, 1, 2 gives, with ten bits of word 3 (bits 2 + 10 k and up), a
    /// pair of normal numbers: its 23 high bits the radius, its 9 low bits above those ten the angle. The six numbers
    /// are x, y, z of the first step and of the second.
    case gaussian
    /// Independent numbers that are ±√(512/171) with probability 171/1024 each, else 0.
    ///
    /// Mean, variance and third moment are those of a normal number, the fourth is 2.994 for 3: enough for the order
    /// of the method's probabilities (its weak order), and several times as fast. A step takes one word; its bits
    /// 31…22, 21…12 and 11…2 are signed numbers f of which f ≥ 341 gives +, f < −341 gives − for x, y and z.
    case threePoint
}

/// A kind of thermal field as the kernel draws it.
protocol NoiseSource: Sendable {
    /// Steps that share a block of four words.
    static var stepsPerBlock: Int { get }
    /// Writes the x, y and z of each of these steps, one after the other, times `scale`.
    static func fill(_ numbers: UnsafeMutablePointer<SIMD16<Float>>, from block: TrialPhilox.Block, scale: Float)
}

enum GaussianNoise: NoiseSource {
    static let stepsPerBlock = 2

    @inline(__always)
    static func fill(_ numbers: UnsafeMutablePointer<SIMD16<Float>>, from block: TrialPhilox.Block, scale: Float) {
        @inline(__always) func pair(_ word: SIMD16<UInt32>, _ shift: UInt32, at place: Int) {
            let extra = (block.3 &>> SIMD16(repeating: shift)) & SIMD16(repeating: 0x3FF)
            let angle = (word &<< SIMD16(repeating: 10) | extra) & SIMD16(repeating: 0x7FFFF)
            let (a, b) = LaneNormals.pair(radius: word &>> SIMD16(repeating: 9), angle: angle)
            numbers[place] = a * SIMD16(repeating: scale)
            numbers[place + 1] = b * SIMD16(repeating: scale)
        }
        pair(block.0, 2, at: 0)
        pair(block.1, 12, at: 2)
        pair(block.2, 22, at: 4)
    }
}

enum ThreePointNoise: NoiseSource {
    static let stepsPerBlock = 4

    /// 341 in the ten high bits.
    private static let threshold: Int32 = 341 << 22
    /// √(512/171), for a variance of 1.
    private static let magnitude: Float = 1.7303618

    @inline(__always)
    static func fill(_ numbers: UnsafeMutablePointer<SIMD16<Float>>, from block: TrialPhilox.Block, scale: Float) {
        let bits = SIMD16<UInt32>(repeating: (magnitude * scale).bitPattern)
        @inline(__always) func component(_ field: SIMD16<UInt32>, at place: Int) {
            let signed = unsafeBitCast(field, to: SIMD16<Int32>.self)
            // f or −1 − f, whichever is not negative; lower fields lie below the threshold and decide nothing.
            let size = signed ^ (signed &>> SIMD16(repeating: 31))
            // All ones where the size reaches the threshold. No comparison: masks are slow in Swift's vectors.
            let reaches = (SIMD16(repeating: threshold - 1) &- size) &>> SIMD16(repeating: 31)
            let value = bits | (field & SIMD16(repeating: 1 << 31))
            numbers[place] = LaneNormals.floats(value & unsafeBitCast(reaches, to: SIMD16<UInt32>.self))
        }
        @inline(__always) func step(_ word: SIMD16<UInt32>, at place: Int) {
            component(word, at: place)
            component(word &<< SIMD16(repeating: 10), at: place + 1)
            component(word &<< SIMD16(repeating: 20), at: place + 2)
        }
        step(block.0, at: 0)
        step(block.1, at: 3)
        step(block.2, at: 6)
        step(block.3, at: 9)
    }
}
