/// Golden twin of Engine's `CheckpointController`, its shadow registers included: saves a state in two banks of magnetic cells.
public struct CheckpointController: Behaviour {
    public struct Parameters: Sendable {
        public var state = 256
        public var word = 64
        public var write = 2
        public var retries = 7

        public init() {}

        /// Shadow words of a checkpoint.
        public var words: Int { (state + word - 1) / word }
    }

    public struct Inputs: PortRecord {
        public var enable = false
        public var interval = 0
        public var warning = false
        public var cut = false
        /// Shadow cells that keep their bits.
        public var fail: UInt64 = 0
        /// The state, 64 bits a word.
        public var state: [UInt64]
        public var running = false
        public var quiet = false
        public var boundary = false
        public var ending = false

        public init(_ parameters: Parameters) { state = Array(repeating: 0, count: (parameters.state + 63) / 64) }

        public func write(to record: inout RecordWriter) {
            record.put(enable)
            record.put(interval)
            record.put(warning)
            record.put(cut)
            record.put(fail)
            for word in state { record.put(word) }
            record.put(running)
            record.put(quiet)
            record.put(boundary)
            record.put(ending)
        }
    }

    private enum State { case wake, rest, write, verify, writeFlag, verifyFlag, done }

    public let parameters: Parameters
    /// Words of both banks. Magnetic, as the flag is: they outlive resets and power.
    private var cells: [[UInt64]]
    /// Whether a bank holds a checkpoint, and which one.
    private var flag = (holds: false, bank: 0)
    private var wanted = (holds: false, bank: 0)
    private var state = State.wake
    private var number = 0
    private var cycle = 0
    private var tries = 0
    private var isParked = false
    private var elapsed = 0
    private var isEnabled = false
    private var isWarned = false
    private var interval = 0
    /// Checkpoints, shadow writes, and checkpoints given up, since the reset.
    public private(set) var commits: UInt32 = 0
    public private(set) var writes: UInt32 = 0
    public private(set) var aborts: UInt32 = 0

    public init(_ parameters: Parameters) {
        self.parameters = parameters
        cells = Array(repeating: Array(repeating: 0, count: parameters.words), count: 2)
    }

    /// What waits at a boundary goes on.
    public var isCommitted: Bool { !isEnabled || state == .done }
    public var isResuming: Bool { state == .wake && flag.holds }
    /// Whether a bank holds a checkpoint.
    public var holdsCheckpoint: Bool { flag.holds }
    private var isDue: Bool { interval != 0 && elapsed >= interval }
    private var isWorking: Bool { state != .wake && state != .rest }
    /// Whether the coming edge writes the state or compares with it.
    var looksAtState: Bool { state == .write || state == .verify }
    /// Whether a write of shadow cells is under way.
    public var isWriting: Bool { state == .write || state == .writeFlag }

    public func holds(running: Bool) -> Bool { isWorking || (isEnabled && (isWarned || (running && isDue))) }

    /// The checkpoint that holds.
    var saved: StateBits {
        var bits = StateBits()
        for word in cells[flag.bank] {
            let width = min(parameters.word, parameters.state - bits.count)
            bits.put(Int(bitPattern: UInt(word & (UInt64.max >> UInt64(64 - width)))), width)
        }
        return bits
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(holds(running: inputs.running))
        record.put(isCommitted)
        record.put(isResuming)
        for word in saved.words { record.put(word) }
        record.put(Int(commits))
        record.put(Int(writes))
        record.put(Int(aborts))
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        if reset {
            self.reset()
        } else {
            let state = StateBits(words: inputs.state)
            clock(
                Control(inputs), running: inputs.running, quiet: inputs.quiet, boundary: inputs.boundary,
                ending: inputs.ending
            ) { state }
        }
    }

    /// The inputs that come from outside the engine.
    public struct Control: Sendable {
        public var enable = false
        public var interval = 0
        public var warning = false
        public var cut = false
        public var fail: UInt64 = 0

        public init() {}

        init(_ inputs: Inputs) {
            (enable, interval, warning) = (inputs.enable, inputs.interval, inputs.warning)
            (cut, fail) = (inputs.cut, inputs.fail)
        }
    }

    /// Registers lose what they hold; the cells and the flag keep it.
    mutating func reset() {
        let (cells, flag) = (cells, flag)
        self = Self(parameters)
        self.cells = cells
        self.flag = flag
    }

    /// The edge; the state is asked for when it is written or compared.
    mutating func clock(
        _ control: Control, running: Bool, quiet: Bool, boundary: Bool, ending: Bool, state saved: () -> StateBits
    ) {
        let wasWarned = isWarned
        let isWanted = isEnabled && running && quiet && (isDue || (isWarned && !isParked))
        let isBoundary = isEnabled && boundary
        let isStored = cycle == parameters.write - 1 || control.cut
        if !isWarned { isParked = false }
        switch state {
        case .wake: state = .rest
        case .rest:
            (tries, number, cycle) = (0, 0, 0)
            wanted = (true, flag.holds ? 1 - flag.bank : flag.bank)
            if isEnabled && running { elapsed += 1 }
            if isBoundary && ending {
                wanted = (false, flag.bank)
                state = flag.holds ? .writeFlag : .done
            } else if isBoundary || isWanted {
                state = .write
            }
        case .write:
            if isStored { store(word(of: saved()), failing: control.fail) }
            written(then: .verify)
        case .verify:
            guard cells[target][number] == word(of: saved()) else {
                repeated(.write)
                break
            }
            tries = 0
            state = number == parameters.words - 1 ? .writeFlag : .write
            number += 1
        case .writeFlag:
            if isStored { storeFlag(failing: control.fail) }
            written(then: .verifyFlag)
        case .verifyFlag:
            if flag == wanted { state = .done } else { repeated(.writeFlag) }
        case .done:
            if wanted.holds { commits &+= 1 }
            elapsed = 0
            isParked = wasWarned
            state = .rest
        }
        (isEnabled, isWarned, interval) = (control.enable, control.warning, control.interval)
    }

    /// The bank that does not hold.
    private var target: Int { flag.holds ? 1 - flag.bank : flag.bank }

    private func word(of state: StateBits) -> UInt64 {
        let low = number * parameters.word
        return state.bits(from: low, min(parameters.word, parameters.state - low))
    }

    private mutating func store(_ word: UInt64, failing: UInt64) {
        let kept = failing & (UInt64.max >> UInt64(64 - parameters.word))
        cells[target][number] = (word & ~kept) | (cells[target][number] & kept)
    }

    private mutating func storeFlag(failing: UInt64) {
        if failing & 1 == 0 { flag.holds = wanted.holds }
        if failing & 2 == 0 { flag.bank = wanted.bank }
    }

    private mutating func written(then next: State) {
        cycle += 1
        guard cycle == parameters.write else { return }
        cycle = 0
        writes &+= 1
        state = next
    }

    /// Repeats a write that left a cell wrong, or gives the checkpoint up.
    private mutating func repeated(_ again: State) {
        if tries == parameters.retries {
            aborts &+= 1
            elapsed = 0
            state = .rest
        } else {
            tries += 1
            state = again
        }
    }
}
