/// How often a pulse fails to write each cell of a die, in each direction.
///
/// Law: a cell's overdrive is the pulse's current, or what its own resistance takes of the voltage, over its own
/// critical current; the probability comes from the `SwitchingTable` at its own thermal stability. With a voltage the
/// current is held at that of the state that is left, though it follows the resistance as the junction turns. Against
/// `FokkerPlanck` with `Junction.drive` that makes a few per cent of a failure rate near one, and in the tail, at an
/// overdrive of 1.5 to 3 and a TMR of 1.26, it finds 15 to 35 % too few failures from parallel to antiparallel and 15 to
/// 55 % too many back.
public struct WriteFailures: Sendable {
    public let population: CellPopulation
    public let source: WriteSource
    public let pulseSeconds: Double
    private let table: SwitchingTable

    /// Failure probabilities for a rectangular pulse. The table must hold the die's Δ, overdrives and times.
    public init(population: CellPopulation, source: WriteSource, pulseSeconds: Double, table: SwitchingTable) {
        self.population = population
        self.source = source
        self.pulseSeconds = pulseSeconds
        self.table = table
    }

    /// The probability that the pulse leaves the cell as it was, though it was to leave the direction's first state.
    ///
    /// Throws `DeviceError.argument` for a device without the path of the write, and `.outsideTable`.
    public func probability(
        row: Int, column: Int, direction: Junction.Direction
    ) throws(DeviceError) -> Double {
        let cell = population.junction(row: row, column: column)
        return try table.switching(
            overdrive: try Self.overdrive(of: cell, source, direction),
            time: pulseSeconds * cell.layer.relaxationPerSecond, thermalStability: cell.layer.thermalStability
        ).writeErrorRate
    }

    /// Current of the state that is left over the critical current of leaving it.
    static func overdrive(
        of cell: Junction, _ source: WriteSource, _ direction: Junction.Direction
    ) throws(DeviceError) -> Double {
        try cell.drive(source, direction).overdrive(1, 1)
    }
}
