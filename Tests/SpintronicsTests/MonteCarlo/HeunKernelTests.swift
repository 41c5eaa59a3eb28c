import Foundation
import Testing

@testable import Spintronics

/// Law: every lane of the kernel follows the trial that `PlainMacrospin` follows, to rounding, under any schedule.
struct HeunKernelTests {
    /// Constant and changing drives, with numbers of steps that no block of words divides.
    private let segments = [
        (
            TorqueSegment(
                seconds: 37e-12, from: .none, to: TorqueDrive(overdrive: 3, dampingLike: 0.4, fieldLike: -0.2)), 37
        ),
        (TorqueSegment(seconds: 50e-12, TorqueDrive(overdrive: 3, dampingLike: 0.4, fieldLike: -0.2)), 101),
        (TorqueSegment(seconds: 29e-12), 31),
    ]

    private func follow<Lanes: TrialLanes, Noise: NoiseSource>(
        _ run: SwitchingMonteCarlo, first: Int, _: Lanes.Type, _: Noise.Type
    ) -> [SIMD3<Double>] {
        var kernel = HeunKernel<Lanes, Noise>(run, first: first)
        for (segment, steps) in segments {
            let seconds = segment.seconds / Double(steps)
            kernel.advance(
                steps: steps, scale: run.dynamics.thermalAngle(stepSeconds: seconds), isConstant: segment.isConstant
            ) { HeunStep(run.dynamics, segment.drive(inStep: $0, of: steps), stepSeconds: seconds) }
        }
        return (0..<64).map { trial in
            let m = kernel.moments[trial / 16]
            return SIMD3(m.x[trial % 16], m.y[trial % 16], m.z[trial % 16])
        }
    }

    @Test(arguments: SwitchingMonteCarlo.Precision.allCases, ThermalNoise.allCases)
    func followsThePlainEquation(precision: SwitchingMonteCarlo.Precision, noise: ThermalNoise) {
        let seed = UInt64.random(in: 0...(.max))
        let layer = FreeLayer.reference(damping: 0.05)
        var run = SwitchingMonteCarlo(
            MacrospinDynamics(
                layer: layer, biasField: SIMD3(-0.2, 0.1, 0.05), spinOrbitPolarization: SIMD3(0.6, 0.8, 0)),
            precision: precision, noise: noise, seed: seed, stream: 7, junction: 3)
        run.startsReversed = true
        let first = 640
        let found =
            switch (precision, noise) {
            case (.single, .gaussian): follow(run, first: first, FloatLanes.self, GaussianNoise.self)
            case (.single, .threePoint): follow(run, first: first, FloatLanes.self, ThreePointNoise.self)
            case (.double, .gaussian): follow(run, first: first, DoubleLanes.self, GaussianNoise.self)
            case (.double, .threePoint): follow(run, first: first, DoubleLanes.self, ThreePointNoise.self)
            }
        // The thermal field has single precision in both.
        let tolerance = precision == .single ? 1e-4 : 2e-6
        for trial in 0..<64 {
            var plain = PlainMacrospin(run, trial: UInt32(first + trial))
            let start = plain.m
            for (segment, steps) in segments { plain.follow(segment, steps: steps) }
            let difference = found[trial] - plain.m
            #expect((difference * difference).sum().squareRoot() < tolerance, "trial \(trial), seed \(seed)")
            let moved = plain.m - start
            #expect((moved * moved).sum() > 0.01)
        }
    }

    /// Without heat and damping-free torques nothing but the step's own error is left: m turns about the field and keeps
    /// its length and its component along it.
    @Test func precessesAboutTheField() {
        let layer = FreeLayer.reference(damping: 1e-6)
        let dynamics = MacrospinDynamics(layer: layer, biasField: SIMD3(0, 0, 0.5))
        let step = HeunStep<DoubleLanes>(dynamics, .none, stepSeconds: 0.1e-12)
        var m = LaneVector<DoubleLanes>(SIMD3(0.6, 0, 0.8))
        for _ in 0..<1000 { step.advance(&m, LaneVector(.zero)) }
        let angle = dynamics.precessionPerSecond * 100e-12 * (0.8 + 0.5)
        #expect(abs(m.z[5] - 0.8) < 1e-5)
        #expect(abs(m.x[5] - 0.6 * cos(angle)) < 1e-4 && abs(m.y[5] - 0.6 * sin(angle)) < 1e-4)
        #expect(abs(m.squaredLength[5] - 1) < 1e-12)
    }
}
