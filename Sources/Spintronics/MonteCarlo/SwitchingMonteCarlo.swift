import Dispatch
import Randomness

/// Switching probabilities of a macrospin by following many trials of its stochastic equation with Heun's method.
///
/// Law: trial n of junction j draws its numbers from `KeyedStream`s of the seed and the stream number with block
/// coordinate 0 equal to n: those of coordinate 1 equal to 2 j for the thermal field, block after block as
/// `ThermalNoise` says, each segment beginning with a new block; those of 2 j + 1 for the start. So a trial is the same
/// whatever the trials beside it, the number of threads and the CPU, and a run may be cut into ranges of trials.
///
/// Complexity: about 1e9 steps a second and core in single precision with three-point noise where the CPU has
/// 512-bit vectors.
public struct SwitchingMonteCarlo: Hashable, Sendable {
    /// The arithmetic of the trials; the thermal field has single precision in both.
    public enum Precision: String, Hashable, Sendable, CaseIterable {
        case single, double
    }

    public var dynamics: MacrospinDynamics
    public var precision: Precision
    public var noise: ThermalNoise
    /// Upper bound of the time step; nil for `suggestedStepSeconds`. A segment has steps of one size that fill it.
    public var stepSeconds: Double?
    public var seed: UInt64
    public var stream: UInt32
    /// Which of several junctions with the same seed this is.
    public var junction: UInt32
    /// Whether the trials start in the well at −z instead of +z.
    public var startsReversed = false

    public init(
        _ dynamics: MacrospinDynamics, precision: Precision = .single, noise: ThermalNoise = .threePoint,
        stepSeconds: Double? = nil, seed: UInt64, stream: UInt32 = 0, junction: UInt32 = 0
    ) {
        self.dynamics = dynamics
        self.precision = precision
        self.noise = noise
        self.stepSeconds = stepSeconds
        self.seed = seed
        self.stream = stream
        self.junction = junction
    }

    /// For each look of the schedule, how many of the trials have mz < 0 there.
    ///
    /// - Parameters:
    ///   - trials: numbers of the trials, below 2³².
    ///   - threads: how many run at a time; the counts do not depend on it.
    ///   - progress: called from any thread with how many more trials are done.
    /// - Throws: `MonteCarloError` for numbers out of range.
    public func counts(
        _ schedule: TorqueSchedule, trials: Range<Int>, threads: Int = 1,
        progress: @escaping @Sendable (_ trials: Int) -> Void = { _ in }
    ) throws(MonteCarloError) -> [Int] {
        let plan = try MonteCarloPlan(self, schedule)
        let allowed = 0...Int(UInt32.max)
        for bound in [trials.lowerBound, trials.upperBound] where !allowed.contains(bound) {
            throw .count(name: "trial", value: bound, allowed: allowed)
        }
        guard (1...1024).contains(threads) else { throw .count(name: "threads", value: threads, allowed: 1...1024) }
        return switch (precision, noise) {
        case (.single, .gaussian): counts(plan, FloatLanes.self, GaussianNoise.self, trials, threads, progress)
        case (.single, .threePoint): counts(plan, FloatLanes.self, ThreePointNoise.self, trials, threads, progress)
        case (.double, .gaussian): counts(plan, DoubleLanes.self, GaussianNoise.self, trials, threads, progress)
        case (.double, .threePoint): counts(plan, DoubleLanes.self, ThreePointNoise.self, trials, threads, progress)
        }
    }

    /// Steps that one trial takes, those before the looks included: what a benchmark multiplies by the trials.
    ///
    /// - Throws: `MonteCarloError` for numbers out of range.
    public func stepCount(_ schedule: TorqueSchedule) throws(MonteCarloError) -> Int {
        try MonteCarloPlan(self, schedule).steps
    }

    private func counts<Lanes: TrialLanes, Noise: NoiseSource>(
        _ plan: MonteCarloPlan, _: Lanes.Type, _: Noise.Type, _ trials: Range<Int>, _ threads: Int,
        _ progress: @escaping @Sendable (Int) -> Void
    ) -> [Int] {
        typealias Kernel = HeunKernel<Lanes, Noise>
        let looks = plan.lookCount
        let groups =
            trials.isEmpty ? 0 : (trials.upperBound - 1) / Kernel.trials + 1 - trials.lowerBound / Kernel.trials
        let firstGroup = trials.lowerBound / Kernel.trials
        let workers = min(threads, max(groups, 1))
        var counts = [Int](repeating: 0, count: workers * looks)
        counts.withUnsafeMutableBufferPointer { counts in
            // Each worker adds to its own part.
            nonisolated(unsafe) let counts = counts
            DispatchQueue.concurrentPerform(iterations: workers) { worker in
                for group in stride(from: worker, to: groups, by: workers) {
                    let first = (firstGroup + group) * Kernel.trials
                    let reversed: [UInt64] = plan.follow(first: first, Lanes.self, Noise.self)
                    // The first and the last group may hold trials that were not asked for.
                    var wanted = UInt64.max
                    if first < trials.lowerBound { wanted &= .max << UInt64(trials.lowerBound - first) }
                    if first + Kernel.trials > trials.upperBound {
                        wanted &= ~(.max << UInt64(trials.upperBound - first))
                    }
                    for look in 0..<looks { counts[worker * looks + look] += (reversed[look] & wanted).nonzeroBitCount }
                    progress(wanted.nonzeroBitCount)
                }
            }
        }
        return (0..<looks).map { look in (0..<workers).reduce(0) { $0 + counts[$1 * looks + look] } }
    }

    /// Probability of mz < 0 at each look of the schedule, from trials 0 ..< `trials`.
    ///
    /// The standard error is √(p (1 − p) / N) for N trials, and 1/N where none or all have mz < 0.
    ///
    /// - Throws: `MonteCarloError` for numbers out of range.
    public func estimates(
        _ schedule: TorqueSchedule, trials: Int, threads: Int = 1,
        progress: @escaping @Sendable (_ trials: Int) -> Void = { _ in }
    ) throws(MonteCarloError) -> [SwitchingEstimate] {
        let allowed = 1...Int(UInt32.max)
        guard allowed.contains(trials) else { throw .count(name: "trials", value: trials, allowed: allowed) }
        return try counts(schedule, trials: 0..<trials, threads: threads, progress: progress).map { count in
            SwitchingEstimate(reversed: count, trials: trials)
        }
    }
}

extension SwitchingEstimate {
    /// The estimate from counting; the standard error is 1/N where the count is 0 or N.
    init(reversed count: Int, trials: Int) {
        let p = Double(count) / Double(trials)
        let q = Double(trials - count) / Double(trials)
        let error = count == 0 || count == trials ? 1 / Double(trials) : (p * q / Double(trials)).squareRoot()
        self.init(probability: p, writeErrorRate: q, standardError: error)
    }
}
