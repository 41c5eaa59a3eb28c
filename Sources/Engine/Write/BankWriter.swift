public import HDL

/// A bank with the controller that writes it, and a reader beside it.
///
/// Law: the reader's senses and the writes share the bank as its kind allows. Where both want the sense amplifiers the
/// controller is first, which wants them for one cycle a sense, and it leaves them free behind each write; so neither
/// waits for ever.
public struct BankWriter: ConfigurableModule {
    public var rows = 64
    public var columns = 64
    public var phases = SensePhases()
    /// A `CellKind`, other than ideal.
    public var kind = CellKind.stt.rawValue
    /// Whether the reader can sense two rows at once.
    public var dualRow = 0
    public var planes = 3
    public var longestPulse = 15
    public var amplitudes = 4
    public var mostRetries = 3

    public init() {}

    public static var parameters: [Parameter<BankWriter>] {
        [
            Parameter("rows", \.rows, 2...65536, "rows of cells"),
            Parameter("columns", \.columns, 1...512, "cells of a row"),
            Parameter("precharge", \.phases.precharge, 1...15, "cycles of pre-charge"),
            Parameter("evaluate", \.phases.evaluate, 1...15, "cycles of evaluation"),
            Parameter("latch", \.phases.latch, 1...15, "cycles of latching"),
            Parameter("kind", \.kind, 1...CellKind.allCases.count - 1, CellKind.choices),
            Parameter("dual-row", \.dualRow, 0...1, "whether two rows can be sensed at once"),
            Parameter("planes", \.planes, 1...8, "weight planes with pulses of their own"),
            Parameter("longest-pulse", \.longestPulse, 1...1023, "cycles of a pulse at most"),
            Parameter("amplitudes", \.amplitudes, 1...16, "amplitudes of pulses"),
            Parameter("most-retries", \.mostRetries, 1...15, "times that a row can be pulsed again"),
        ]
    }

    public var cellKind: CellKind { CellKind(rawValue: kind) ?? .stt }

    public var bank: Bank {
        var bank = Bank()
        bank.rows = rows
        bank.columns = columns
        bank.phases = phases
        bank.kind = kind
        bank.dualRow = dualRow
        return bank
    }

    public var controller: WriteController {
        var controller = WriteController()
        controller.rows = rows
        controller.columns = columns
        controller.kind = kind
        controller.period = phases.period
        controller.planes = planes
        controller.longestPulse = longestPulse
        controller.amplitudes = amplitudes
        controller.mostRetries = mostRetries
        return controller
    }

    public func checkRelations() throws(ParameterError) {
        try bank.checkRelations()
        try controller.checkRelations()
    }

    public var moduleName: String {
        "bank_writer_\("\(cellKind)".snakeCased)_\(rows)_\(columns)_\(phases)" + (dualRow == 0 ? "" : "_dual_row")
            + "_\(planes)_\(longestPulse)_\(amplitudes)_\(mostRetries)"
    }

    public struct Ports: SignalBundle {
        public let host: WriteHost
        public let reader: BankReader
        /// Junctions that a pulse does not move, and cells that an erasure leaves one; taken at a pulse's last cycle.
        public let writeFail: Input
        public let complementFail: Input?
        public let eraseFail: [Input]
        /// Sensed bits that read wrong; taken at the latch edge, of the reader's senses and of the controller's.
        public let upset: Input
        /// The pulse in progress, for the drivers of the lines.
        public let pulse, write: Output
        public let amplitude: Output?
        public let undecided: Output?
    }

    public func ports() -> Ports {
        let (cells, writer) = (bank.ports(), controller.ports())
        return Ports(
            host: writer.host, reader: BankReader(rows: rows, columns: columns, dualRow: dualRow == 1),
            writeFail: Input(columns), complementFail: cells.complementFail.map { Input($0.width) },
            eraseFail: cells.eraseFail.map { Input($0.width) }, upset: Input(columns), pulse: Output(),
            write: Output(), amplitude: writer.bank.amplitude.map { Output($0.width) },
            undecided: cells.undecided.map { Output($0.width) })
    }

    public func build(_ m: Builder<Ports>) {
        let cells = m.instance("bank", bank)
        let controller = m.instance("controller", controller)
        m.host.connect(to: controller.host)

        // Who senses is told by the controller's state alone, so that 'ready' does not look at 'start'.
        let isWriters = controller.bank.sense
        let reads = (m.reader.start & !isWriters).named("reads")
        cells.start.drive(mux(isWriters, cells.ready, reads))
        cells.address.drive(mux(isWriters, controller.bank.address, m.reader.address))
        if let second = m.reader.secondAddress, let dual = m.reader.dual {
            cells.secondAddress?.drive(second)
            cells.dual?.drive(dual & !isWriters)
        }
        controller.bank.senseReady.drive(cells.ready)
        controller.bank.row.drive(cells.row)
        m.reader.ready.drive(cells.ready & !isWriters)
        m.reader.latch.drive(cells.latch)
        m.reader.row.drive(cells.row)

        cells.claim?.drive(controller.bank.claim)
        if let ready = cells.writeReady { controller.bank.writeReady.drive(ready) }
        cells.write.drive(controller.bank.write)
        cells.writeAddress.drive(controller.bank.address)
        cells.towardsOne?.drive(controller.bank.towardsOne)
        cells.mask?.drive(controller.bank.mask)
        if let mask = controller.bank.complementMask { cells.complementMask?.drive(mask) }
        cells.writeFail.drive(m.writeFail)
        if let fail = m.complementFail { cells.complementFail?.drive(fail) }
        for (inner, outer) in zip(cells.eraseFail, m.eraseFail) { inner.drive(outer) }
        cells.upset.drive(m.upset)
        m.pulse.drive(controller.bank.pulse)
        m.write.drive(controller.bank.write)
        if let amplitude = controller.bank.amplitude { m.amplitude?.drive(amplitude) }
        if let undecided = cells.undecided { m.undecided?.drive(undecided) }
    }
}

/// Senses of a bank that something else writes.
public struct BankReader: SignalBundle {
    /// Begins the sense of row `address`; allowed when `ready`.
    public let start, address: Input
    /// The other row, and whether both are sensed.
    public let secondAddress, dual: Input?
    public let ready, latch: Output
    public let row: Output

    init(rows: Int, columns: Int, dualRow: Bool) {
        start = Input()
        address = Input(addressWidth(rows))
        secondAddress = dualRow ? Input(addressWidth(rows)) : nil
        dual = dualRow ? Input() : nil
        ready = Output()
        latch = Output()
        row = Output(columns)
    }
}
