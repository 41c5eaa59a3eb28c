/// How often a pulse fails to write each cell of a die, in each direction.
///
/// Law: a cell's overdrive is the pulse's current, or what its own resistance takes of the voltage, over its own
/// critical current, in the state that is left; the probability comes from the `WriteTables` of the die at the cell's own
/// thermal stability. Against `FokkerPlanck` with each cell's own drive, on the cells of a die with 2 % of spread in the
/// diameter, error rates from 1e-11 on are right within 2 % under a voltage too; a test holds it to 3 %.
public struct WriteFailures: Sendable {
    public let population: CellPopulation
    public let source: WriteSource
    public let pulseSeconds: Double
    private let tables: WriteTables

    /// Failure probabilities for a rectangular pulse. The tables must hold the die's Δ, overdrives and times, and be made
    /// for the source.
    public init(population: CellPopulation, source: WriteSource, pulseSeconds: Double, tables: WriteTables) {
        self.population = population
        self.source = source
        self.pulseSeconds = pulseSeconds
        self.tables = tables
    }

    /// The probability that the pulse leaves the cell as it was, though it was to leave the direction's first state.
    ///
    /// Throws `DeviceError.argument` for a device without the path of the write, and `.outsideTable`.
    public func probability(
        row: Int, column: Int, direction: Junction.Direction
    ) throws(DeviceError) -> Double {
        let cell = population.junction(row: row, column: column)
        return try tables[direction].switching(
            overdrive: try cell.drive(source, direction).overdrive(1, 1),
            time: pulseSeconds * cell.layer.relaxationPerSecond, thermalStability: cell.layer.thermalStability
        ).writeErrorRate
    }
}
