public import Spintronics

extension ArrayDie {
    /// What the pulses of a weight plane are, of each direction its length and the tables of its amplitude.
    public struct PlanePulses: Sendable {
        public var towardsZero: Write
        public var towardsOne: Write

        public init(towardsZero: Write, towardsOne: Write) {
            self.towardsZero = towardsZero
            self.towardsOne = towardsOne
        }
    }

    /// How often an erasure of strings leaves a junction parallel, by the state that it finds.
    public struct EraseFailure: Sendable {
        public var fromParallel: Double
        public var fromAntiparallel: Double

        /// As the stochastic equation finds them, for example by `NandSpinString.estimate`.
        public init(fromParallel: SwitchingEstimate, fromAntiparallel: SwitchingEstimate) {
            self.fromParallel = fromParallel.writeErrorRate
            self.fromAntiparallel = fromAntiparallel.writeErrorRate
        }
    }

    /// The chance of each junction of a bank to stay as it is under a pulse through it, by plane and direction.
    ///
    /// A one is parallel, so towards one is from antiparallel to parallel; of a pair the second junction is the odd column.
    /// Throws as `WriteFailures.probability`, and `RandomnessError`.
    public func pulses(
        _ planes: [PlanePulses], erase: EraseFailure? = nil, rows: Int, columns: Int, attempts: Int, bank: Int = 0,
        seed: UInt64
    ) throws -> WriteChance {
        let failures = planes.map { plane in
            [plane.towardsZero, plane.towardsOne].map {
                WriteFailures(population: cells, pulseSeconds: $0.pulseSeconds, tables: $0.tables)
            }
        }
        let isPair = arrangement == .complementary
        func junction(_ plane: Int, _ row: Int, _ place: Int, _ towardsOne: Bool) throws -> Double {
            try failures[plane][towardsOne ? 1 : 0].probability(
                row: row, column: place,
                direction: towardsOne ? .antiparallelToParallel : .parallelToAntiparallel)
        }
        return try WriteChance(
            seed: seed, rows: rows, columns: columns, planes: planes.count, attempts: attempts, bank: bank,
            banks: banks,
            WriteChance.Probabilities(
                junction: { try junction($0, $1, isPair ? 2 * $2 : $2, $3) },
                complement: isPair ? { try junction($0, $1, 2 * $2 + 1, $3) } : nil,
                erase: erase.map { erase in { _, _, wasOne in wasOne ? erase.fromParallel : erase.fromAntiparallel } }))
    }

    /// The chance of each junction of a bank to stay as it is under a pulse in the line under it, by plane and direction.
    ///
    /// The stochastic equation gives it for the nominal junction, so all are alike. Throws `RandomnessError`.
    public func linePulses(
        _ planes: [(towardsZero: SwitchingEstimate, towardsOne: SwitchingEstimate)], rows: Int, columns: Int,
        attempts: Int, bank: Int = 0, seed: UInt64
    ) throws -> WriteChance {
        try WriteChance(
            seed: seed, rows: rows, columns: columns, planes: planes.count, attempts: attempts, bank: bank,
            banks: banks,
            WriteChance.Probabilities(
                junction: { ($3 ? planes[$0].towardsOne : planes[$0].towardsZero).writeErrorRate }))
    }
}
