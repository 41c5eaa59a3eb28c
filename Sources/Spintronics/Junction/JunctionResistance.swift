/// Resistance of a magnetic tunnel junction by voltage and by the angle between its two layers.
///
/// Law: G falls from the parallel to the antiparallel state with (1 + cos θ)/2, and the magnetoresistance with voltage as
/// TMR(V) = TMR / (1 + (V/Vh)²). Source: the equations that SPINLIB's models share (parallel resistance without voltage
/// dependence).
public struct JunctionResistance: Hashable, Sendable {
    public var parallelOhms: Double
    /// (Rap − Rp) / Rp without voltage.
    public var magnetoresistance: Double
    /// Vh; infinite for none of that dependence.
    public var halfVolts: Double

    public init(parallelOhms: Double, magnetoresistance: Double, halfVolts: Double = .infinity) {
        self.parallelOhms = parallelOhms
        self.magnetoresistance = magnetoresistance
        self.halfVolts = halfVolts
    }

    public func magnetoresistance(volts: Double) -> Double {
        magnetoresistance / (1 + bias(volts))
    }

    /// Resistance at the angle whose cosine is given: 1 parallel, −1 antiparallel.
    public func ohms(cosine: Double, volts: Double = 0) -> Double {
        let bias = bias(volts)
        return parallelOhms * (1 + bias + magnetoresistance)
            / (1 + bias + 0.5 * magnetoresistance * (1 + cosine))
    }

    public var antiparallelOhms: Double { ohms(cosine: -1) }

    /// Voltage over the junction when it stands in series with a resistance at a supply; the root of a function that
    /// rises in it, found by bisection to the last bits.
    public func volts(supply: Double, seriesOhms: Double, cosine: Double) -> Double {
        guard seriesOhms > 0 else { return supply }
        var (low, high) = (min(0, supply), max(0, supply))
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if middle * (1 + seriesOhms / ohms(cosine: cosine, volts: middle)) < supply {
                low = middle
            } else {
                high = middle
            }
        }
        return (low + high) / 2
    }

    /// Voltage over the junction at a current: the smallest root of V = I R(V), by bisection.
    public func volts(amperes: Double, cosine: Double) -> Double {
        var (low, high) = (0.0, amperes * ohms(cosine: cosine))
        for _ in 0..<60 {
            let middle = (low + high) / 2
            // The current rises with the voltage, so that one sign change is all there is.
            if abs(middle) < abs(amperes) * ohms(cosine: cosine, volts: middle) { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    private func bias(_ volts: Double) -> Double { (volts / halfVolts) * (volts / halfVolts) }
}
