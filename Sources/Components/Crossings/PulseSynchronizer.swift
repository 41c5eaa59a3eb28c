public import HDL

/// Brings pulses of one cycle from one clock domain to another; both clocks may be of any frequency.
///
/// Law: each pulse that comes while `ready` is one pulse of one cycle on the other side, `stages` edges of its clock
/// later (one more with metastability). `ready` is zero while a pulse is under way; a pulse that comes then is lost.
/// Both domains are reset together.
public struct PulseSynchronizer: Module {
    /// Flip-flops of each crossing, at least two.
    public var stages: Int

    public init(stages: Int = 2) { self.stages = stages }

    public struct Ports: SignalBundle {
        public let source = ClockPort()
        public let destination = ClockPort()
        /// A pulse in the source's domain, and whether one may come.
        public let pulse = Input(1, "source")
        public let ready = Output(1, "source")
        /// The pulse in the destination's domain.
        public let arrivedPulse = Output(1, "destination")
    }

    public func ports() -> Ports { Ports() }

    public func build(_ m: Builder<Ports>) {
        m.require(stages >= 2, "a pulse synchroniser of \(stages) flip-flops; at least 2")
        let source = m.clocked(by: m.source)
        let destination = m.clocked(by: m.destination)

        // A pulse is a change of level here, and there; the level that came back says that it has arrived.
        let toggle = source.register("toggle")
        let arrived = destination.synchronize("arrived", toggle, stages: stages)
        let seen = destination.register("seen")
        seen.next(arrived)
        let returned = source.synchronize("returned", seen, stages: stages)

        let ready = (toggle == returned).named("is_idle")
        when(m.pulse & ready) { toggle.next(~toggle) }
        m.ready.drive(ready)
        m.arrivedPulse.drive(arrived ^ seen)
        source.assume("pulse_while_ready", !m.pulse | ready)
        destination.assert("pulse_of_one_cycle", !(m.arrivedPulse & destination.past(m.arrivedPulse)))
    }
}
