public import HDL

/// Saves the state of an engine in magnetic shadow cells, and gives it back after a power failure.
///
/// Law: a checkpoint is written to the bank that does not hold, word by word; each word's write lasts `write` cycles, is read
/// back in the next one and repeated, at most `retries` times, while a cell is wrong; only when the whole bank is right is the commit
/// flag turned over, one bit of it, which is read back likewise. So at every instant one bank holds a whole checkpoint, or none
/// was ever made; a state that was torn by a failure, or given up, is never resumed. After a reset the bank that holds is given back: `resume`.
///
/// Work is saved at the boundaries of layers, which wait for it, since a layer may store over what the one before has read; and
/// within a layer every `interval` cycles and when a warning comes: then `hold` lets the engine come to rest, which it
/// says with `quiet`. While the warning lasts nothing is begun. A boundary that ends the network makes the flag say that nothing holds.
public struct CheckpointController: ConfigurableModule {
    /// Bits of the engine's state.
    public var state = 256
    /// Bits of a shadow word.
    public var word = 64
    /// Cycles of the write of a word.
    public var write = 2
    /// Repeated writes of a word.
    public var retries = 7

    public init() {}

    public static var parameters: [Parameter<CheckpointController>] {
        [
            Parameter("state", \.state, 1...16384, "bits of the engine's state"),
            Parameter("word", \.word, 2...64, "bits of a shadow word"),
            Parameter("write", \.write, 1...8, "cycles of the write of a shadow word"),
            Parameter("retries", \.retries, 0...15, "repeated writes of a shadow word"),
        ]
    }

    /// Shadow words of a checkpoint.
    public var words: Int { (state + word - 1) / word }

    public struct Ports: SignalBundle {
        /// Whether checkpoints are made at all; cycles from one to the next within a layer, 0 for none. As `warning` they count
        /// from the next cycle on.
        public let enable, interval: Input
        /// The supply is about to fail.
        public let warning: Input
        /// The supply fails in this cycle: a write under way ends here.
        public let cut: Input
        /// Cells whose write fails; taken at the end of a write.
        public let fail: Input
        /// What is to be saved; it holds still while the engine is at rest.
        public let state: Input
        /// A layer runs, and its engine is at rest.
        public let running, quiet: Input
        /// A layer waits to begin, or the network to end.
        public let boundary, ending: Input
        /// The engine begins nothing; what waits at a boundary goes on.
        public let hold, committed: Output
        /// One cycle after a reset, if a checkpoint holds: the engine takes `saved`.
        public let resume: Output
        public let saved: Output
        /// Checkpoints, shadow writes, and checkpoints given up, since the reset.
        public let commits, writes, aborts: Output
    }

    public func ports() -> Ports {
        Ports(
            enable: Input(), interval: Input(32), warning: Input(), cut: Input(), fail: Input(word),
            state: Input(state), running: Input(), quiet: Input(), boundary: Input(), ending: Input(), hold: Output(),
            committed: Output(), resume: Output(), saved: Output(state), commits: Output(32), writes: Output(32),
            aborts: Output(32))
    }

    public func build(_ m: Builder<Ports>) { _ = CheckpointLogic(m, m, self) }
}
