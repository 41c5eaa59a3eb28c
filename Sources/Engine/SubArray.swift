public import HDL

/// A sub-array of magnetic tunnel junctions: one weight bit a cell, a row of them read or written at a time.
///
/// Chance enters by the mask `writeFail`: a cell whose write fails keeps its bit. Reads are upset in the sense
/// amplifier. In simulation this is a behavioural macro; synthesis puts the memory's own macro in its place.
public struct SubArray: ConfigurableModule {
    /// Rows of cells.
    public var rows = 256
    /// Cells of a row.
    public var columns = 64

    public init() {}

    public static var parameters: [Parameter<SubArray>] {
        [
            Parameter("rows", \.rows, 2...65536, "rows of cells"),
            Parameter("columns", \.columns, 1...512, "cells of a row"),
        ]
    }

    public var moduleName: String { "sub_array_\(rows)x\(columns)" }

    public struct Ports: SignalBundle {
        /// Stores `writeData` in row `writeAddress`, but for the cells in `writeFail`.
        public let write, writeAddress, writeData, writeFail: Input
        /// Row on the bit lines.
        public let address: Input
        public let cells: Output
    }

    public func ports() -> Ports {
        Ports(
            write: Input(), writeAddress: Input(addressWidth(rows)), writeData: Input(columns),
            writeFail: Input(columns), address: Input(addressWidth(rows)), cells: Output(columns))
    }

    public func build(_ m: Builder<Ports>) {
        let junctions = m.memory("junctions", depth: rows, width: columns, isNonvolatile: true)
        let previous = junctions.read(m.writeAddress).named("previous")
        let stored = ((m.writeData & ~m.writeFail) | (previous & m.writeFail)).named("stored")
        when(m.write) { junctions.write(m.writeAddress, stored) }
        m.cells.drive(junctions.read(m.address))
    }
}
