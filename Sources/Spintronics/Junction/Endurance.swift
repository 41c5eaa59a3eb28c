/// How long an array lives on its write endurance.
public enum Endurance {
    /// Time until the cell that is written most has used up so many cycles, in seconds; infinite where nothing is
    /// written.
    ///
    /// An identity: cycles over the writes a second of that cell.
    public static func lifetimeSeconds(cycles: Double, writes: Int, inSeconds duration: Double) -> Double {
        writes == 0 ? .infinity : cycles * duration / Double(writes)
    }
}
