/// What a synthesis aims at, and what it takes to be around the design.
public struct SynthesisOptions: Sendable, Equatable {
    /// Clock period to aim at, in seconds, 1 ps to 1 ms; nil for as fast as the mapping makes it.
    public var clockPeriodSeconds: Double?
    /// The cell that drives every input but the clocks; nil for the library's inverter of middle size.
    public var drivingCell: String?
    /// Load of every output, in farads, 0 to 1 nF.
    public var outputLoadFarads: Double

    public init(
        clockPeriodSeconds: Double? = nil, drivingCell: String? = nil, outputLoadFarads: Double = 50e-15
    ) {
        self.clockPeriodSeconds = clockPeriodSeconds
        self.drivingCell = drivingCell
        self.outputLoadFarads = outputLoadFarads
    }

    /// The ends of the ranges have room for what multiplying by a unit does to them.
    func validate() throws(SynthesisError) {
        if let clockPeriodSeconds, !(0.5e-12..<1.0001e-3).contains(clockPeriodSeconds) {
            throw .badOption("clock period in seconds", found: clockPeriodSeconds, allowed: "1e-12 to 0.001")
        }
        if !(0...1.0001e-9).contains(outputLoadFarads) {
            throw .badOption("output load in farads", found: outputLoadFarads, allowed: "0 to 1e-09")
        }
    }

    /// The driving cell's name.
    /// - Throws: `SynthesisError.badDrivingCell` when the library does not have it, or no inverter to take instead.
    func drivingCell(in library: CellLibrary) throws(SynthesisError) -> String {
        guard let name = drivingCell ?? library.middleInverter else {
            throw .badDrivingCell("", path: library.path, allowed: "a cell by name, for want of an inverter,")
        }
        guard let cell = library.cells[name], cell.inputs.count == 1, cell.outputs.count == 1, !cell.isFlipFlop else {
            throw .badDrivingCell(name, path: library.path, allowed: "a buffer or inverter")
        }
        return name
    }
}
