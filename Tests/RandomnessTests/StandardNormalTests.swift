import Foundation
import Randomness
import TestSupport
import Testing

@Suite struct StandardNormalTests {
    @Test("quantiles are those of printed tables")
    func table() {
        // Abramowitz and Stegun, table 26.5 and 26.6.
        let known = [
            0.5: 0.0, 0.9: 1.281_551_565_544_600_4, 0.975: 1.959_963_984_540_054, 0.999: 3.090_232_306_167_813_5,
            1e-6: -4.753_424_308_822_899, 1e-10: -6.361_340_902_404_056,
        ]
        for (p, z) in known { #expect(abs(StandardNormal.quantile(p) - z) < 2e-15 * max(1, abs(z)) * 2, "p = \(p)") }
    }

    @Test("the quantile inverts the distribution over both tails")
    func inverse() {
        for seed in 1...4 as ClosedRange<UInt64> {
            var cases = SeededCases(seed: seed)
            for _ in 0..<2000 {
                let p = pow(10, -Double.random(in: 0.31...280, using: &cases))
                let z = StandardNormal.quantile(p)
                // d ln Φ / dz grows like |z|, and so does the rounding of z.
                let allowed = 1e-14 * (1 + z * z)
                #expect(abs(StandardNormal.probability(below: z) / p - 1) < allowed, "seed \(seed), p = \(p)")
                let upper = Double.random(in: 0.5..<1, using: &cases)
                let back = StandardNormal.probability(below: StandardNormal.quantile(upper))
                #expect(abs(back - upper) < 1e-15, "seed \(seed), p = \(upper)")
            }
        }
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
