/// Golden twin of Engine's `SubArray`: rows of junctions whose writes may fail cell by cell.
public struct SubArray: Behaviour {
    public struct Inputs: PortRecord {
        public var write = false
        public var writeAddress = 0
        public var writeData = BitRow.none
        public var writeFail = BitRow.none
        public var address = 0
        /// Cells of a row, for the width of the ports.
        public let columns: Int

        public init(columns: Int) { self.columns = columns }

        public func write(to record: inout RecordWriter) {
            record.put(write)
            record.put(writeAddress)
            record.put(writeData, columns: columns)
            record.put(writeFail, columns: columns)
            record.put(address)
        }
    }

    public let columns: Int
    public private(set) var junctions: [BitRow]
    /// Pulses that each cell has had, row by row: one for each write of a bit that the cell did not hold.
    public private(set) var pulses: [UInt32]

    public init(rows: Int, columns: Int) {
        self.columns = columns
        junctions = Array(repeating: .none, count: rows)
        pulses = Array(repeating: 0, count: rows * columns)
    }

    /// Pulses of the cell that has had most: what its endurance is used up by.
    public var largestPulseCount: UInt32 { pulses.max() ?? 0 }

    /// The bits of a row; none beyond the last row.
    @inlinable public func cells(_ address: Int) -> BitRow { address < junctions.count ? junctions[address] : .none }

    /// Stores a row but for the cells whose write fails; a row beyond the last is lost.
    public mutating func store(_ data: BitRow, at address: Int, failing: BitRow) {
        guard address < junctions.count else { return }
        let changed = junctions[address] ^ data
        for column in 0..<columns where changed.contains(column) { pulses[address * columns + column] += 1 }
        junctions[address].replace(with: data, where: failing)
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(cells(inputs.address), columns: columns)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        if inputs.write { store(inputs.writeData, at: inputs.writeAddress, failing: inputs.writeFail) }
    }
}

extension BitRow {
    /// Takes the bits of `data` in every column but those of `kept`.
    fileprivate mutating func replace(with data: BitRow, where kept: BitRow) {
        self = data ^ ((self ^ data) & kept)
    }
}
