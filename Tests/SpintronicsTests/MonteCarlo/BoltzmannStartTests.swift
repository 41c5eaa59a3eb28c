import Foundation
import Randomness
import Testing

@testable import Spintronics

/// Law: |mz| has the density exp(Δ x²) on 0…1 and the azimuth is uniform.
struct BoltzmannStartTests {
    @Test(arguments: [1.0, 5, 50], [false, true])
    func hasTheDistributionOfTheWell(thermalStability: Double, isReversed: Bool) {
        let start = BoltzmannStart(thermalStability: thermalStability, isReversed: isReversed)
        var sample: [Double] = []
        var direction = SIMD3<Double>.zero
        let n = 20_000
        for trial in 0..<n {
            var stream = KeyedStream(seed: 5, stream: 2, block0: UInt32(trial))
            let m = start.draw(from: &stream)
            #expect(abs((m * m).sum() - 1) < 1e-14)
            #expect(isReversed ? m.z <= 0 : m.z >= 0)
            sample.append(abs(m.z))
            let inPlane = (m.x * m.x + m.y * m.y).squareRoot()
            direction += SIMD3(m.x / inPlane, m.y / inPlane, m.x * m.y / (inPlane * inPlane))
        }
        // The distribution function by Simpson's rule on a fine grid.
        let cells = 4000
        func density(_ x: Double) -> Double { exp(thermalStability * (x * x - 1)) }
        var sums = [0.0]
        for cell in 0..<cells {
            let (a, b) = (Double(cell) / Double(cells), Double(cell + 1) / Double(cells))
            sums.append(sums[cell] + (density(a) + 4 * density((a + b) / 2) + density(b)) / 6)
        }
        let distance = sample.sorted().enumerated().reduce(0.0) { largest, item in
            let place = item.element * Double(cells)
            let cell = min(Int(place), cells - 1)
            let p = (sums[cell] + (sums[cell + 1] - sums[cell]) * (place - Double(cell))) / sums[cells]
            return max(largest, abs(p - Double(item.offset) / Double(n)), abs(p - Double(item.offset + 1) / Double(n)))
        }
        // Exceeded once in a thousand samples.
        #expect(distance * Double(n).squareRoot() < 1.95, "\(distance)")
        // Means of cosine, sine and their product: variances 1/2, 1/2, 1/8.
        let z = direction / (Double(n) * SIMD3(0.5, 0.5, 0.125)).squareRoot()
        for component in 0..<3 { #expect(abs(z[component]) < 4, "\(z)") }
    }
}
