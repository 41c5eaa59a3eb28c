import Testing

@testable import Spintronics

/// Law: a junction of a string is a macrospin under the string's schedule, and the junctions are independent.
struct NandSpinStringTests {
    static let string = NandSpinString(
        dynamics: MacrospinDynamics(layer: .reference(damping: 0.1), biasField: SIMD3(-0.2, 0, 0)),
        erase: Pulse(widthSeconds: 1e-9, fallSeconds: 0.4e-9), eraseDrive: TorqueDrive(dampingLike: 0.35),
        settleSeconds: 0.3e-9, program: Pulse(widthSeconds: 0.8e-9), programOverdrive: 2)
    private let word = [true, false, true, true, false, false, true, false]
    private let old = [true, true, false, false, true, false, false, true]
    private let run = SwitchingMonteCarlo(string.dynamics, stepSeconds: 1e-12, seed: 21, stream: 4)

    @Test func aJunctionFeelsItsOwnPulseAndTheStrip() throws {
        var string = Self.string
        string.programAssist = TorqueDrive(dampingLike: 0.1)
        let one = try string.schedule(of: 2, storing: word)
        #expect(one.lookCount == 2)
        let erase = string.eraseDrive
        #expect(
            one.stages[0].segments == [
                TorqueSegment(seconds: 0.8e-9, erase), TorqueSegment(seconds: 0.4e-9, from: erase, to: .none),
                TorqueSegment(seconds: 0.3e-9),
            ])
        // Junctions 0, 2, 3 and 6 are programmed in this order; in the others' pulses it feels the strip alone.
        let pulses = one.stages[1].segments.filter { $0.start != .none }.map(\.start)
        let assist = TorqueDrive(dampingLike: 0.1)
        #expect(pulses == [assist, TorqueDrive(overdrive: -2, dampingLike: 0.1), assist, assist])
        let zero = try string.schedule(of: 1, storing: word).stages[1].segments.filter { $0.start != .none }
        #expect(zero.map(\.start) == [assist, assist, assist, assist])
    }

    /// Without a field an erasure whose currents end together often fails; a current that outlasts the strip's decides.
    @Test func aHeldCurrentErasesWithoutAField() throws {
        var string = Self.string
        string.dynamics.biasField = .zero
        string.junctions = 2
        string.eraseDrive = TorqueDrive(overdrive: 1, dampingLike: 0.7)
        let together = try string.estimate(storing: [false, false], over: [true, false], like: run, trials: 4000)
        string.eraseHoldSeconds = 1e-9
        let held = try string.schedule(of: 0, storing: [false, false]).stages[0].segments
        #expect(held[1].end == TorqueDrive(overdrive: 1) && held[2] == TorqueSegment(seconds: 1e-9, held[1].end))
        let sure = try string.estimate(storing: [false, false], over: [true, false], like: run, trials: 4000)
        for junction in 0..<2 {
            #expect(together.erased[junction].writeErrorRate > 0.03)
            #expect(sure.erased[junction].writeErrorRate < 0.005)
        }
    }

    @Test func storesWhatTheProductOfTheJunctionsSays() throws {
        let trials = 4000
        let found = try Self.string.estimate(storing: word, over: old, like: run, trials: trials, threads: 2)
        #expect(found.stored.count == 8 && found.erased.count == 8)
        var product = 1.0
        for junction in 0..<8 {
            // Each as a run of its own, with the string's keys.
            var alone = run
            alone.junction = UInt32(junction)
            alone.startsReversed = !old[junction]
            let schedule = try Self.string.schedule(of: junction, storing: word)
            let counts = try alone.counts(schedule, trials: 0..<trials)
            #expect(found.erased[junction] == SwitchingEstimate(reversed: counts[0], trials: trials))
            let right = word[junction] ? trials - counts[1] : counts[1]
            #expect(found.stored[junction].probability == Double(right) / Double(trials))
            #expect(found.stored[junction].writeErrorRate == Double(trials - right) / Double(trials))
            #expect(found.erased[junction].probability > 0.97)
            product *= Double(right) / Double(trials)
        }
        #expect(abs(found.word.probability - product) < 1e-12)
        #expect(abs(found.word.writeErrorRate - (1 - product)) < 1e-12)
        #expect(found.word.standardError > 0 && found.word.standardError < 0.05)
        // Programming works more often than not, and not always, at this overdrive and width.
        for junction in 0..<8 where word[junction] {
            #expect(found.stored[junction].probability > 0.5 && found.stored[junction].probability < 0.999)
        }
    }

    /// The same trials joined: the share of trials in which all junctions are right is the product.
    @Test func junctionsAreIndependent() throws {
        let trials = 256
        let found = try Self.string.estimate(storing: word, over: old, like: run, trials: trials, threads: 2)
        var joint = 0
        for trial in 0..<trials {
            let isRight = try (0..<8).allSatisfy { junction in
                var alone = run
                alone.junction = UInt32(junction)
                alone.startsReversed = !old[junction]
                let schedule = try Self.string.schedule(of: junction, storing: word)
                let reversed = try alone.counts(schedule, trials: trial..<trial + 1)[1] == 1
                return reversed != word[junction]
            }
            joint += isRight ? 1 : 0
        }
        let p = found.word.probability
        let sigma = (p * (1 - p) / Double(trials)).squareRoot()
        #expect(abs(Double(joint) / Double(trials) - p) < 4 * sigma, "\(joint) of \(trials), product \(p)")
    }
}
