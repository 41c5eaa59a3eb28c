public import HDL

/// A reset synchroniser and the properties that say when its output is active: during the reset at once, and until so
/// many edges after it.
///
/// A clock of its own looks at the reset and the output at any moment, since the module's checks rest during a reset.
public struct ResetSynchronizerProof: Module {
    public var synchronizer: ResetSynchronizer

    public init(_ synchronizer: ResetSynchronizer) { self.synchronizer = synchronizer }

    public var moduleName: String { "\(synchronizer.moduleName)_proof" }
    public var clocking: Clocking { synchronizer.clocking }

    public struct Ports: SignalBundle {
        public let observer = ClockPort(Clocking(reset: .none))
    }

    public func ports() -> Ports { Ports() }

    public func build(_ m: Builder<Ports>) {
        let stages = synchronizer.stages
        let instance = m.instance("synchronizer", synchronizer)
        let isActive = (instance.reset ?? ~(instance.resetN ?? m.constant(1, 1))).named("is_active")
        let edges = m.register("edges_since_the_reset", addressWidth(stages + 1))
        when(edges != stages) { edges.next(edges + 1) }
        m.assert("is_active_until_enough_edges", isActive == (edges < stages))
        m.cover("ends", !isActive)

        let observer = m.clocked(by: m.observer)
        let isMissing = observer.crossingRegister("was_inactive_in_the_reset", reset: nil)
        isMissing.next(m.domain.isResetActive & !isActive)
        observer.assert("is_active_at_once", !isMissing)
    }
}
