import Foundation

/// How long a step of Heun's method may be.
///
/// In pure precession by an angle φ a step Heun's method lengthens the part of m that precesses by φ⁴/8, where the
/// damping shortens it by α φ: the damping seems smaller by the share φ³/(8 α). The suggested step keeps that share at
/// 5e-5, and φ at 0.025; one with more than a hundredth is refused, and one that turns m by more than a quarter of a
/// radian, thermal turns of four standard deviations included.
///
/// What is left of the bias, measured against the Fokker-Planck equation where it is largest, a layer of α = 0.02 and
/// Δ = 50 at i = 3 and P = 0.553, three-point noise, standard error 1.5e-4: +5e-3 with φ = 0.08 a step, +1.1e-3 with
/// 0.041, +4e-4 with 0.020, which is the suggested step.
extension SwitchingMonteCarlo {
    /// The step used when none is given: its bias is below the counting error of a million trials.
    public func suggestedStepSeconds(for schedule: TorqueSchedule) -> Double {
        min(longest(schedule, antiDamping: 5e-5, turn: 0.1), 0.025 / dynamics.precessionPerSecond)
    }

    /// A longer step throws.
    public func largestStepSeconds(for schedule: TorqueSchedule) -> Double {
        longest(schedule, antiDamping: 0.01, turn: 0.25)
    }

    private func longest(_ schedule: TorqueSchedule, antiDamping: Double, turn: Double) -> Double {
        var angle = 0.0
        for segment in schedule.segments {
            for drive in [segment.start, segment.end] {
                angle = max(angle, dynamics.turn(under: drive, stepSeconds: 1))
            }
        }
        angle = max(angle, dynamics.turn(under: .none, stepSeconds: 1))
        let thermal = 4 * dynamics.thermalAngle(stepSeconds: 1)
        // angle · t + thermal · √t = turn, solved for √t without cancellation.
        let root = 2 * turn / (thermal + (thermal * thermal + 4 * angle * turn).squareRoot())
        let precession = pow(8 * dynamics.damping * antiDamping, 1.0 / 3) / dynamics.precessionPerSecond
        return min(root * root, precession)
    }
}
