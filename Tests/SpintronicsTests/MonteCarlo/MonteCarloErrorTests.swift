import Testing

@testable import Spintronics

/// Law: bad input gets one line that says what was found and what is allowed.
struct MonteCarloErrorTests {
    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "nothing thrown"
        } catch {
            return "\(error)"
        }
    }

    private func message(
        _ segment: TorqueSegment = TorqueSegment(seconds: 1e-9, TorqueDrive(overdrive: 2)),
        _ change: (inout SwitchingMonteCarlo) -> Void = { _ in }
    ) -> String {
        var run = SwitchingMonteCarlo(
            MacrospinDynamics(damping: 0.02, thermalStability: 50, precessionPerSecond: 4e10), seed: 1)
        change(&run)
        return message { _ = try run.estimates(TorqueSchedule([segment]), trials: 64) }
    }

    @Test func numbersOutOfRange() {
        #expect(message() == "nothing thrown")
        #expect(message { $0.dynamics.damping = 0 } == "damping is 0.0; allowed is more than 0 up to 1")
        #expect(message { $0.dynamics.damping = .nan } == "damping is nan; allowed is more than 0 up to 1")
        #expect(message { $0.dynamics.thermalStability = 0.5 } == "thermal stability is 0.5; allowed is 1 or more")
        #expect(
            message { $0.dynamics.precessionPerSecond = .infinity }
                == "precession is inf; allowed is a positive number a second")
        #expect(
            message { $0.dynamics.biasField.y = -200 } == "bias field over Hk is -200.0; allowed is −100 to 100")
        #expect(
            message { $0.dynamics.spinOrbitPolarization = SIMD3(0, 3, 4) }
                == "length of the polarisation is 5.0; allowed is 1")
        #expect(
            message(TorqueSegment(seconds: -1)) == "length of a segment in seconds is -1.0; allowed is 0 or more")
        #expect(
            message(TorqueSegment(seconds: 1, TorqueDrive(dampingLike: 2000)))
                == "torque is 2000.0; allowed is −1000 to 1000")
        #expect(message { $0.stepSeconds = 0 } == "time step in seconds is 0.0; allowed is more than 0")
        #expect(
            message(TorqueSegment(seconds: 0x1p-30)) { $0.stepSeconds = 0x1p-70 }
                == "number of steps is 1099511627776.0; allowed is up to 4e9")
    }

    @Test func stepTooLarge() {
        #expect(
            message { $0.stepSeconds = 5e-12 }
                == "time step is 5.0 ps; allowed is up to 2.924 ps for this layer and these drives")
    }

    @Test func countsOutOfRange() {
        let run = SwitchingMonteCarlo(MacrospinDynamics(layer: .reference()), seed: 1)
        let schedule = TorqueSchedule([TorqueSegment(seconds: 1e-12)])
        #expect(
            message { _ = try run.estimates(schedule, trials: 0) } == "trials is 0; allowed is 1 to 4294967295")
        #expect(
            message { _ = try run.counts(schedule, trials: -1..<5) } == "trial is -1; allowed is 0 to 4294967295")
        #expect(
            message { _ = try run.counts(schedule, trials: 0..<5, threads: 0) }
                == "threads is 0; allowed is 1 to 1024")
    }

    @Test func pulseShorterThanItsEdges() {
        #expect(
            message {
                _ = try TorqueSchedule(
                    pulses: [1], drive: .none, riseSeconds: 2, fallSeconds: 1, criterion: .pulseEnd)
            } == "pulse of 1.0 s has edges of 2.0 s and 1.0 s; allowed is half their sum up to the width")
    }

    @Test func wordsOfAnotherLength() {
        let string = NandSpinString(
            dynamics: MacrospinDynamics(layer: .reference()), erase: Pulse(widthSeconds: 1e-12), eraseDrive: .none,
            settleSeconds: 0, program: Pulse(widthSeconds: 1e-12), programOverdrive: 1)
        let word = [Bool](repeating: true, count: 8)
        let run = SwitchingMonteCarlo(string.dynamics, seed: 1)
        #expect(
            message { _ = try string.schedule(of: 0, storing: [true]) } == "bits of the word is 1; allowed is 8 to 8")
        #expect(message { _ = try string.schedule(of: 8, storing: word) } == "junction is 8; allowed is 0 to 7")
        #expect(
            message { _ = try string.estimate(storing: word, over: [], like: run, trials: 1) }
                == "bits of the old word is 0; allowed is 8 to 8")
        var other = string
        other.junctions = 0
        #expect(
            message { _ = try other.estimate(storing: [], over: [], like: run, trials: 1) }
                == "junctions is 0; allowed is 1 to 1024")
        other = string
        other.programOverdrive = -1
        #expect(
            message { _ = try other.estimate(storing: word, over: word, like: run, trials: 1) }
                == "programming overdrive is -1.0; allowed is 0 or more")
    }
}
