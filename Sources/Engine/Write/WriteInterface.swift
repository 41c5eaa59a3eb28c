public import HDL

/// What a host asks of a `WriteController`, and what it is told.
///
/// Law: a request is accepted in each cycle in which `valid` and `ready` are one; with `valid` the settings beside it
/// hold for all of the write. `done` is one for a cycle at the end of each write.
public struct WriteHost: SignalBundle {
    /// A row to be written.
    public let valid: Input
    public let address, data: Input
    /// The weight plane whose pulses the row gets.
    public let plane: Input?
    /// No row of the same strings follows at once; absent where rows are written by themselves.
    public let last: Input?
    /// Whether only bits are pulsed that the row does not hold, whether it is sensed behind the pulses, and how often what
    /// is still wrong is pulsed again.
    public let changedOnly, verify: Input
    public let retries: Input
    /// Sets the pulse of a plane in a direction: its length (none is as long as one) and its amplitude's code.
    public let codeWrite: Input
    public let codePlane: Input?
    public let codeTowardsOne, codeCycles: Input
    public let codeAmplitude: Input?
    /// Sets the counters and the error to zero.
    public let clear: Input

    public let ready, busy, done: Output
    /// The write that is done left wrong bits.
    public let failed: Output
    /// A write has left wrong bits since the last `clear`; the first one's row and how many bits.
    public let error, errorAddress, errorBits: Output
    public let counters: WriteCounters
}

/// Events of writes, 32 bits each; cells count, not rows.
public struct WriteCounters: SignalBundle {
    /// Pulses of a junction towards one and towards zero; of a strip, and towards one of a junction of a strip.
    public let setPulses, resetPulses, erasePulses, programPulses: Output
    /// Senses for the old bits, and behind pulses.
    public let readBacks, verifySenses: Output
    /// Times that wrong bits were pulsed again, and bits that stayed wrong.
    public let retries, failedBits: Output
    /// Bits that differ from the old ones that were sensed.
    public let changedBits: Output
    /// Writes that ended.
    public let writes: Output

    public static let width = 32

    public init() {
        func counter() -> Output { Output(Self.width) }
        setPulses = counter()
        resetPulses = counter()
        erasePulses = counter()
        programPulses = counter()
        readBacks = counter()
        verifySenses = counter()
        retries = counter()
        failedBits = counter()
        changedBits = counter()
        writes = counter()
    }
}

/// From a `WriteController` to a bank: senses and pulses of the row at `address`.
public struct WriteToBank: SignalBundle {
    public let address: Output
    /// Asks for a sense, which starts in a cycle with `senseReady`.
    public let sense: Output
    public let senseReady: Input
    /// The row sensed last.
    public let row: Input
    /// The row, or its strings, are to be pulsed or are; a pulse begins in the cycle after one with `writeReady`.
    public let claim: Output
    public let writeReady: Input
    /// A pulse in progress, its last cycle, its direction, the junctions that have it, its amplitude.
    public let pulse, write, towardsOne: Output
    public let mask: Output
    public let complementMask: Output?
    public let amplitude: Output?
}
