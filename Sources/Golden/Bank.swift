/// Golden twin of Engine's `Bank`: a sub-array with its sense amplifiers.
public struct Bank: Behaviour {
    public struct Inputs: PortRecord {
        public var write = false
        public var writeAddress = 0
        public var writeData = BitRow.none
        public var writeFail = BitRow.none
        public var start = false
        public var address = 0
        public var upset = BitRow.none
        public let columns: Int

        public init(columns: Int) { self.columns = columns }

        public func write(to record: inout RecordWriter) {
            record.put(write)
            record.put(writeAddress)
            record.put(writeData, columns: columns)
            record.put(writeFail, columns: columns)
            record.put(start)
            record.put(address)
            record.put(upset, columns: columns)
        }
    }

    public private(set) var array: SubArray
    public private(set) var amplifiers: SenseAmplifier
    private var selected = 0

    /// The cells of the row whose word line is on.
    var selectedCells: BitRow { array.cells(selected) }

    public init(rows: Int, columns: Int, phases: SensePhases) {
        array = SubArray(rows: rows, columns: columns)
        amplifiers = SenseAmplifier(columns: columns, phases: phases)
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(amplifiers.isReady)
        record.put(amplifiers.isPrecharging)
        record.put(amplifiers.isEvaluating)
        record.put(amplifiers.isInLatchPhase)
        record.put(amplifiers.row, columns: array.columns)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        clock(start: inputs.start, address: inputs.address, upset: inputs.upset, reset: reset)
        if inputs.write { store(inputs.writeData, at: inputs.writeAddress, failing: inputs.writeFail) }
    }

    /// The edge as far as sensing is concerned; it sees the cells as they are before a write of the same edge.
    public mutating func clock(start: Bool, address: Int, upset: BitRow, reset: Bool) {
        let cells = amplifiers.isLatching ? array.cells(selected) : .none
        amplifiers.clock(start: start, cells: cells, upset: upset, reset: reset)
        if reset {
            selected = 0
        } else if start {
            selected = address
        }
    }

    public mutating func store(_ data: BitRow, at address: Int, failing: BitRow) {
        array.store(data, at: address, failing: failing)
    }
}
