import CLanes
import Foundation
import Randomness
import Testing

@testable import Spintronics

/// Law: the numbers of either noise have the distribution that its documentation says.
struct ThermalNoiseTests {
    private func draw<Noise: NoiseSource>(_: Noise.Type, _ block: TrialPhilox.Block) -> [SIMD16<Float>] {
        var numbers = [SIMD16<Float>](repeating: .zero, count: 3 * Noise.stepsPerBlock)
        numbers.withUnsafeMutableBufferPointer { Noise.fill($0.baseAddress!, from: block, scale: 1) }
        return numbers
    }

    /// All values of the ten bits, in each component of each word, whatever the other bits are.
    @Test func threePointsHaveTheirProbabilities() {
        var random = KeyedStream(seed: 1, stream: 0)
        for component in 0..<3 {
            var counts = [Float: Int]()
            for field in stride(from: UInt32(0), to: 1024, by: 64) {
                var words = (0..<4).map { _ in SIMD16<UInt32>.zero }
                for word in 0..<4 {
                    for lane in 0..<16 {
                        let shift = UInt32(22 - 10 * component)
                        let others = random.nextUInt32() & ~(1023 << shift)
                        words[word][lane] = others | (field + UInt32(16 * word + lane)) << shift
                    }
                }
                let numbers = draw(ThreePointNoise.self, (words[0], words[1], words[2], words[3]))
                for word in 0..<4 {
                    for lane in 0..<16 { counts[numbers[3 * word + component][lane], default: 0] += 1 }
                }
            }
            let magnitude = Float((512.0 / 171).squareRoot())
            #expect(counts == [magnitude: 171, -magnitude: 171, 0: 682])
        }
    }

    /// Moments and the Kolmogorov-Smirnov distance of each of the six numbers of a block, and that they are independent.
    @Test func normalsAreNormal() {
        var samples = [[Double]](repeating: [], count: 6)
        let philox = TrialPhilox(seed: 20, stream: 1, firstTrial: 0, block1: 0)
        for block: UInt32 in 0..<2000 {
            let numbers = draw(GaussianNoise.self, philox.block(block))
            for (index, lanes) in numbers.enumerated() {
                for lane in 0..<16 { samples[index].append(Double(lanes[lane])) }
            }
        }
        let n = Double(samples[0].count)
        for (index, sample) in samples.enumerated() {
            // Standard errors of the first four moments of n normal numbers: √(1, 2, 15, 96) / √n.
            for (power, (expected, deviation)) in [(1, (0.0, 1.0)), (2, (1, 2)), (3, (0, 15)), (4, (3, 96))] {
                let moment = sample.reduce(0) { $0 + pow($1, Double(power)) } / n
                let z = (moment - expected) / (deviation / n).squareRoot()
                #expect(abs(z) < 4, "number \(index), moment \(power): \(z) standard errors")
            }
            let sorted = sample.sorted()
            let distance = sorted.indices.reduce(0.0) { largest, rank in
                let p = 0.5 * erfc(-sorted[rank] / 2.0.squareRoot())
                return max(largest, abs(p - Double(rank) / n), abs(p - Double(rank + 1) / n))
            }
            // Exceeded once in a thousand samples.
            #expect(distance * n.squareRoot() < 1.95, "number \(index): \(distance)")
            for other in 0..<index {
                let covariance = zip(sample, samples[other]).reduce(0) { $0 + $1.0 * $1.1 } / n
                let squares = zip(sample, samples[other]).reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.1 } / n
                #expect(abs(covariance) * n.squareRoot() < 4, "numbers \(index) and \(other)")
                // Of x² y² mean 1, variance 8.
                #expect(abs(squares - 1) / (8 / n).squareRoot() < 4, "squares of \(index) and \(other)")
            }
        }
    }

    /// All functions against the C library's, over their whole ranges.
    @Test func functionsAreAsExactAsTheySay() {
        var worst = (logarithm: 0.0, sine: 0.0)
        for start in stride(from: UInt32(0), to: 1 << 23, by: 16 * 13) {
            let k = SIMD16<UInt32>(repeating: start) &+ SIMD16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
            let u = (SIMD16<Float>(k) + 0.5) * 0x1p-23
            let logarithm = LaneNormals.logarithm(u)
            let root = hwgen_square_roots(u * 33)
            let (sine, cosine) = LaneNormals.sineAndCosine(k & SIMD16(repeating: 0x7FFFF))
            for lane in 0..<16 {
                worst.logarithm = max(worst.logarithm, abs(Double(logarithm[lane]) / log(Double(u[lane])) - 1))
                #expect(root[lane] == (u[lane] * 33).squareRoot())
                let angle = 2 * .pi * ((Double(k[lane] & 0x7FFFF) + 0.5) / 0x1p19 - 0.125)
                worst.sine = max(
                    worst.sine, abs(Double(sine[lane]) - sin(angle)), abs(Double(cosine[lane]) - cos(angle)))
            }
        }
        #expect(worst.logarithm < 2e-7 && worst.sine < 1.5e-7, "\(worst)")
        #expect(worst.logarithm > 1e-8 && worst.sine > 1e-8, "\(worst)")
    }
}
