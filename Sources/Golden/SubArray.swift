/// Golden twin of Engine's `SubArray`: rows of junctions whose writes may fail cell by cell.
public struct SubArray: Behaviour {
    public struct Inputs: PortRecord {
        public var write = false
        public var writeAddress = 0
        public var writeData = BitRow.none
        public var pulse = CellPulse()
        public var failures = WriteFailureMasks()
        public var address = 0
        public var secondAddress = 0
        public let geometry: ArrayGeometry

        public init(_ geometry: ArrayGeometry) { self.geometry = geometry }
        public init(columns: Int) { self.init(ArrayGeometry(columns: columns)) }

        public func write(to record: inout RecordWriter) {
            record.put(write)
            record.put(writeAddress)
            if !geometry.kind.isPulsed { record.put(writeData, columns: geometry.columns) }
            pulse.write(to: &record, geometry)
            failures.write(to: &record, geometry)
            record.put(address)
            if geometry.isDualRow { record.put(secondAddress) }
        }
    }

    public let columns: Int
    public let kind: CellKind
    private let isDualRow: Bool
    private let everyColumn: BitRow
    public private(set) var junctions: [BitRow]
    /// The second junctions of complementary pairs; none of other kinds.
    public private(set) var complements: [BitRow]
    /// Pulses that each cell has had, row by row: one for each write of a bit that an ideal array's cell did not hold, one
    /// for each pulse of another kind's. An erasure is a pulse of all junctions of its strips.
    public private(set) var pulses: [UInt32]
    /// Those of the second junctions of pairs.
    public private(set) var complementPulses: [UInt32]

    public init(rows: Int, columns: Int, kind: CellKind = .ideal, isDualRow: Bool = false) {
        self.columns = columns
        self.kind = kind
        self.isDualRow = isDualRow
        everyColumn = .allOnes(columns: columns)
        junctions = Array(repeating: .none, count: rows)
        complements = kind == .complementary ? junctions : []
        pulses = Array(repeating: 0, count: rows * columns)
        complementPulses = kind == .complementary ? pulses : []
    }

    /// Pulses of the cell that has had most: what its endurance is used up by.
    public var largestPulseCount: UInt32 { max(pulses.max() ?? 0, complementPulses.max() ?? 0) }

    /// The bits of a row; none beyond the last row.
    @inlinable public func cells(_ address: Int) -> BitRow { address < junctions.count ? junctions[address] : .none }

    /// The pairs of a row whose junctions agree; all of them beyond the last row.
    public func undecided(_ address: Int) -> BitRow {
        let agreeing = address < complements.count ? ~(junctions[address] ^ complements[address]) : ~.none
        return agreeing & everyColumn
    }

    /// Stores a row but for the cells whose write fails; a row beyond the last is lost.
    public mutating func store(_ data: BitRow, at address: Int, failing: BitRow) {
        guard address < junctions.count else { return }
        let changed = junctions[address] ^ data
        for column in 0..<columns where changed.contains(column) { pulses[address * columns + column] += 1 }
        junctions[address].replace(with: data, where: failing)
    }

    /// Ends a pulse of a row, or of the strings that it belongs to; one of a row beyond the last is lost.
    public mutating func pulse(_ pulse: CellPulse, at address: Int, failing: WriteFailureMasks) {
        guard address < junctions.count else { return }
        if kind == .nandSpin && !pulse.towardsOne {
            let first = address - address % CellKind.stringRows
            for (index, row) in (first..<first + CellKind.stringRows).enumerated() {
                junctions[row] = (junctions[row] & ~pulse.mask) | (failing.erasing[index] & pulse.mask)
                wear(&pulses, row, pulse.mask)
            }
            return
        }
        move(&junctions[address], pulse.mask & ~failing.first, towardsOne: pulse.towardsOne)
        wear(&pulses, address, pulse.mask)
        if kind == .complementary {
            move(&complements[address], pulse.complementMask & ~failing.second, towardsOne: !pulse.towardsOne)
            wear(&complementPulses, address, pulse.complementMask)
        }
    }

    private func move(_ row: inout BitRow, _ moved: BitRow, towardsOne: Bool) {
        row = towardsOne ? row | moved : row & ~moved
    }

    private func wear(_ pulses: inout [UInt32], _ address: Int, _ mask: BitRow) {
        for column in 0..<columns where mask.contains(column) { pulses[address * columns + column] += 1 }
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(cells(inputs.address), columns: columns)
        if kind == .complementary { record.put(undecided(inputs.address), columns: columns) }
        if isDualRow { record.put(cells(inputs.secondAddress), columns: columns) }
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        guard inputs.write else { return }
        if kind.isPulsed {
            pulse(inputs.pulse, at: inputs.writeAddress, failing: inputs.failures)
        } else {
            store(inputs.writeData, at: inputs.writeAddress, failing: inputs.failures.first)
        }
    }
}

extension BitRow {
    /// Takes the bits of `data` in every column but those of `kept`.
    fileprivate mutating func replace(with data: BitRow, where kept: BitRow) {
        self = data ^ ((self ^ data) & kept)
    }
}
