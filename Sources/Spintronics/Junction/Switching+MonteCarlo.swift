/// How many trials a Monte-Carlo estimate takes, and from which numbers.
public struct TrialPlan: Hashable, Sendable {
    public var trials: Int
    public var seed: UInt64
    public var threads: Int
    public var precision: SwitchingMonteCarlo.Precision
    public var noise: ThermalNoise
    /// Upper bound of the time step; nil for one that suits the device.
    public var stepSeconds: Double?

    public init(
        trials: Int = 100_000, seed: UInt64 = 1, threads: Int = 1, precision: SwitchingMonteCarlo.Precision = .single,
        noise: ThermalNoise = .threePoint, stepSeconds: Double? = nil
    ) {
        self.trials = trials
        self.seed = seed
        self.threads = threads
        self.precision = precision
        self.noise = noise
        self.stepSeconds = stepSeconds
    }
}

extension Junction {
    /// What drives the layer in a Monte-Carlo run at the full amplitude of a pulse.
    public enum PulsedTorque: Hashable, Sendable {
        /// A current through the junction, over the critical one; a strip's assisting torque with it, as a field over Hk.
        case throughJunction(assist: Double)
        /// A current in the strip: its damping-like torque as a field over Hk.
        case inStrip
    }

    /// Probabilities of leaving the first state, for each overdrive (outer) and pulse (inner, in the order given), by
    /// following trials of the stochastic Landau-Lifshitz-Gilbert equation.
    ///
    /// The overdrives are those of the torque. Overdrive n draws from Philox stream n, so each row is known alone. Throws
    /// `DeviceError` for a torque that depends on the angle, which the equation here has not, and `MonteCarloError`.
    /// `progress` is called from any thread with how many more trials are done.
    public func monteCarloSwitching(
        overdrives: [Double], pulses: PulseTrain, torque: PulsedTorque, _ plan: TrialPlan,
        progress: @escaping @Sendable (_ trials: Int) -> Void = { _ in }
    ) throws -> [[SwitchingEstimate]] {
        try checkOverdrives(overdrives)
        try pulses.check()
        guard asymmetry == 1 || torque == .inStrip else {
            throw DeviceError.argument(name: "method llg: slonczewski_lambda", found: asymmetry, allowed: "1")
        }
        let dynamics = MacrospinDynamics(
            layer: layer, biasField: SIMD3(strip?.inPlaneFieldOverAnisotropy ?? 0, 0, 0))
        let fieldLike = strip?.fieldLikeRatio ?? 0
        let order = pulses.widthsSeconds.indices.sorted { pulses.widthsSeconds[$0] < pulses.widthsSeconds[$1] }
        return try overdrives.enumerated().map { stream, overdrive in
            let drive =
                switch torque {
                case .throughJunction(let assist):
                    TorqueDrive(overdrive: overdrive, dampingLike: assist, fieldLike: assist * fieldLike)
                case .inStrip: TorqueDrive(dampingLike: overdrive, fieldLike: overdrive * fieldLike)
                }
            let schedule = try TorqueSchedule(
                pulses: pulses.widthsSeconds, drive: drive, riseSeconds: pulses.riseSeconds,
                fallSeconds: pulses.fallSeconds, criterion: pulses.criterion)
            let run = SwitchingMonteCarlo(
                dynamics, precision: plan.precision, noise: plan.noise, stepSeconds: plan.stepSeconds,
                seed: plan.seed, stream: UInt32(stream))
            let sorted = try run.estimates(
                schedule, trials: plan.trials, threads: plan.threads, progress: progress)
            var row = sorted
            for (place, index) in order.enumerated() {
                row[index] = sorted[place]
                if torque == .inStrip { row[index].energyJoules = stripEnergy(overdrive, pulses, index) }
            }
            return row
        }
    }

    private func stripEnergy(_ overdrive: Double, _ pulses: PulseTrain, _ index: Int) -> Double? {
        let pulse = Pulse(
            widthSeconds: pulses.widthsSeconds[index], riseSeconds: pulses.riseSeconds, fallSeconds: pulses.fallSeconds)
        return strip?.currentAmperes(fieldOverAnisotropy: overdrive, layer: layer).flatMap {
            strip?.energyJoules(amperes: $0, pulse: pulse)
        }
    }
}
