public import HDL

/// A sub-array of magnetic tunnel junctions: one weight bit a cell, a row of them read or written at a time.
///
/// Law: the edge of a cycle with `write` is the end of a pulse. Of an `ideal` array it stores a whole row, but for the
/// cells in `writeFail`. Of the others it moves the cells in `mask` towards one or towards zero, but for those in
/// `writeFail`; a complementary pair's second junctions those in `complementMask` the other way, but for those in
/// `complementFail`. Of `nandSpin` towards zero is an erasure: the masked cells of all eight rows of the row's strings
/// become zero, those in `eraseFail` one, whatever they were. A pair reads as its first junction.
///
/// Chance enters by these masks; reads are upset in the sense amplifier. In simulation this is a behavioural macro;
/// synthesis puts the memory's own macro in its place.
public struct SubArray: ConfigurableModule {
    /// Rows of cells.
    public var rows = 256
    /// Cells of a row.
    public var columns = 64
    /// A `CellKind`.
    public var kind = CellKind.ideal.rawValue
    /// Whether a second row can be on the bit lines as well.
    public var dualRow = 0

    public init() {}

    public static var parameters: [Parameter<SubArray>] {
        [
            Parameter("rows", \.rows, 2...65536, "rows of cells"),
            Parameter("columns", \.columns, 1...512, "cells of a row"),
            Parameter("kind", \.kind, 0...CellKind.allCases.count - 1, CellKind.choices),
            Parameter("dual-row", \.dualRow, 0...1, "whether two rows can be read at once"),
        ]
    }

    public var cellKind: CellKind { CellKind(rawValue: kind) ?? .ideal }

    public func checkRelations() throws(ParameterError) {
        if cellKind == .nandSpin, rows % CellKind.stringRows != 0 {
            throw .inconsistent(
                name: "rows", value: rows, reason: "strings need a multiple of \(CellKind.stringRows)")
        }
        if dualRow == 1, cellKind == .complementary || cellKind == .nandSpin {
            throw .inconsistent(
                name: "dual-row", value: dualRow,
                reason: "two rows are compared with one reference, which kinds 0 ideal, 1 stt and 3 sot have")
        }
    }

    public var moduleName: String {
        let suffix = (kind == 0 ? "" : "_\("\(cellKind)".snakeCased)") + (dualRow == 0 ? "" : "_dual_row")
        return "sub_array_\(rows)x\(columns)\(suffix)"
    }

    public struct Ports: SignalBundle {
        /// Ends a pulse of row `writeAddress`.
        public let write, writeAddress: Input
        /// The bits of an ideal array's row.
        public let writeData: Input?
        /// The pulse's direction, one for towards one; of strings zero erases and one programs.
        public let towardsOne: Input?
        /// Cells that the pulse moves, first and second junctions of pairs.
        public let mask, complementMask: Input?
        /// Cells that stay as they were, first and second junctions of pairs.
        public let writeFail: Input
        public let complementFail: Input?
        /// Cells that an erasure leaves one, for each row of a string.
        public let eraseFail: [Input]
        /// Row on the bit lines.
        public let address: Input
        /// Another row on the bit lines.
        public let secondAddress: Input?
        public let cells: Output
        /// Pairs of the row whose junctions agree, so that chance decides how they read.
        public let undecided: Output?
        public let secondCells: Output?
    }

    public func ports() -> Ports {
        let width = addressWidth(rows)
        let isPair = cellKind == .complementary
        return Ports(
            write: Input(), writeAddress: Input(width), writeData: cellKind.isPulsed ? nil : Input(columns),
            towardsOne: cellKind.isPulsed ? Input() : nil, mask: cellKind.isPulsed ? Input(columns) : nil,
            complementMask: isPair ? Input(columns) : nil, writeFail: Input(columns),
            complementFail: isPair ? Input(columns) : nil,
            eraseFail: cellKind == .nandSpin ? (0..<CellKind.stringRows).map { _ in Input(columns) } : [],
            address: Input(width), secondAddress: dualRow == 1 ? Input(width) : nil, cells: Output(columns),
            undecided: isPair ? Output(columns) : nil, secondCells: dualRow == 1 ? Output(columns) : nil)
    }

    public func build(_ m: Builder<Ports>) {
        if cellKind == .nandSpin { return buildStrings(m) }
        let junctions = m.memory("junctions", depth: rows, width: columns, isNonvolatile: true)
        let previous = junctions.read(m.writeAddress).named("previous")
        if let data = m.writeData {
            let stored = ((data & ~m.writeFail) | (previous & m.writeFail)).named("stored")
            when(m.write) { junctions.write(m.writeAddress, stored) }
        }
        if let mask = m.mask, let towardsOne = m.towardsOne {
            let stored = pulsed(previous, mask & ~m.writeFail, towardsOne).named("stored")
            when(m.write) { junctions.write(m.writeAddress, stored) }
        }
        let read = junctions.read(m.address)
        let cells = cellKind.isPulsed ? read.named("row_cells") : read
        if let mask = m.complementMask, let fail = m.complementFail, let towardsOne = m.towardsOne {
            buildComplements(m, moved: mask & ~fail, towardsOne: !towardsOne, cells: cells)
        }
        m.cells.drive(cells)
        if let second = m.secondAddress { m.secondCells?.drive(junctions.read(second)) }
    }

    /// The second junctions of pairs. Where both agree, the sense amplifier's upset mask says how the pair reads.
    private func buildComplements(_ m: Builder<Ports>, moved: Bits, towardsOne: Bits, cells: Bits) {
        let complements = m.memory("complements", depth: rows, width: columns, isNonvolatile: true)
        let previous = complements.read(m.writeAddress).named("previous_complement")
        let stored = pulsed(previous, moved, towardsOne).named("stored_complement")
        when(m.write) { complements.write(m.writeAddress, stored) }
        m.undecided?.drive(~(cells ^ complements.read(m.address)))
    }

    /// Cells after a pulse that moves some of them.
    private func pulsed(_ cells: Bits, _ moved: Bits, _ towardsOne: Bits) -> Bits {
        mux(towardsOne, cells | moved, cells & ~moved)
    }

    /// Rows of strings: a word holds all eight rows of the strings, since an erasure changes all of them.
    private func buildStrings(_ m: Builder<Ports>) {
        let count = CellKind.stringRows
        let place = log2(count)
        guard let mask = m.mask, let towardsOne = m.towardsOne else { return }
        let width = count * columns
        // One word is a register, as synthesis would make of it.
        let strings = rows > count ? m.memory("strings", depth: rows / count, width: width, isNonvolatile: true) : nil
        let only = strings == nil ? m.register("only_strings", width, reset: nil) : nil
        func string(_ address: Bits) -> Bits { (address >> place).resized(to: addressWidth(rows / count)) }
        func word(_ address: Bits) -> Bits {
            strings?.read(string(address)) ?? only ?? m.constant(0, width)
        }
        let previous = word(m.writeAddress)
        let programmed = (mask & ~m.writeFail).named("programmed")
        let stored = (0..<count).map { index -> Bits in
            let cells = previous[index * columns..<(index + 1) * columns]
            let erased = ((cells & ~mask) | (m.eraseFail[index] & mask)).named("erased_\(index)")
            let isProgrammed = (m.writeAddress[0..<place] == index).replicated(columns)
            return mux(towardsOne, cells | (programmed & isProgrammed), erased).named("stored_\(index)")
        }
        when(m.write) {
            strings?.write(string(m.writeAddress), concatenate(stored.reversed()))
            only?.next(concatenate(stored.reversed()))
        }
        let read = word(m.address).named("read_strings")
        m.cells.drive(
            select(m.address[0..<place], (0..<count).map { read[$0 * columns..<($0 + 1) * columns] }))
    }
}
