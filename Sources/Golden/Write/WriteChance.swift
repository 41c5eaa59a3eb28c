/// Which junctions the pulses of a bank's writes do not move.
///
/// Law: each junction fails with its own probability in each pulse, by the pulse's plane and direction. The events of a
/// row are keyed by (seed, stream, row of the layer, the row's write number × attempts + attempt), so neither how long a
/// write takes, nor what is read meanwhile, nor a replay changes one. A junction has one pulse an attempt at most, but
/// for those of strips, whose erasures have a stream of their own, as second junctions of pairs have.
///
/// A write number counts the writes of the row, those of the other rows of its strings among them; attempt 0 is the
/// first one. Row k of a layer lies in bank k mod banks at address k / banks.
public struct WriteChance: Sendable {
    /// Streams of the events, beside those of other uses of the seed.
    static let stream: UInt32 = 0x5057_5254
    static let complementStream: UInt32 = 0x5057_434F
    static let eraseStream: UInt32 = 0x5057_4552

    /// The probability of a junction to fail; of an erasure, by the state that it finds, to leave it one.
    public struct Probabilities {
        /// - Parameters: plane, row of the layer, column, whether towards one.
        public var junction: (Int, Int, Int, Bool) throws -> Double
        public var complement: ((Int, Int, Int, Bool) throws -> Double)?
        /// - Parameters: row of the layer, column, whether the junction was one.
        public var erase: ((Int, Int, Bool) throws -> Double)?

        public init(
            junction: @escaping (Int, Int, Int, Bool) throws -> Double,
            complement: ((Int, Int, Int, Bool) throws -> Double)? = nil,
            erase: ((Int, Int, Bool) throws -> Double)? = nil
        ) {
            self.junction = junction
            self.complement = complement
            self.erase = erase
        }
    }

    /// Where and when a pulse happens.
    public struct Event: Hashable, Sendable {
        public var address: Int
        public var plane: Int
        /// How many writes the row had before, and how often this one pulsed before.
        public var write: Int
        public var attempt: Int

        public init(address: Int, plane: Int, write: Int, attempt: Int) {
            self.address = address
            self.plane = plane
            self.write = write
            self.attempt = attempt
        }
    }

    public let bank: Int
    public let banks: Int
    private let attempts: Int
    private let everyColumn: BitRow
    private var junctions: [CellChance]
    private var complements: [CellChance]
    private var erasures: [CellChance]

    /// - Parameters:
    ///   - rows: rows of the bank.
    ///   - attempts: pulses of a write at most, the first one and its repeats.
    ///
    /// Throws `RandomnessError` for a probability outside 0…1, and what the probabilities throw.
    public init(
        seed: UInt64, rows: Int, columns: Int, planes: Int, attempts: Int, bank: Int = 0, banks: Int = 1,
        _ probabilities: Probabilities
    ) throws {
        self.bank = bank
        self.banks = banks
        self.attempts = attempts
        everyColumn = .allOnes(columns: columns)
        func chance(_ stream: UInt32, _ probability: (Int, Int, Bool) throws -> Double) throws -> CellChance {
            try CellChance(
                seed: seed, stream: stream, columns: columns,
                rows: try (0..<rows * banks).map { row in
                    // Other banks' rows are never asked for.
                    guard row % banks == bank else {
                        let none = Array(repeating: 0.0, count: columns)
                        return CellChance.RowProbabilities(whenZero: none, whenOne: none)
                    }
                    return CellChance.RowProbabilities(
                        whenZero: try (0..<columns).map { try probability(row, $0, false) },
                        whenOne: try (0..<columns).map { try probability(row, $0, true) })
                })
        }
        func byPlane(
            _ stream: UInt32, _ probability: (Int, Int, Int, Bool) throws -> Double
        ) throws -> [CellChance] {
            try (0..<planes).map { plane in try chance(stream) { try probability(plane, $0, $1, $2) } }
        }
        junctions = try byPlane(Self.stream, probabilities.junction)
        complements = try probabilities.complement.map { try byPlane(Self.complementStream, $0) } ?? []
        erasures = try probabilities.erase.map { [try chance(Self.eraseStream, $0)] } ?? []
    }

    /// Every junction alike.
    ///
    /// Throws `RandomnessError` for a rate outside 0…1.
    public init(
        seed: UInt64, rate: Double, rows: Int, columns: Int, planes: Int, attempts: Int, kind: CellKind
    ) throws {
        try self.init(
            seed: seed, rows: rows, columns: columns, planes: planes, attempts: attempts,
            Probabilities(
                junction: { _, _, _, _ in rate },
                complement: kind == .complementary ? { _, _, _, _ in rate } : nil,
                erase: kind == .nandSpin ? { _, _, _ in rate } : nil))
    }

    /// The junctions of a row that a pulse in one direction does not move, were it to move all.
    public mutating func failures(_ event: Event, towardsOne: Bool) -> WriteFailureMasks {
        var masks = WriteFailureMasks()
        guard junctions.indices.contains(event.plane), isStored(event) else { return masks }
        let row = event.address * banks + bank
        let operation = event.write * attempts + event.attempt
        masks.first = junctions[event.plane].errors(
            operation: operation, row: row, states: towardsOne ? everyColumn : .none)
        if !complements.isEmpty {
            masks.second = complements[event.plane].errors(
                operation: operation, row: row, states: towardsOne ? .none : everyColumn)
        }
        return masks
    }

    /// The junctions of strings that an erasure leaves one; `held` are the states that it finds, the first row's first.
    public mutating func failures(ofErasure event: Event, held: [BitRow]) -> WriteFailureMasks {
        var masks = WriteFailureMasks()
        guard !erasures.isEmpty, isStored(event) else { return masks }
        let first = event.address - event.address % CellKind.stringRows
        let operation = event.write * attempts + event.attempt
        for (index, states) in held.enumerated() {
            masks.erasing[index] = erasures[0].errors(
                operation: operation, row: (first + index) * banks + bank, states: states)
        }
        return masks
    }

    /// Whether the array has the row.
    private func isStored(_ event: Event) -> Bool { event.address * banks + bank < junctions[0].rows }
}
