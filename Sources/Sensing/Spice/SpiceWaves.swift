import Foundation

/// Voltages of one sense over time.
public struct SpiceWaves: Hashable, Sendable {
    public var timesSeconds: [Double]
    /// Outputs of the left and right branch, and the sense signal.
    public var leftVolts: [Double]
    public var rightVolts: [Double]
    public var senseVolts: [Double]
}

extension SpiceDeck {
    /// Simulates the sense as the netlist has it and gives back its waves, as ngspice stepped them.
    ///
    /// Throws `SensingError.noModels`, `.program` and `.noMeasurement`.
    public func waves(
        runner: SpiceRunner = SpiceRunner(), stepSeconds: Double = 1e-12, stopSeconds: Double = 0.3e-9
    ) throws(SensingError) -> SpiceWaves {
        try models.check()
        let control = [
            ".save v(q) v(qb) v(sen)", ".control", "set num_threads=1", "set nobreak", "set width=256",
            "tran \(TransistorModels.number(stepSeconds)) \(TransistorModels.number(stopSeconds)) uic",
            "print v(q) v(qb) v(sen)", "quit", ".endc", ".end",
        ]
        let said = try runner.run((lines + control).joined(separator: "\n") + "\n")
        // A line of the table is an index, the time and the three voltages.
        let rows = said.split(whereSeparator: \.isNewline).compactMap { line -> [Double]? in
            let fields = line.split(whereSeparator: \.isWhitespace).map { Double($0) }
            return fields.count == 5 && Int(line.split(whereSeparator: \.isWhitespace)[0]) != nil
                ? fields.compactMap(\.self) : nil
        }.filter { $0.count == 5 }
        guard rows.count > 1 else { throw .noMeasurement("waves") }
        return SpiceWaves(
            timesSeconds: rows.map { $0[1] }, leftVolts: rows.map { $0[2] }, rightVolts: rows.map { $0[3] },
            senseVolts: rows.map { $0[4] })
    }
}
