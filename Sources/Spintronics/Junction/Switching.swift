/// How a switching probability is found.
public enum SwitchingMethod: String, CaseIterable, Sendable {
    /// The Fokker-Planck equation: exact for a junction that is symmetric about its axis.
    case fokkerPlanck = "fp"
    /// The stochastic Landau-Lifshitz-Gilbert equation, by Monte Carlo: for every kind of junction.
    case monteCarlo = "llg"
    /// The formulas of the literature, in the domain in which they hold.
    case closedForm = "closed"
}

/// Pulses of the same edges, one after the other, and when the junction is looked at.
public struct PulseTrain: Hashable, Sendable {
    public var widthsSeconds: [Double]
    public var riseSeconds: Double
    public var fallSeconds: Double
    public var criterion: SwitchingCriterion

    public init(
        widthsSeconds: [Double], riseSeconds: Double = 0, fallSeconds: Double = 0,
        criterion: SwitchingCriterion = .pulseEnd
    ) {
        self.widthsSeconds = widthsSeconds
        self.riseSeconds = riseSeconds
        self.fallSeconds = fallSeconds
        self.criterion = criterion
    }

    /// Throws `DeviceError.argument` for times below zero or not finite, and for edges that do not fit a width.
    func check() throws(DeviceError) {
        let edges = (riseSeconds + fallSeconds) / 2
        for (name, time) in [("rise", riseSeconds), ("fall", fallSeconds)] where !(time >= 0 && time < .infinity) {
            throw .argument(name: name, found: time, allowed: "0 s or more")
        }
        for width in widthsSeconds where !(width >= edges && width < .infinity) {
            throw .argument(
                name: "pulse", found: width,
                allowed: edges > 0 ? "half of rise and fall together, \(edges) s, or more" : "0 s or more")
        }
        guard criterion.relaxationSeconds >= 0, criterion.relaxationSeconds < .infinity else {
            throw .argument(name: "relaxation", found: criterion.relaxationSeconds, allowed: "0 s or more")
        }
    }
}

extension Junction {
    /// Probabilities of leaving the direction's first state, for each overdrive (outer) and pulse (inner), by the
    /// Fokker-Planck equation.
    ///
    /// The overdrive is the current over the critical one of the direction; the energy is that of a current source,
    /// ∫⟨I² R⟩ dt with the resistance of each angle. Throws `DeviceError.argument`.
    public func fokkerPlanckSwitching(
        overdrives: [Double], pulses: PulseTrain, direction: Direction = .parallelToAntiparallel
    ) throws(DeviceError) -> [[SwitchingEstimate]] {
        try checkOverdrives(overdrives)
        try pulses.check()
        try checkSymmetry()
        let junction = self
        let start = direction.cosineAtStart
        let atStart = torqueShare(cosine: start)
        let critical = criticalCurrentAmperes
        var drives: [AxialDrive] = []
        for overdrive in overdrives {
            if let critical {
                drives.append(try drive(.current(amperes: overdrive * critical / atStart), direction))
            } else {
                drives.append(
                    AxialDrive(overdrive: { x, share in
                        overdrive * share * junction.torqueShare(cosine: start * x) / atStart
                    }))
            }
        }
        let rate = layer.relaxationPerSecond
        let edges = (pulses.riseSeconds + pulses.fallSeconds) / 2
        return FokkerPlanck(thermalStability: layer.thermalStability).outcomes(
            drives: drives, plateaus: pulses.widthsSeconds.map { ($0 - edges) * rate },
            rise: pulses.riseSeconds * rate, fall: pulses.fallSeconds * rate,
            relaxation: pulses.criterion.relaxationSeconds * rate
        ).map {
            $0.map { outcome in
                SwitchingEstimate(
                    probability: outcome.switched, writeErrorRate: outcome.remaining,
                    energyJoules: critical == nil || resistance == nil ? nil : outcome.work / rate)
            }
        }
    }

    /// The same by the closed forms: rectangular pulses, looked at their end, a torque that does not depend on the angle.
    ///
    /// Throws `DeviceError.argument` for another question, and where no form holds.
    public func closedFormSwitching(
        overdrives: [Double], pulses: PulseTrain
    ) throws(DeviceError) -> [[SwitchingEstimate]] {
        try checkOverdrives(overdrives)
        try pulses.check()
        try checkSymmetry()
        for (name, found) in [
            ("rise", pulses.riseSeconds), ("fall", pulses.fallSeconds),
            ("relaxation", pulses.criterion.relaxationSeconds),
        ] where found != 0 {
            throw .argument(name: "closed form: \(name)", found: found, allowed: "0")
        }
        guard asymmetry == 1 else {
            throw .argument(name: "closed form: slonczewski_lambda", found: asymmetry, allowed: "1")
        }
        var rows: [[SwitchingEstimate]] = []
        for overdrive in overdrives {
            var row: [SwitchingEstimate] = []
            for width in pulses.widthsSeconds {
                row.append(
                    try ClosedForm.switching(
                        overdrive: overdrive, time: width * layer.relaxationPerSecond,
                        thermalStability: layer.thermalStability))
            }
            rows.append(row)
        }
        return rows
    }

    /// A field across the axis leaves no equation in x alone.
    private func checkSymmetry() throws(DeviceError) {
        if let strip, strip.inPlaneFieldOverAnisotropy != 0 {
            throw .argument(
                name: "methods fp and closed: in_plane_field_over_hk", found: strip.inPlaneFieldOverAnisotropy,
                allowed: "0; method 'llg' takes any")
        }
    }

    func checkOverdrives(_ overdrives: [Double]) throws(DeviceError) {
        for overdrive in overdrives where !(overdrive >= 0 && overdrive <= 1000) {
            throw .argument(name: "overdrive", found: overdrive, allowed: "0 to 1000")
        }
    }
}
