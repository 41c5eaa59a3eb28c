public import HDL

/// A pulse synchroniser and the properties that say that it loses no pulse and makes none, whatever the edges of its
/// clocks.
///
/// Both sides count: while a pulse is under way the other side has one less, and when the next one may come it has as
/// many. The counts are looked at by registers of the source's clock, which see both as they are at one instant.
public struct PulseSynchronizerProof: Module {
    public var synchronizer: PulseSynchronizer

    public init(_ synchronizer: PulseSynchronizer) { self.synchronizer = synchronizer }

    public var moduleName: String { "\(synchronizer.moduleName)_proof" }

    public struct Ports: SignalBundle {
        public let source = ClockPort()
        public let destination = ClockPort()
        /// Asks for a pulse; it comes when one may.
        public let wanted = Input(1, "source")
    }

    public func ports() -> Ports { Ports() }

    public func build(_ m: Builder<Ports>) {
        let source = m.clocked(by: m.source)
        let destination = m.clocked(by: m.destination)
        let instance = m.instance("synchronizer", synchronizer)
        instance.source.connect(m.source)
        instance.destination.connect(m.destination)
        let isSent = (m.wanted & instance.ready).named("is_sent")
        instance.pulse.drive(isSent)

        let sent = source.register("sent", 2)
        when(isSent) { sent.next(sent + 1) }
        let arrived = destination.register("arrived", 2)
        when(instance.arrivedPulse) { arrived.next(arrived + 1) }

        let sentThen = source.register("sent_then", 2)
        let readyThen = source.register("ready_then")
        let arrivedThen = source.crossingRegister("arrived_then", 2)
        sentThen.next(sent)
        readyThen.next(instance.ready)
        arrivedThen.next(arrived)
        let underWay = (sentThen - arrivedThen).named("under_way")
        source.assert("at_most_one_under_way", underWay <= 1)
        source.assert("none_under_way_when_ready", !readyThen | (underWay == 0))
        source.cover("a_pulse_arrives", arrivedThen == 1)
    }
}
