/// A learning rate that falls from its peak to zero along half a cosine (Loshchilov and Hutter, arXiv:1608.03983).
struct CosineSchedule: Sendable {
    let peak: Double
    let steps: Int

    /// The rate of a step, counted from zero.
    func rate(step: Int) -> Float {
        let time = (Double(step) + 0.5) / Double(max(1, steps))
        return Float(peak * 0.5 * (1 - Self.sine(Double.pi * (min(time, 1) - 0.5))))
    }

    /// The sine for |x| ≤ π / 2 by its series: the C library's differs between CPUs in the last bit.
    private static func sine(_ x: Double) -> Double {
        var (term, sum) = (x, x)
        for order in stride(from: 3.0, through: 21, by: 2) {
            term *= -x * x / (order * (order - 1))
            sum += term
        }
        return sum
    }
}
