public import Sensing
public import Spintronics

/// One die of an array: its cells, the amplifiers that read them and the pulse that writes them.
///
/// Law: what a cell or an amplifier is like follows from the die's seed and its place alone, so a weak one stays weak;
/// what happens in one operation is chance, by `CellChance`. Cells are keyed by the row of the layer that they hold and by
/// their column (a complementary pair by two columns), so that skipping rows changes none of them; an amplifier serves
/// all rows of a bank's column.
public struct ArrayDie: Sendable {
    /// How a bit is told.
    public enum Arrangement: String, CaseIterable, Sendable {
        /// Two junctions a bit, compared with each other.
        case complementary
        /// One junction a bit, compared with the geometric mean of the nominal states.
        case midReference = "mid-reference"
    }

    public let cells: CellPopulation
    public let amplifiers: AmplifierDie
    public let amplifier: PrechargeSenseAmplifier
    public var arrangement: Arrangement
    public var mode: SensingMode
    /// Standard deviation of a latch transistor's threshold.
    public var sigmaThresholdVolts: Double
    /// Time from the edge of the sense signal to the latch; nil for as long as it takes.
    public var limitSeconds: Double?
    /// Banks over which the rows go round robin.
    public var banks: Int
    /// The pulse that writes, and the tables in which its failures are looked up; nil for writes that never fail.
    public var write: Write?

    public struct Write: Sendable {
        public var pulseSeconds: Double
        public var tables: WriteTables

        public init(pulseSeconds: Double, tables: WriteTables) {
            self.pulseSeconds = pulseSeconds
            self.tables = tables
        }
    }

    public init(
        cells: CellPopulation, amplifier: PrechargeSenseAmplifier, arrangement: Arrangement, mode: SensingMode,
        sigmaThresholdVolts: Double, limitSeconds: Double? = nil, banks: Int = 1, write: Write? = nil,
        wear: Wear? = nil
    ) {
        self.cells = cells
        amplifiers = AmplifierDie(seed: cells.dieSeed)
        self.amplifier = amplifier
        self.arrangement = arrangement
        self.mode = mode
        self.sigmaThresholdVolts = sigmaThresholdVolts
        self.limitSeconds = limitSeconds
        self.banks = banks
        self.write = write
        self.wear = wear
    }

    /// What reads and time do to what is stored; nil for cells that keep their bits.
    public var wear: Wear?

    /// What makes a cell lose its bit.
    public struct Wear: Sendable {
        /// Time between writing and the first read, at the device's temperature.
        public var storageSeconds: Double
        /// The state that the read current leaves when it disturbs a cell; the other state it holds in place.
        public var readDirection: Junction.Direction
        /// Where the disturb of a cell is looked up.
        public var table: SwitchingTable

        public init(storageSeconds: Double, readDirection: Junction.Direction, table: SwitchingTable) {
            self.storageSeconds = storageSeconds
            self.readDirection = readDirection
            self.table = table
        }
    }

    /// Streams of the events, beside those of other uses of the seed.
    static let readStream: UInt32 = 0x5245_4144
    static let writeStream: UInt32 = 0x5752_4954
    static let disturbStream: UInt32 = 0x4449_5354
    static let storageStream: UInt32 = 0x5354_4F52

    /// The two branches of a sense of the cell that stores a bit.
    ///
    /// Throws `DeviceError.argument` for a device without resistances.
    public func branches(row: Int, column: Int, storing bit: Bool) throws(DeviceError) -> SenseBranches {
        let isNominal = mode == .dynamic
        switch arrangement {
        case .complementary:
            return SenseBranches(
                left: try branch(row, 2 * column, bit, isNominal),
                right: try branch(row, 2 * column + 1, !bit, isNominal))
        case .midReference:
            let (low, high) = (try branch(0, 0, true, true).ohms, try branch(0, 0, false, true).ohms)
            return SenseBranches(
                left: try branch(row, column, bit, isNominal), right: SenseBranch(ohms: (low * high).squareRoot()))
        }
    }

    /// A stored one is the parallel, lower resistance, at the voltage that a read leaves over the junction.
    private func branch(
        _ row: Int, _ column: Int, _ bit: Bool, _ isNominal: Bool
    ) throws(DeviceError) -> SenseBranch {
        let cell = isNominal ? cells.nominal : cells.junction(row: row, column: column)
        guard let resistance = cell.resistance else {
            throw .argument(name: "sensing: resistance_area_ohm_m2", found: 0, allowed: "above 0")
        }
        let read = amplifier.technology.read
        let parallel = resistance.parallelOhms
        let volts = read.driveVolts * parallel / (parallel + read.driveOhms)
        return SenseBranch(ohms: resistance.ohms(cosine: bit ? 1 : -1, volts: volts))
    }

    /// The chance of each cell of an array to read wrong.
    ///
    /// Throws `DeviceError`, `SensingError` for a cell outside the amplifier's domain, and `RandomnessError`.
    public func reads(rows: Int, columns: Int, seed: UInt64) throws -> CellChance {
        let probabilities = try (0..<rows).map { row in
            CellChance.RowProbabilities(
                whenZero: try (0..<columns).map { try upset(row, $0, columns, storing: false) },
                whenOne: try (0..<columns).map { try upset(row, $0, columns, storing: true) })
        }
        return try CellChance(seed: seed, stream: Self.readStream, columns: columns, rows: probabilities)
    }

    private func upset(_ row: Int, _ column: Int, _ columns: Int, storing bit: Bool) throws -> Double {
        try amplifier.upsetProbability(
            try branches(row: row, column: column, storing: bit), die: amplifiers,
            amplifier: UInt32(row % banks * columns + column),
            sigmaThresholdVolts: mode == .dynamic ? 0 : sigmaThresholdVolts, noise: mode != .fixed,
            limitSeconds: limitSeconds)
    }

    /// The chance of each cell to keep its bit when it is written; nil when writes never fail.
    ///
    /// A one is written from the antiparallel state. Of a complementary pair the more likely failure counts: the pair
    /// reads wrong, or by chance, where either junction stays. Throws as `WriteFailures.probability`.
    public func writes(rows: Int, columns: Int, seed: UInt64) throws -> CellChance? {
        guard let write else { return nil }
        let failures = WriteFailures(
            population: cells, pulseSeconds: write.pulseSeconds, tables: write.tables)
        func failure(_ row: Int, _ column: Int, storing bit: Bool) throws -> Double {
            func junction(_ column: Int, _ bit: Bool) throws -> Double {
                try failures.probability(
                    row: row, column: column, direction: bit ? .antiparallelToParallel : .parallelToAntiparallel)
            }
            switch arrangement {
            case .complementary: return max(try junction(2 * column, bit), try junction(2 * column + 1, !bit))
            case .midReference: return try junction(column, bit)
            }
        }
        let probabilities = try (0..<rows).map { row in
            CellChance.RowProbabilities(
                whenZero: try (0..<columns).map { try failure(row, $0, storing: false) },
                whenOne: try (0..<columns).map { try failure(row, $0, storing: true) })
        }
        return try CellChance(seed: seed, stream: Self.writeStream, columns: columns, rows: probabilities)
    }
}
