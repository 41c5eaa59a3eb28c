import Foundation
public import Golden

/// A capacitor that a harvester charges and the engine's own events drain: the supply as a closed loop.
///
/// Law: the stored energy ½CV² grows by what the harvester gives and falls by the energy of each cycle, sense and shadow write; the engine
/// has power from `onVolts` until `offVolts`, and is warned below `warningVolts`. While it is off nothing is drained.
public struct HarvestingSupply: PowerSupply {
    /// The capacitor, its thresholds, and what the engine's events drain. Energies are assumed, not measured.
    public struct Parameters: Hashable, Sendable {
        public var capacitanceFarads = 1e-7
        public var onVolts = 3.0
        public var offVolts = 1.8
        /// Nil for the threshold below which just one checkpoint is left: `reserveJoules` above `offVolts`.
        public var warningVolts: Double?
        public var clockHertz = 1e8
        /// Logic and leakage of a cycle, a sensed row, a shadow word's write.
        public var cycleJoules = 20e-12
        public var senseJoules = 5e-12
        public var shadowWriteJoules = 64 * 0.5e-12
        /// What a checkpoint takes at most.
        public var reserveJoules = 0.0

        public init() {}

        func joules(_ volts: Double) -> Double { 0.5 * capacitanceFarads * volts * volts }
    }

    public let parameters: Parameters
    public let trace: HarvestTrace
    private var stored: Double
    /// Time since the beginning, on and off.
    public private(set) var seconds = 0.0
    public private(set) var secondsOn = 0.0
    /// What the engine drained, and what of it went into shadow writes.
    public private(set) var drainedJoules = 0.0
    public private(set) var shadowJoules = 0.0
    /// The capacitor was full: what more the harvester gave is lost.
    private let fullJoules, warningJoules, offJoules: Double
    private var last = Golden.NetworkEngine.PowerEvents()

    public init(_ parameters: Parameters, _ trace: HarvestTrace) {
        self.parameters = parameters
        self.trace = trace
        fullJoules = parameters.joules(parameters.onVolts)
        offJoules = parameters.joules(parameters.offVolts)
        warningJoules = parameters.warningVolts.map { parameters.joules($0) } ?? offJoules + parameters.reserveJoules
        stored = fullJoules
    }

    private func watts(at seconds: Double) -> Double {
        trace.watts[Int(seconds / trace.sampleSeconds) % trace.watts.count]
    }

    public mutating func next(_ engine: Golden.NetworkEngine) -> SupplyState {
        let events = engine.powerEvents
        let writes = Double(events.shadowWrites - last.shadowWrites) * parameters.shadowWriteJoules
        let senses = Double(events.senses - last.senses) * parameters.senseJoules
        last = events
        let cycle = 1 / parameters.clockHertz
        let drained = parameters.cycleJoules + senses + writes
        stored = min(stored + watts(at: seconds) * cycle, fullJoules) - drained
        seconds += cycle
        secondsOn += cycle
        drainedJoules += drained
        shadowJoules += writes
        if stored > offJoules { return SupplyState(isWarning: stored < warningJoules) }
        charge()
        return SupplyState(isWarning: true, fails: true)
    }

    /// Until the engine has power again; a harvester that gives nothing for a whole trace leaves it without.
    private mutating func charge() {
        var steps = 0
        while stored < fullJoules && steps < 100 * trace.watts.count {
            stored += watts(at: seconds) * trace.sampleSeconds
            seconds += trace.sampleSeconds
            steps += 1
        }
        stored = min(stored, fullJoules)
    }
}
