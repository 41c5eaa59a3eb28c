public import HDL

/// An array that holds weights and activations side by side, and gives the popcount of two rows' AND.
///
/// Law: `count` is the number of ones in (row AND other row) XOR the upset mask of the latch edge, and `countValid` is
/// one, `period + 1` cycles after `start`. Both rows are written by the write controller, so an activation plane costs
/// the pulses, cycles and wear of a weight row, and its writes fail like those. Source: Roohi et al., ISQED 2019.
public struct DualRowAnd: ConfigurableModule {
    public var rows = 64
    public var columns = 64
    public var phases = SensePhases()
    public var kind = CellKind.sot.rawValue
    public var planes = 3
    public var longestPulse = 15
    public var mostRetries = 3

    public init() {}

    public static var parameters: [Parameter<DualRowAnd>] {
        [
            Parameter("rows", \.rows, 2...65536, "rows of cells"),
            Parameter("columns", \.columns, 1...512, "cells of a row"),
            Parameter("precharge", \.phases.precharge, 1...15, "cycles of pre-charge"),
            Parameter("evaluate", \.phases.evaluate, 1...15, "cycles of evaluation"),
            Parameter("latch", \.phases.latch, 1...15, "cycles of latching"),
            Parameter("kind", \.kind, CellKind.stt.rawValue...CellKind.sot.rawValue, CellKind.choices),
            Parameter("planes", \.planes, 1...8, "weight planes with pulses of their own"),
            Parameter("longest-pulse", \.longestPulse, 1...1023, "cycles of a pulse at most"),
            Parameter("most-retries", \.mostRetries, 1...15, "times that a row can be pulsed again"),
        ]
    }

    public var writer: BankWriter {
        var writer = BankWriter()
        writer.rows = rows
        writer.columns = columns
        writer.phases = phases
        writer.kind = kind
        writer.dualRow = 1
        writer.planes = planes
        writer.longestPulse = longestPulse
        writer.mostRetries = mostRetries
        return writer
    }

    public func checkRelations() throws(ParameterError) { try writer.checkRelations() }

    public struct Ports: SignalBundle {
        public let writer: BankWriter.Ports
        /// Ones of the row sensed last, as the reader's sense before found them.
        public let countValid, count: Output
    }

    public func ports() -> Ports {
        Ports(writer: writer.ports(), countValid: Output(), count: Output(countWidth(columns)))
    }

    public func build(_ m: Builder<Ports>) {
        let writer = m.instance("writer", writer)
        writer.connect(to: m.writer)
        let starts = (m.writer.reader.start & m.writer.reader.ready).named("starts")
        m.countValid.drive(starts.delayed("sensed", by: phases.period + 1))
        m.count.drive(popcount(m.writer.reader.row))
    }
}
