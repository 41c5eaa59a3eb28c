/// How often a pulse fails to write each cell of a die, in each direction.
///
/// Law: a cell's overdrive is the pulse's current, or what its own resistance takes of the voltage, over its own
/// critical current, in the initial state; the probability comes from the `WriteTables` of the die at the cell's own
/// thermal stability. Against `FokkerPlanck` with each cell's own drive, on the cells of a die with 2 % of spread in the
/// diameter, error rates from 1e-11 on are right within 2 % under a voltage too; a test holds it to 3 %.
public struct WriteFailures: Sendable {
    public let population: CellPopulation
    public let pulseSeconds: Double
    private let tables: WriteTables

    /// Failure probabilities for a rectangular pulse from the tables' source; they must hold the die's Δ, overdrives and
    /// times.
    public init(population: CellPopulation, pulseSeconds: Double, tables: WriteTables) {
        self.population = population
        self.pulseSeconds = pulseSeconds
        self.tables = tables
    }

    /// The probability that the pulse leaves the cell as it was, though it was to leave the direction's initial state.
    ///
    /// Throws `DeviceError.argument` for a device without the path of the write, and `.outsideTable`.
    public func probability(
        row: Int, column: Int, direction: Junction.Direction
    ) throws(DeviceError) -> Double {
        let cell = population.junction(row: row, column: column)
        return try tables[direction].switching(
            overdrive: try cell.drive(tables.source, direction).overdrive(1, 1),
            time: pulseSeconds * cell.layer.relaxationPerSecond, thermalStability: cell.layer.thermalStability
        ).writeErrorRate
    }
}
