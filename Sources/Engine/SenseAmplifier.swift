public import HDL

/// The pre-charge sense amplifiers (PCSA) of a sub-array's columns with their phase sequencer and row latch.
///
/// After `start` they pre-charge, evaluate and latch; at the latch edge, the end of the last phase, `row` takes the
/// bits of `cells`, wrong where `upset` is one. `upset` is ignored at every other edge. A new sense may start in the last cycle
/// of the one before, so senses can follow each other at the sense period.
public struct SenseAmplifier: ConfigurableModule {
    public var columns = 64
    public var phases = SensePhases()

    public init() {}

    public static var parameters: [Parameter<SenseAmplifier>] {
        [
            Parameter("columns", \.columns, 1...512, "sense amplifiers of a row"),
            Parameter("precharge", \.phases.precharge, 1...15, "cycles of pre-charge"),
            Parameter("evaluate", \.phases.evaluate, 1...15, "cycles of evaluation"),
            Parameter("latch", \.phases.latch, 1...15, "cycles of latching"),
        ]
    }

    public struct Ports: SignalBundle {
        /// Begins a sense; allowed when `ready`.
        public let start: Input
        /// Bits of the selected row, and which of them read wrong.
        public let cells, upset: Input
        public let ready: Output
        /// The phase in progress; none when idle.
        public let precharge, evaluate, latch: Output
        /// The row sensed last.
        public let row: Output
    }

    public func ports() -> Ports {
        Ports(
            start: Input(), cells: Input(columns), upset: Input(columns), ready: Output(), precharge: Output(),
            evaluate: Output(), latch: Output(), row: Output(columns))
    }

    public func build(_ m: Builder<Ports>) {
        // 0 is idle; 1 to `period` are the cycles of a sense.
        let phase = m.register("phase", addressWidth(phases.period + 1))
        let row = m.register("row", columns)
        let isLast = (phase == phases.period).named("is_last")

        when(m.start) { phase.next(1) }
            .elseWhen(isLast) { phase.next(0) }
            .elseWhen(phase != 0) { phase.next(phase + 1) }
        when(isLast) { row.next(m.cells ^ m.upset) }

        m.ready.drive((phase == 0) | isLast)
        m.precharge.drive((phase != 0) & (phase <= phases.precharge))
        m.evaluate.drive((phase > phases.precharge) & (phase <= phases.precharge + phases.evaluate))
        m.latch.drive(phase > phases.precharge + phases.evaluate)
        m.row.drive(row)
    }
}
