public import HDL

/// A bank: a sub-array with its own sense amplifiers, so that banks can sense in turns.
public struct Bank: ConfigurableModule {
    public var rows = 256
    public var columns = 64
    public var phases = SensePhases()

    public init() {}

    public static var parameters: [Parameter<Bank>] {
        [
            Parameter("rows", \.rows, 2...65536, "rows of cells"),
            Parameter("columns", \.columns, 1...512, "cells of a row"),
            Parameter("precharge", \.phases.precharge, 1...15, "cycles of pre-charge"),
            Parameter("evaluate", \.phases.evaluate, 1...15, "cycles of evaluation"),
            Parameter("latch", \.phases.latch, 1...15, "cycles of latching"),
        ]
    }

    public struct Ports: SignalBundle {
        public let write, writeAddress, writeData, writeFail: Input
        /// Begins the sense of row `address`; allowed when `ready`.
        public let start, address: Input
        /// Sensed bits that read wrong; taken at the latch edge.
        public let upset: Input
        public let ready, precharge, evaluate, latch: Output
        public let row: Output
    }

    public func ports() -> Ports {
        Ports(
            write: Input(), writeAddress: Input(addressWidth(rows)), writeData: Input(columns),
            writeFail: Input(columns), start: Input(), address: Input(addressWidth(rows)), upset: Input(columns),
            ready: Output(), precharge: Output(), evaluate: Output(), latch: Output(), row: Output(columns))
    }

    public func build(_ m: Builder<Ports>) {
        var array = SubArray()
        array.rows = rows
        array.columns = columns
        let subArray = m.instance("sub_array", array)
        var amplifier = SenseAmplifier()
        amplifier.columns = columns
        amplifier.phases = phases
        let amplifiers = m.instance("sense_amplifiers", amplifier)

        // The word line stays on while the amplifiers work.
        let selected = m.register("selected", addressWidth(rows))
        when(m.start) { selected.next(m.address) }

        subArray.write.drive(m.write)
        subArray.writeAddress.drive(m.writeAddress)
        subArray.writeData.drive(m.writeData)
        subArray.writeFail.drive(m.writeFail)
        subArray.address.drive(selected)
        amplifiers.start.drive(m.start)
        amplifiers.cells.drive(subArray.cells)
        amplifiers.upset.drive(m.upset)

        m.ready.drive(amplifiers.ready)
        m.precharge.drive(amplifiers.precharge)
        m.evaluate.drive(amplifiers.evaluate)
        m.latch.drive(amplifiers.latch)
        m.row.drive(amplifiers.row)
    }
}
