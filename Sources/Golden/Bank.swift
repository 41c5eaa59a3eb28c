/// Golden twin of Engine's `Bank`: a sub-array with its sense amplifiers.
public struct Bank: Behaviour {
    public struct Inputs: PortRecord {
        public var write = false
        public var writeAddress = 0
        public var writeData = BitRow.none
        public var pulse = CellPulse()
        public var failures = WriteFailureMasks()
        public var claim = false
        public var start = false
        public var address = 0
        public var secondAddress = 0
        public var dual = false
        public var upset = BitRow.none
        public let geometry: ArrayGeometry

        public init(_ geometry: ArrayGeometry) { self.geometry = geometry }
        public init(columns: Int) { self.init(ArrayGeometry(columns: columns)) }

        public func write(to record: inout RecordWriter) {
            record.put(write)
            record.put(writeAddress)
            if !geometry.kind.isPulsed { record.put(writeData, columns: geometry.columns) }
            pulse.write(to: &record, geometry)
            failures.write(to: &record, geometry)
            if geometry.kind.isPulsed { record.put(claim) }
            record.put(start)
            record.put(address)
            if geometry.isDualRow {
                record.put(secondAddress)
                record.put(dual)
            }
            record.put(upset, columns: geometry.columns)
        }
    }

    public private(set) var array: SubArray
    public private(set) var amplifiers: SenseAmplifier
    private var selected = 0
    /// The other row of a sense of two; nil when one is sensed.
    private var secondSelected: Int?

    /// The cells of the row whose word line is on.
    var selectedCells: BitRow { array.cells(selected) }
    /// What the bit lines stand for: the row's cells, or those that are one in both rows.
    public var sensedCells: BitRow { secondSelected.map { array.cells(selected) & array.cells($0) } ?? selectedCells }
    /// Pairs on the bit lines that read by chance.
    public var undecided: BitRow { array.undecided(selected) }

    public init(
        rows: Int, columns: Int, phases: SensePhases, kind: CellKind = .ideal, isDualRow: Bool = false
    ) {
        array = SubArray(rows: rows, columns: columns, kind: kind, isDualRow: isDualRow)
        amplifiers = SenseAmplifier(columns: columns, phases: phases)
    }

    /// Whether a sense may start though row `claimed` is claimed for pulses; nil for none.
    public func isReady(address: Int, second: Int? = nil, claimed: Int?) -> Bool {
        guard amplifiers.isReady, array.kind.isPulsed, let claimed else { return amplifiers.isReady }
        return array.kind == .sot && address != claimed && second != claimed
    }

    /// Whether a pulse of a claimed row may begin in the next cycle.
    public func isWriteReady(_ address: Int) -> Bool {
        if amplifiers.isReady { return true }
        return array.kind == .sot && address != selected && address != secondSelected
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(
            isReady(
                address: inputs.address, second: inputs.dual ? inputs.secondAddress : nil,
                claimed: inputs.claim ? inputs.writeAddress : nil))
        record.put(amplifiers.isPrecharging)
        record.put(amplifiers.isEvaluating)
        record.put(amplifiers.isInLatchPhase)
        record.put(amplifiers.row, columns: array.columns)
        if array.kind.isPulsed { record.put(isWriteReady(inputs.writeAddress)) }
        if array.kind == .complementary { record.put(undecided, columns: array.columns) }
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        clock(
            start: inputs.start, address: inputs.address, second: inputs.dual ? inputs.secondAddress : nil,
            upset: inputs.upset, reset: reset)
        guard inputs.write else { return }
        if array.kind.isPulsed {
            pulse(inputs.pulse, at: inputs.writeAddress, failing: inputs.failures)
        } else {
            store(inputs.writeData, at: inputs.writeAddress, failing: inputs.failures.first)
        }
    }

    /// The edge as far as sensing is concerned; it sees the cells as they are before a write of the same edge.
    public mutating func clock(start: Bool, address: Int, second: Int? = nil, upset: BitRow, reset: Bool) {
        let cells = amplifiers.isLatching ? sensedCells : .none
        amplifiers.clock(start: start, cells: cells, upset: upset, reset: reset)
        if reset {
            selected = 0
            secondSelected = nil
        } else if start {
            selected = address
            secondSelected = second
        }
    }

    public mutating func store(_ data: BitRow, at address: Int, failing: BitRow) {
        array.store(data, at: address, failing: failing)
    }

    /// Ends a pulse of a row.
    public mutating func pulse(_ pulse: CellPulse, at address: Int, failing: WriteFailureMasks) {
        array.pulse(pulse, at: address, failing: failing)
    }
}
