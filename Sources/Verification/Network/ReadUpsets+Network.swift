public import Golden
import Randomness

extension ReadUpsets {
    /// Sensed bits of a network's rows that read wrong, all at one rate: the events that a run on RTL has with this seed.
    ///
    /// Throws `RandomnessError` for a rate outside 0…1.
    public static func sensing(_ mapping: NetworkMapping, seed: UInt64, rate: Double) throws -> ReadUpsets {
        rate == 0
            ? .none
            : .uniform(
                try UpsetSource(
                    seed: seed, stream: UpsetStreams.sensing, rows: mapping.numberedRows,
                    columns: mapping.parameters.columns, probability: rate))
    }
}
