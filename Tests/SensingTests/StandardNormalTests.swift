import Foundation
import Testing

@testable import Sensing

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
            var cases = CaseGenerator(seed: seed)
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
}
