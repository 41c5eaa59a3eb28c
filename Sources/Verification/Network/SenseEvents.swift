import Golden

/// Sensed bits of a network's rows that read wrong, as they are driven on the engine's `upset` ports.
struct SenseEvents {
    private var mapping: NetworkMapping
    private var events: ReadUpsets
    private let seed: UInt64
    private let rate: Double
    /// Bits that read wrong so far.
    private(set) var count = 0

    /// Throws `RandomnessError` for a rate outside 0…1.
    init(_ mapping: NetworkMapping, seed: UInt64, rate: Double) throws {
        self.mapping = mapping
        self.seed = seed
        self.rate = rate
        events = try ReadUpsets.sensing(mapping, seed: seed, rate: rate)
    }

    /// Goes on with another network.
    mutating func begin(_ mapping: NetworkMapping) {
        self.mapping = mapping
        // A rate that was taken once is taken again.
        if let events = try? ReadUpsets.sensing(mapping, seed: seed, rate: rate) { self.events = events }
    }

    /// The events of the sense that latches in this cycle; noise, which must be ignored, when none does.
    mutating func upset(bank: Int, _ twin: Golden.NetworkEngine, _ noise: () -> BitRow) -> BitRow {
        guard let sense = twin.latchingSense(bank: bank) else {
            return twin.isLatching(bank: bank) ? .none : noise()
        }
        let numbered = mapping.senseNumbers[sense.layer].sense(sense)
        let mask = events.upsets(
            image: numbered.image, row: numbered.row, stored: twin.latchingCells(bank: bank))
        count += mask.onesCount
        return mask
    }
}
