/// How the cells of a sub-array hold a bit and are written, as Engine's enum of the same name says.
public enum CellKind: Int, CaseIterable, Sendable {
    case ideal, stt, complementary, sot, nandSpin

    /// Junctions on one strip, one of each of as many rows.
    public static let stringRows = 8

    public var isPulsed: Bool { self != .ideal }
}

/// What the ports of a sub-array depend on.
public struct ArrayGeometry: Hashable, Sendable {
    public var columns: Int
    public var kind: CellKind
    public var isDualRow: Bool

    public init(columns: Int, kind: CellKind = .ideal, isDualRow: Bool = false) {
        self.columns = columns
        self.kind = kind
        self.isDualRow = isDualRow
    }
}

/// One pulse of a row of junctions: its direction and the junctions that have it.
public struct CellPulse: Hashable, Sendable {
    /// Towards one; of strings zero erases and one programs.
    public var towardsOne = false
    /// First junctions of pairs, junctions of other kinds; where strings are erased, strips.
    public var mask = BitRow.none
    /// Second junctions of pairs, which go the other way.
    public var complementMask = BitRow.none

    public init() {}

    func write(to record: inout RecordWriter, _ geometry: ArrayGeometry) {
        guard geometry.kind.isPulsed else { return }
        record.put(towardsOne)
        record.put(mask, columns: geometry.columns)
        if geometry.kind == .complementary { record.put(complementMask, columns: geometry.columns) }
    }
}

/// The junctions that a pulse does not move.
public struct WriteFailureMasks: Hashable, Sendable {
    /// First junctions of pairs, junctions of other kinds.
    public var first = BitRow.none
    /// Second junctions of pairs.
    public var second = BitRow.none
    /// For each row of strings the junctions that an erasure leaves one.
    public var erasing = Array(repeating: BitRow.none, count: CellKind.stringRows)

    public init() {}

    func write(to record: inout RecordWriter, _ geometry: ArrayGeometry) {
        record.put(first, columns: geometry.columns)
        writeOthers(to: &record, geometry)
    }

    /// All but the first ones.
    func writeOthers(to record: inout RecordWriter, _ geometry: ArrayGeometry) {
        if geometry.kind == .complementary { record.put(second, columns: geometry.columns) }
        guard geometry.kind == .nandSpin else { return }
        for row in erasing { record.put(row, columns: geometry.columns) }
    }
}
