/// Cycles of a sense, as Engine's struct of the same name has them.
public struct SensePhases: Hashable, Sendable {
    public var precharge = 1
    public var evaluate = 1
    public var latch = 1

    public init(precharge: Int = 1, evaluate: Int = 1, latch: Int = 1) {
        self.precharge = precharge
        self.evaluate = evaluate
        self.latch = latch
    }

    public var period: Int { precharge + evaluate + latch }
}

/// Golden twin of Engine's `SenseAmplifier`: pre-charge, evaluate, latch; upsets count at the latch edge alone.
public struct SenseAmplifier: Behaviour {
    public struct Inputs: PortRecord {
        public var start = false
        public var cells = BitRow.none
        public var upset = BitRow.none
        public var secondCells = BitRow.none
        public var dual = false
        public let columns: Int
        private let isDualRow: Bool

        public init(columns: Int, isDualRow: Bool = false) {
            self.columns = columns
            self.isDualRow = isDualRow
        }

        public func write(to record: inout RecordWriter) {
            record.put(start)
            record.put(cells, columns: columns)
            record.put(upset, columns: columns)
            guard isDualRow else { return }
            record.put(secondCells, columns: columns)
            record.put(dual)
        }
    }

    public let columns: Int
    public let phases: SensePhases
    /// Cycles of the sense that are over, this one included; 0 when idle.
    @usableFromInline var elapsed = 0
    /// The row sensed last.
    public private(set) var row = BitRow.none

    public init(columns: Int, phases: SensePhases) {
        self.columns = columns
        self.phases = phases
    }

    /// Whether the coming edge latches.
    @inlinable public var isLatching: Bool { elapsed == phases.period }
    @inlinable public var isReady: Bool { elapsed == 0 || isLatching }
    public var isPrecharging: Bool { elapsed > 0 && elapsed <= phases.precharge }
    public var isEvaluating: Bool { elapsed > phases.precharge && elapsed <= phases.precharge + phases.evaluate }
    public var isInLatchPhase: Bool { elapsed > phases.precharge + phases.evaluate }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(isReady)
        record.put(isPrecharging)
        record.put(isEvaluating)
        record.put(isInLatchPhase)
        record.put(row, columns: columns)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        let level = inputs.dual ? inputs.cells & inputs.secondCells : inputs.cells
        clock(start: inputs.start, cells: level, upset: inputs.upset, reset: reset)
    }

    /// The edge; `cells` is what the currents on the bit lines stand for.
    public mutating func clock(start: Bool, cells: BitRow, upset: BitRow, reset: Bool) {
        if reset {
            elapsed = 0
            row = .none
            return
        }
        if isLatching { row = cells ^ upset }
        if start {
            elapsed = 1
        } else if isLatching {
            elapsed = 0
        } else if elapsed > 0 {
            elapsed += 1
        }
    }
}
