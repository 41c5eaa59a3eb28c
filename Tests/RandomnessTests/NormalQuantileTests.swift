import Foundation
import Randomness
import Testing

/// Law: the normal distribution function of a quantile is its probability.
@Suite("normal quantile")
struct NormalQuantileTests {
    /// The C library's complementary error function, which shares no code with the quantile.
    private func distribution(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

    @Test("inverts the distribution function, deep tails included")
    func inverts() {
        var stream = KeyedStream(seed: 21, stream: 0)
        for _ in 0..<100_000 {
            let p = stream.nextDouble()
            #expect(abs(distribution(normalQuantile(p)) / p - 1) < 1e-13)
        }
        for exponent in 1...290 {
            let p = pow(10, -Double(exponent))
            #expect(abs(distribution(normalQuantile(p)) / p - 1) < 1e-11, "\(p)")
        }
        for p in [0.01, 0.074, 0.076, 0.3] { #expect(abs(normalQuantile(p) + normalQuantile(1 - p)) < 1e-14) }
        #expect(normalQuantile(0.5) == 0)
    }

    @Test("draws have the moments of the normal law", arguments: [1, 2, 3] as [UInt64])
    func moments(seed: UInt64) {
        var stream = KeyedStream(seed: seed, stream: 7)
        let count = 200_000.0
        var sums = [0.0, 0, 0, 0]
        for _ in 0..<Int(count) {
            let x = stream.nextNormal()
            for power in 1...4 { sums[power - 1] += pow(x, Double(power)) }
        }
        // Standard errors of the first four moments: 1, √2, √15, √96 over √n.
        let means = [0.0, 1, 0, 3]
        let errors = [1.0, 2, 15, 96].map { $0.squareRoot() }
        for power in 0..<4 {
            let deviation = abs(sums[power] / count - means[power])
            #expect(deviation < 4 * errors[power] / count.squareRoot())
        }
    }
}
