public import HDL

/// A bank: a sub-array with its own sense amplifiers, so that banks can sense in turns.
///
/// A bank of pulsed cells is shared by senses and pulses. Law: from `claim` on no sense starts that the pulses would
/// disturb, and `writeReady` says that none is under way: in an `sot` bank those of the claimed row, in the others all,
/// since there the pulses take the lines that senses need. Whoever writes holds `claim` from before the first pulse,
/// which it begins after a cycle with `writeReady`, to the end of the last one.
public struct Bank: ConfigurableModule {
    public var rows = 256
    public var columns = 64
    public var phases = SensePhases()
    /// A `CellKind`.
    public var kind = CellKind.ideal.rawValue
    /// Whether two rows can be sensed at once.
    public var dualRow = 0

    public init() {}

    public static var parameters: [Parameter<Bank>] {
        [
            Parameter("rows", \.rows, 2...65536, "rows of cells"),
            Parameter("columns", \.columns, 1...512, "cells of a row"),
            Parameter("precharge", \.phases.precharge, 1...15, "cycles of pre-charge"),
            Parameter("evaluate", \.phases.evaluate, 1...15, "cycles of evaluation"),
            Parameter("latch", \.phases.latch, 1...15, "cycles of latching"),
            Parameter("kind", \.kind, 0...CellKind.allCases.count - 1, CellKind.choices),
            Parameter("dual-row", \.dualRow, 0...1, "whether two rows can be sensed at once"),
        ]
    }

    public var cellKind: CellKind { CellKind(rawValue: kind) ?? .ideal }

    var array: SubArray {
        var array = SubArray()
        array.rows = rows
        array.columns = columns
        array.kind = kind
        array.dualRow = dualRow
        return array
    }

    public func checkRelations() throws(ParameterError) { try array.checkRelations() }

    public var moduleName: String {
        let suffix = (kind == 0 ? "" : "_\("\(cellKind)".snakeCased)") + (dualRow == 0 ? "" : "_dual_row")
        return "bank_\(rows)_\(columns)_\(phases)\(suffix)"
    }

    public struct Ports: SignalBundle {
        /// Ends a pulse, as in `SubArray`.
        public let write, writeAddress: Input
        public let writeData, towardsOne, mask, complementMask: Input?
        public let writeFail: Input
        public let complementFail: Input?
        public let eraseFail: [Input]
        /// Row `writeAddress` is being written or is to be.
        public let claim: Input?
        /// Begins the sense of row `address`; allowed when `ready`.
        public let start, address: Input
        /// The other row, and whether both are sensed, as they are when the sense begins.
        public let secondAddress, dual: Input?
        /// Sensed bits that read wrong; taken at the latch edge.
        public let upset: Input
        public let ready, precharge, evaluate, latch: Output
        public let row: Output
        /// A pulse of the claimed row may begin in the next cycle.
        public let writeReady: Output?
        /// Pairs of the row on the bit lines whose junctions agree.
        public let undecided: Output?
    }

    public func ports() -> Ports {
        let cells = array.ports()
        let width = addressWidth(rows)
        func same(_ port: Input?) -> Input? { port.map { Input($0.width) } }
        return Ports(
            write: Input(), writeAddress: Input(width), writeData: same(cells.writeData),
            towardsOne: same(cells.towardsOne), mask: same(cells.mask), complementMask: same(cells.complementMask),
            writeFail: Input(columns), complementFail: same(cells.complementFail),
            eraseFail: cells.eraseFail.map { Input($0.width) }, claim: cellKind.isPulsed ? Input() : nil,
            start: Input(), address: Input(width), secondAddress: same(cells.secondAddress),
            dual: dualRow == 1 ? Input() : nil, upset: Input(columns), ready: Output(), precharge: Output(),
            evaluate: Output(), latch: Output(), row: Output(columns),
            writeReady: cellKind.isPulsed ? Output() : nil,
            undecided: cells.undecided.map { Output($0.width) })
    }

    public func build(_ m: Builder<Ports>) {
        let subArray = m.instance("sub_array", array)
        var amplifier = SenseAmplifier()
        amplifier.columns = columns
        amplifier.phases = phases
        amplifier.dualRow = dualRow
        let amplifiers = m.instance("sense_amplifiers", amplifier)

        // The word line stays on while the amplifiers work.
        let selected = m.register("selected", addressWidth(rows))
        when(m.start) { selected.next(m.address) }
        var second: (selected: Bits, isOn: Bits)?
        if let address = m.secondAddress, let dual = m.dual {
            let row = m.register("second_selected", addressWidth(rows))
            let isOn = m.register("is_dual")
            when(m.start) {
                row.next(address)
                isOn.next(dual)
            }
            second = (row, isOn)
            subArray.secondAddress?.drive(row)
            if let cells = subArray.secondCells { amplifiers.secondCells?.drive(cells) }
            amplifiers.dual?.drive(isOn)
        }

        subArray.write.drive(m.write)
        subArray.writeAddress.drive(m.writeAddress)
        let pulse = [
            (subArray.writeData, m.writeData), (subArray.towardsOne, m.towardsOne), (subArray.mask, m.mask),
            (subArray.complementMask, m.complementMask), (subArray.complementFail, m.complementFail),
        ]
        for case (let inner?, let outer?) in pulse { inner.drive(outer) }
        subArray.writeFail.drive(m.writeFail)
        for (inner, outer) in zip(subArray.eraseFail, m.eraseFail) { inner.drive(outer) }
        subArray.address.drive(selected)
        amplifiers.start.drive(m.start)
        amplifiers.cells.drive(subArray.cells)
        amplifiers.upset.drive(m.upset)

        share(m, amplifiers.ready, selected, second)
        m.precharge.drive(amplifiers.precharge)
        m.evaluate.drive(amplifiers.evaluate)
        m.latch.drive(amplifiers.latch)
        m.row.drive(amplifiers.row)
        if let undecided = subArray.undecided { m.undecided?.drive(undecided) }
    }

    /// Who may have the lines: the next sense, the next pulse.
    private func share(_ m: Builder<Ports>, _ isFree: Bits, _ selected: Bits, _ second: (selected: Bits, isOn: Bits)?) {
        guard let claim = m.claim, let writeReady = m.writeReady else { return m.ready.drive(isFree) }
        guard cellKind == .sot else {
            m.ready.drive(isFree & !claim)
            writeReady.drive(isFree)
            return
        }
        var startsOnRow = m.address == m.writeAddress
        var isOnRow = selected == m.writeAddress
        if let address = m.secondAddress, let dual = m.dual, let second {
            startsOnRow = startsOnRow | (dual & (address == m.writeAddress))
            isOnRow = isOnRow | (second.isOn & (second.selected == m.writeAddress))
        }
        m.ready.drive(isFree & !(claim & startsOnRow.named("starts_on_row")))
        writeReady.drive(isFree | !isOnRow.named("is_on_row"))
    }
}
