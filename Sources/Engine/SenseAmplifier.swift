public import HDL

/// The pre-charge sense amplifiers (PCSA) of a sub-array's columns with their phase sequencer and row latch.
///
/// After `start` they pre-charge, evaluate and latch; at the latch edge, the end of the last phase, `row` takes the
/// bits of `cells`, wrong where `upset` is one. `upset` is ignored at every other edge. A new sense may start in the last cycle
/// of the one before, so senses can follow each other at the sense period.
///
/// With `dualRow` two rows may be on the bit lines: where `dual` is one at the latch edge, the reference lies between the
/// third level and the second, and a bit is one where both rows' cells are. Source: the AND of two operands in one
/// sub-array is that of Roohi et al., ISQED 2019; levels and margins are those of `SenseCells` in Sensing.
public struct SenseAmplifier: ConfigurableModule {
    public var columns = 64
    public var phases = SensePhases()
    /// Whether there is a reference for two rows at once.
    public var dualRow = 0

    public init() {}

    public static var parameters: [Parameter<SenseAmplifier>] {
        [
            Parameter("columns", \.columns, 1...512, "sense amplifiers of a row"),
            Parameter("precharge", \.phases.precharge, 1...15, "cycles of pre-charge"),
            Parameter("evaluate", \.phases.evaluate, 1...15, "cycles of evaluation"),
            Parameter("latch", \.phases.latch, 1...15, "cycles of latching"),
            Parameter("dual-row", \.dualRow, 0...1, "whether two rows can be sensed at once"),
        ]
    }

    public var moduleName: String { "sense_amplifier_\(columns)_\(phases)" + (dualRow == 0 ? "" : "_dual_row") }

    public struct Ports: SignalBundle {
        /// Begins a sense; allowed when `ready`.
        public let start: Input
        /// Bits of the selected row, and which of them read wrong.
        public let cells, upset: Input
        /// Bits of the second row, and whether it counts.
        public let secondCells, dual: Input?
        public let ready: Output
        /// The phase in progress; none when idle.
        public let precharge, evaluate, latch: Output
        /// The row sensed last.
        public let row: Output
    }

    public func ports() -> Ports {
        Ports(
            start: Input(), cells: Input(columns), upset: Input(columns),
            secondCells: dualRow == 1 ? Input(columns) : nil, dual: dualRow == 1 ? Input() : nil, ready: Output(),
            precharge: Output(), evaluate: Output(), latch: Output(), row: Output(columns))
    }

    public func build(_ m: Builder<Ports>) {
        // 0 is idle; 1 to `period` are the cycles of a sense.
        let phase = m.register("phase", addressWidth(phases.period + 1))
        let row = m.register("row", columns)
        let isLast = (phase == phases.period).named("is_last")

        when(m.start) { phase.next(1) }
            .elseWhen(isLast) { phase.next(0) }
            .elseWhen(phase != 0) { phase.next(phase + 1) }
        when(isLast) { row.next(level(m) ^ m.upset) }

        m.ready.drive((phase == 0) | isLast)
        m.precharge.drive((phase != 0) & (phase <= phases.precharge))
        m.evaluate.drive((phase > phases.precharge) & (phase <= phases.precharge + phases.evaluate))
        m.latch.drive(phase > phases.precharge + phases.evaluate)
        m.row.drive(row)
    }

    /// What the currents on the bit lines stand for.
    private func level(_ m: Builder<Ports>) -> Bits {
        guard let second = m.secondCells, let dual = m.dual else { return m.cells }
        return mux(dual, m.cells & second, m.cells).named("level")
    }
}
