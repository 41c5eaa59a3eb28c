public import HDL

/// Writes rows of junctions by pulses: reads what a row holds, pulses the bits that change, looks whether they did.
///
/// Law, for rows of junctions (`RowWrite`). A write begins with a sense of the old bits if only changed ones are pulsed.
/// Then the cells that are to be one get a pulse, and those that are to be zero another one, each as long and as strong
/// as the code of the row's plane says; of a complementary pair both junctions get theirs. With `verify` the row is
/// sensed again and what is wrong is pulsed again, `retries` times at most; what is wrong then sets `error`.
///
/// Law, for strings (`StringWrite`). Rows of the same strings that follow each other are one write. All rows of the
/// strings that are not written are sensed, and with `changedOnly` the others too; then the strips in which a bit has to
/// become zero get one erasing pulse, and the rows one programming pulse after another for the cells that are to be one.
/// Source: Wang et al., IEEE Electron Device Lett. 39, 343 (2018).
///
/// Cycles are those of docs/write-path.md. Which cells a pulse moves is decided in the bank, at its last cycle.
public struct WriteController: ConfigurableModule {
    public var rows = 256
    public var columns = 64
    /// A `CellKind`, other than ideal.
    public var kind = CellKind.stt.rawValue
    /// Cycles of a sense.
    public var period = 3
    /// Weight planes with pulses of their own.
    public var planes = 3
    /// Cycles of a pulse at most.
    public var longestPulse = 15
    public var amplitudes = 4
    public var mostRetries = 3

    public init() {}

    public static var parameters: [Parameter<WriteController>] {
        [
            Parameter("rows", \.rows, 2...65536, "rows of cells"),
            Parameter("columns", \.columns, 1...512, "cells of a row"),
            Parameter("kind", \.kind, 1...CellKind.allCases.count - 1, CellKind.choices),
            Parameter("period", \.period, 3...45, "cycles of a sense"),
            Parameter("planes", \.planes, 1...8, "weight planes with pulses of their own"),
            Parameter("longest-pulse", \.longestPulse, 1...1023, "cycles of a pulse at most"),
            Parameter("amplitudes", \.amplitudes, 1...16, "amplitudes of pulses"),
            Parameter("most-retries", \.mostRetries, 1...15, "times that a row can be pulsed again"),
        ]
    }

    public var cellKind: CellKind { CellKind(rawValue: kind) ?? .stt }

    public func checkRelations() throws(ParameterError) {
        if cellKind == .nandSpin, rows % CellKind.stringRows != 0 {
            throw .inconsistent(
                name: "rows", value: rows, reason: "strings need a multiple of \(CellKind.stringRows)")
        }
    }

    public var moduleName: String {
        "write_controller_\("\(cellKind)".snakeCased)_\(rows)_\(columns)_\(period)_\(planes)_\(longestPulse)"
            + "_\(amplitudes)_\(mostRetries)"
    }

    /// Rows that one write may change.
    var writtenRows: Int { cellKind == .nandSpin ? CellKind.stringRows : 1 }
    /// Bits of a pulse's length.
    var lengthWidth: Int { countWidth(longestPulse) }
    /// Bits of the counter of a pulse's or a sense's cycles.
    var elapsedWidth: Int { countWidth(max(longestPulse, period)) }
    var retryWidth: Int { countWidth(mostRetries) }
    var wrongWidth: Int { countWidth(writtenRows * columns) }

    public struct Ports: SignalBundle {
        public let host: WriteHost
        public let bank: WriteToBank
    }

    public func ports() -> Ports {
        let plane = planes > 1
        let host = WriteHost(
            valid: Input(), address: Input(addressWidth(rows)), data: Input(columns),
            plane: plane ? Input(addressWidth(planes)) : nil, last: writtenRows > 1 ? Input() : nil,
            changedOnly: Input(), verify: Input(), retries: Input(retryWidth), codeWrite: Input(),
            codePlane: plane ? Input(addressWidth(planes)) : nil, codeTowardsOne: Input(),
            codeCycles: Input(lengthWidth), codeAmplitude: amplitudes > 1 ? Input(addressWidth(amplitudes)) : nil,
            clear: Input(), ready: Output(), busy: Output(), done: Output(), failed: Output(), error: Output(),
            errorAddress: Output(addressWidth(rows)), errorBits: Output(wrongWidth), counters: WriteCounters())
        let bank = WriteToBank(
            address: Output(addressWidth(rows)), sense: Output(), senseReady: Input(), row: Input(columns),
            claim: Output(), writeReady: Input(), pulse: Output(), write: Output(), towardsOne: Output(),
            mask: Output(columns), complementMask: cellKind == .complementary ? Output(columns) : nil,
            amplitude: amplitudes > 1 ? Output(addressWidth(amplitudes)) : nil)
        return Ports(host: host, bank: bank)
    }

    public func build(_ m: Builder<Ports>) {
        if cellKind == .nandSpin {
            _ = StringWrite(m, m, self)
        } else {
            _ = RowWrite(m, m, self)
        }
    }
}
