import Foundation

/// Closed forms of the switching probability of a perpendicular macrospin, where they hold and nowhere else.
///
/// Law: far above the critical current the angle at which the junction starts decides when it passes the equator, and
/// its square is exponentially distributed; far below it, heat takes it over the barrier at a constant rate. Between an
/// overdrive of 0.4 and 2 neither is right, and the Fokker-Planck equation is to be asked.
public enum ClosedForm {
    /// Overdrives at which thermal activation holds, within 10 % of the rate.
    public static let activated: ClosedRange<Double> = 0...0.4
    /// Overdrives at which the ballistic form holds, within 0.025 of the probability.
    public static let ballistic: ClosedRange<Double> = 2...20
    /// Thermal stabilities at which both were measured against the Fokker-Planck equation.
    public static let thermalStabilities: ClosedRange<Double> = 30...100
    /// Shortest time for thermal activation, in τD: before it the distribution has not settled in its well.
    public static let settling = 5.0

    /// Probability and write-error rate after a time in τD under a constant overdrive.
    ///
    /// Throws `DeviceError.outsideClosedForm` and `.argument` where the form does not hold.
    public static func switching(
        overdrive: Double, time: Double, thermalStability: Double
    ) throws(DeviceError) -> SwitchingEstimate {
        guard thermalStabilities.contains(thermalStability) else {
            throw .argument(
                name: "closed form: thermal stability", found: thermalStability,
                allowed: "\(thermalStabilities.lowerBound) to \(thermalStabilities.upperBound)")
        }
        if ballistic.contains(overdrive) {
            return ballisticSwitching(overdrive: overdrive, time: time, thermalStability: thermalStability)
        }
        guard activated.contains(overdrive) else {
            throw .outsideClosedForm(
                overdrive: overdrive,
                allowed: "\(activated.lowerBound) to \(activated.upperBound) and \(ballistic.lowerBound) to "
                    + "\(ballistic.upperBound)")
        }
        guard time >= settling else {
            throw .argument(
                name: "closed form: pulse over the relaxation time, at overdrives below 1", found: time,
                allowed: "\(settling) or more")
        }
        let exponent = activationRate(overdrive: overdrive, thermalStability: thermalStability) * time
        return SwitchingEstimate(probability: -expm1(-exponent), writeErrorRate: exp(-exponent))
    }

    /// Write-error rate 1 − exp(−K Δ (i − 1) / (i e^{2 (i − 1) τ} − 1)) with the prefactor K(i) of the exact motion
    /// without heat, 2 · 2^((i−1)/(i+1)) · ((i−1)/i)^(2/(i+1)).
    ///
    /// Sources: Butler et al., IEEE Trans. Magn. 48, 4684 (2012), has it with K = π²/4, which linearises the motion and
    /// is wrong by a factor of 4 at i = 1.5; K(i) follows from dx/dτ = (1 − x²)(x − i) by partial fractions.
    private static func ballisticSwitching(
        overdrive i: Double, time: Double, thermalStability: Double
    ) -> SwitchingEstimate {
        let prefactor = 2 * pow(2, (i - 1) / (i + 1)) * pow((i - 1) / i, 2 / (i + 1))
        // i e^{2(i−1)τ} − 1, written so that it keeps its digits at short times.
        let spread = i * expm1(2 * (i - 1) * time) + (i - 1)
        let exponent = prefactor * thermalStability * (i - 1) / spread
        return SwitchingEstimate(probability: exp(-exponent), writeErrorRate: -expm1(-exponent))
    }

    /// Rate of crossing the barrier in 1/τD: √(Δ/π) (1 − i²)(1 − i) exp(−Δ (1 − i)²).
    ///
    /// Source: Brown, Phys. Rev. 130, 1677 (1963); with the current as an effective field, Taniguchi and Imamura, Phys.
    /// Rev. B 83, 054432 (2011).
    public static func activationRate(overdrive i: Double, thermalStability: Double) -> Double {
        (thermalStability / .pi).squareRoot() * (1 - i * i) * (1 - i)
            * exp(-thermalStability * (1 - i) * (1 - i))
    }
}
