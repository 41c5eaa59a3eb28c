import Foundation

extension FokkerPlanck {
    /// Rate at which a junction leaves its well under a constant overdrive below 1, in 1/τD: what retention and read
    /// disturb follow over times that no integration reaches.
    ///
    /// Law: the mean first-passage time from x = 1 to x = −1 of the same drift and diffusion is the double integral
    /// ∫ dy 2Δ/((1 − y²) w(y)) ∫_y^1 w(z) dz with w = exp(Δ (x − i)²); the rate is its inverse. It holds where the
    /// barrier is high, Δ (1 − i)² ≥ 5, so that the well is settled long before it is left. Source: Gardiner,
    /// "Handbook of Stochastic Methods", section 5.2.7. Complexity: O(cells).
    public func escapeRate(overdrive: Double) throws(DeviceError) -> Double {
        let height = thermalStability * (1 - overdrive) * (1 - overdrive)
        guard overdrive >= 0, overdrive < 1, height >= 5 else {
            throw .argument(
                name: "escape rate: overdrive", found: overdrive,
                allowed: "0 to below 1, with a barrier of 5 kT or more")
        }
        // Midpoints in the angle; all weights relative to that of x = 1, in logarithms until the last.
        let cells = 4 * self.cells
        func logWeight(_ x: Double) -> Double { thermalStability * ((x - overdrive) * (x - overdrive)) }
        let top = logWeight(1)
        var inner = 0.0
        var time = 0.0
        let step = Double.pi / Double(cells)
        for cell in 0..<cells {
            let angle = (Double(cell) + 0.5) * step
            let x = cos(angle)
            let weight = exp(logWeight(x) - top) * sin(angle) * step
            inner += weight / 2
            // dy / (1 − y²) = dθ / sin θ.
            time += inner * exp(top - logWeight(x)) * 2 * thermalStability / sin(angle) * step
            inner += weight / 2
        }
        return 1 / time
    }
}
