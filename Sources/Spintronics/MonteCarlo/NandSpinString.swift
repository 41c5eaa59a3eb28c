/// A NAND-SPIN string: junctions on one strip of heavy metal that are erased together and programmed one by one.
///
/// Law: a write first drives every junction to the antiparallel state by one current in the strip, then takes the
/// junctions whose bit is one, in their order, and drives each to the parallel state by a current through it. Source:
/// Wang et al., IEEE Electron Device Lett. 39, 343 (2018); with a current in the strip during programming as well: Shi
/// et al., IEEE Electron Device Lett. 42, 513 (2021).
///
/// What is assumed: the junctions are equal macrospins without stray fields on each other, so their outcomes are
/// independent; +z is parallel, −z antiparallel, and the bias field is always on; a current in the strip is the same
/// under all junctions; a current through one junction flows through no other; a junction that another one's pulse
/// finds erased or programmed feels the assisting torque of the strip like it. A junction starts in the thermal
/// distribution of its old state at zero field.
public struct NandSpinString: Hashable, Sendable {
    /// Each junction's; its bias field breaks the symmetry of the erasing torque.
    public var dynamics: MacrospinDynamics
    public var junctions: Int
    /// The erasing pulse, felt by all junctions: a strip current, with a positive overdrive if a current through the
    /// junctions helps it.
    public var erase: Pulse
    public var eraseDrive: TorqueDrive
    /// Time for which the current through the junctions outlasts that in the strip, at the end of the erasing pulse.
    /// Without a field it is what decides which way the layer falls; where both end at once it falls either way.
    public var eraseHoldSeconds: Double
    /// Without current between two pulses and behind the last: m rings after an edge.
    public var settleSeconds: Double
    /// The pulse of each junction that is programmed.
    public var program: Pulse
    /// I/Ic0 towards the parallel state; positive.
    public var programOverdrive: Double
    /// Torques of the strip during every programming pulse, felt by all junctions.
    public var programAssist: TorqueDrive

    public init(
        dynamics: MacrospinDynamics, junctions: Int = 8, erase: Pulse, eraseDrive: TorqueDrive,
        eraseHoldSeconds: Double = 0, settleSeconds: Double, program: Pulse, programOverdrive: Double,
        programAssist: TorqueDrive = .none
    ) {
        self.dynamics = dynamics
        self.junctions = junctions
        self.erase = erase
        self.eraseDrive = eraseDrive
        self.eraseHoldSeconds = eraseHoldSeconds
        self.settleSeconds = settleSeconds
        self.program = program
        self.programOverdrive = programOverdrive
        self.programAssist = programAssist
    }

    /// What one junction feels while a word is written, with a look after the erasure and one at the end.
    ///
    /// - Throws: `MonteCarloError` for a word of another length or a pulse that its edges do not fit.
    public func schedule(of junction: Int, storing word: [Bool]) throws(MonteCarloError) -> TorqueSchedule {
        guard (1...1024).contains(junctions) else {
            throw .count(name: "junctions", value: junctions, allowed: 1...1024)
        }
        guard word.count == junctions else {
            throw .count(name: "bits of the word", value: word.count, allowed: junctions...junctions)
        }
        guard word.indices.contains(junction) else {
            throw .count(name: "junction", value: junction, allowed: 0...junctions - 1)
        }
        let settling = TorqueSegment(seconds: settleSeconds)
        let held = eraseHoldSeconds > 0 ? TorqueDrive(overdrive: eraseDrive.overdrive) : .none
        let holding = eraseHoldSeconds > 0 ? [TorqueSegment(seconds: eraseHoldSeconds, held)] : []
        let erasure = try TorqueSegment.pulse(erase, eraseDrive, until: held) + holding + [settling]
        var programming: [TorqueSegment] = []
        for pulsed in word.indices where word[pulsed] {
            var drive = programAssist
            if pulsed == junction { drive.overdrive -= programOverdrive }
            programming += try TorqueSegment.pulse(program, drive) + [settling]
        }
        return TorqueSchedule(stages: [.init(erasure, look: []), .init(programming, look: [])])
    }

    /// What a write leaves in the string.
    public struct Estimate: Hashable, Sendable {
        /// For each junction, that the erasure left it antiparallel.
        public var erased: [SwitchingEstimate]
        /// For each junction, that it ends in the state of its bit.
        public var stored: [SwitchingEstimate]
        /// That all do: the product, with the standard error of independent factors.
        public var word: SwitchingEstimate
    }

    /// Writes a word over another, so many times.
    ///
    /// - Parameters:
    ///   - run: precision, noise, time step, seed and stream; junction n of the string is its junction n.
    ///   - old: the states before, true for parallel.
    /// - Throws: `MonteCarloError` for words of another length or numbers out of range.
    public func estimate(
        storing word: [Bool], over old: [Bool], like run: SwitchingMonteCarlo, trials: Int, threads: Int = 1
    ) throws(MonteCarloError) -> Estimate {
        guard old.count == word.count else {
            throw .count(name: "bits of the old word", value: old.count, allowed: word.count...word.count)
        }
        guard programOverdrive >= 0 else {
            throw .number(name: "programming overdrive", value: programOverdrive, allowed: "0 or more")
        }
        _ = try schedule(of: 0, storing: word)
        var run = run
        run.dynamics = dynamics
        var (erased, stored): ([SwitchingEstimate], [SwitchingEstimate]) = ([], [])
        for junction in word.indices {
            run.junction = UInt32(junction)
            run.startsReversed = !old[junction]
            let looks = try run.estimates(schedule(of: junction, storing: word), trials: trials, threads: threads)
            erased.append(looks[0])
            // A look counts mz < 0, the antiparallel state.
            stored.append(word[junction] ? looks[1].complement : looks[1])
        }
        return Estimate(erased: erased, stored: stored, word: .all(stored))
    }
}

extension TorqueSegment {
    /// A trapezoidal pulse as segments, whose fall ends at `last`.
    ///
    /// - Throws: `MonteCarloError.edges` for one that its edges do not fit.
    static func pulse(
        _ pulse: Pulse, _ drive: TorqueDrive, until last: TorqueDrive = .none
    ) throws(MonteCarloError) -> [TorqueSegment] {
        guard pulse.plateauSeconds >= 0 else { throw .edges(pulse) }
        return [
            TorqueSegment(seconds: pulse.riseSeconds, from: .none, to: drive),
            TorqueSegment(seconds: pulse.plateauSeconds, drive),
            TorqueSegment(seconds: pulse.fallSeconds, from: drive, to: last),
        ].filter { $0.seconds != 0 }
    }
}

extension SwitchingEstimate {
    /// That it does not happen.
    fileprivate var complement: SwitchingEstimate {
        SwitchingEstimate(probability: writeErrorRate, writeErrorRate: probability, standardError: standardError)
    }

    /// That all of several independent things happen.
    fileprivate static func all(_ estimates: [SwitchingEstimate]) -> SwitchingEstimate {
        let probability = estimates.reduce(1) { $0 * $1.probability }
        // 1 − Π (1 − q), without cancellation for small q.
        let failure = estimates.reduce(0) { $0 + $1.writeErrorRate - $0 * $1.writeErrorRate }
        var variance = 0.0
        for index in estimates.indices {
            let others = estimates.indices.reduce(1) { $1 == index ? $0 : $0 * estimates[$1].probability }
            variance += others * others * estimates[index].standardError * estimates[index].standardError
        }
        return SwitchingEstimate(
            probability: probability, writeErrorRate: failure, standardError: variance.squareRoot())
    }
}
