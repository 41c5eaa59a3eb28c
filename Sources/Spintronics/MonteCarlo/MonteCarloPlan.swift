import Randomness

/// A schedule cut into steps, with what does not differ between trials worked out.
struct MonteCarloPlan: Sendable {
    /// A segment as equal steps.
    struct Stretch: Sendable {
        let segment: TorqueSegment
        let steps: Int
        let stepSeconds: Double
    }

    let run: SwitchingMonteCarlo
    private let stages: [(trunk: [Stretch], look: [Stretch]?)]

    init(_ run: SwitchingMonteCarlo, _ schedule: TorqueSchedule) throws(MonteCarloError) {
        self.run = run
        try run.check(schedule)
        let longest = run.stepSeconds ?? run.suggestedStepSeconds(for: schedule)
        func stretch(_ segment: TorqueSegment) -> Stretch {
            // A hair more than a whole number of steps is rounding, not another step.
            let steps = max(1, (segment.seconds / longest * (1 - 1e-9)).rounded(.up))
            return Stretch(segment: segment, steps: Int(steps), stepSeconds: segment.seconds / steps)
        }
        func stretches(_ segments: [TorqueSegment]) -> [Stretch] {
            segments.filter { $0.seconds > 0 }.map(stretch)
        }
        stages = schedule.stages.map { (stretches($0.segments), $0.look.map(stretches)) }
    }

    var lookCount: Int { stages.count { $0.look != nil } }

    /// Steps of one trial.
    var steps: Int {
        stages.reduce(0) { $0 + ($1.trunk + ($1.look ?? [])).reduce(0) { $0 + $1.steps } }
    }

    /// Follows 64 trials from number `first`; for each look, bit n tells whether trial first + n has mz < 0.
    func follow<Lanes: TrialLanes, Noise: NoiseSource>(first: Int, _: Lanes.Type, _: Noise.Type) -> [UInt64] {
        var trunk = HeunKernel<Lanes, Noise>(run, first: first)
        var reversed: [UInt64] = []
        for stage in stages {
            advance(&trunk, stage.trunk)
            guard let look = stage.look else { continue }
            var branch = trunk
            advance(&branch, look)
            reversed.append(branch.reversed)
        }
        return reversed
    }

    private func advance<Lanes: TrialLanes, Noise: NoiseSource>(
        _ kernel: inout HeunKernel<Lanes, Noise>, _ stretches: [Stretch]
    ) {
        for stretch in stretches {
            let scale = run.dynamics.thermalAngle(stepSeconds: stretch.stepSeconds)
            kernel.advance(steps: stretch.steps, scale: scale, isConstant: stretch.segment.isConstant) { step in
                HeunStep(
                    run.dynamics, stretch.segment.drive(inStep: step, of: stretch.steps),
                    stepSeconds: stretch.stepSeconds)
            }
        }
    }
}

extension HeunKernel {
    /// 64 neighbouring trials of a run at their start.
    init(_ run: SwitchingMonteCarlo, first: Int) {
        let start = BoltzmannStart(
            thermalStability: run.dynamics.thermalStability, isReversed: run.startsReversed)
        let first = UInt32(truncatingIfNeeded: first)
        var moments = [LaneVector<Lanes>](repeating: LaneVector(.zero), count: Self.vectors)
        for trial in 0..<Self.trials {
            var stream = KeyedStream(
                seed: run.seed, stream: run.stream, block0: first &+ UInt32(trial), block1: 2 &* run.junction &+ 1)
            let m = start.draw(from: &stream)
            let (vector, lane) = trial.quotientAndRemainder(dividingBy: Lanes.count)
            moments[vector].x[lane] = m.x
            moments[vector].y[lane] = m.y
            moments[vector].z[lane] = m.z
        }
        let philox = (0..<Self.vectors).map { vector in
            TrialPhilox(
                seed: run.seed, stream: run.stream, firstTrial: first &+ UInt32(vector * Lanes.count),
                block1: 2 &* run.junction)
        }
        self.init(moments: moments, philox: philox)
    }

    /// Bit n tells whether the n-th trial has mz < 0.
    var reversed: UInt64 {
        var bits: UInt64 = 0
        for trial in 0..<Self.trials where moments[trial / Lanes.count].z[trial % Lanes.count] < 0 {
            bits |= 1 << UInt64(trial)
        }
        return bits
    }
}
