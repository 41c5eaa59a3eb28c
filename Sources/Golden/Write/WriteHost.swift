/// What a host asks of a `WriteController`, as Engine's bundle of the same name.
public struct WriteHost: Sendable {
    public var valid = false
    public var address = 0
    public var data = BitRow.none
    public var plane = 0
    public var last = true
    public var changedOnly = true
    public var verify = true
    public var retries = 0
    public var codeWrite = false
    public var codePlane = 0
    public var codeTowardsOne = false
    public var code = PulseCode()
    public var clear = false

    public init() {}

    func write(to record: inout RecordWriter, _ parameters: WriteController.Parameters) {
        record.put(valid)
        record.put(address)
        record.put(data, columns: parameters.columns)
        writeSettings(to: &record, parameters)
        record.put(clear)
    }

    /// What stands beside a request.
    func writeSettings(to record: inout RecordWriter, _ parameters: WriteController.Parameters) {
        if parameters.planes > 1 { record.put(plane) }
        if parameters.kind == .nandSpin { record.put(last) }
        record.put(changedOnly)
        record.put(verify)
        record.put(retries)
        record.put(codeWrite)
        if parameters.planes > 1 { record.put(codePlane) }
        record.put(codeTowardsOne)
        record.put(code.cycles)
        if parameters.amplitudes > 1 { record.put(code.amplitude) }
    }
}

/// A pulse's length and the code of its amplitude.
public struct PulseCode: Hashable, Sendable {
    /// Cycles; 0 is as long as 1.
    public var cycles = 0
    public var amplitude = 0

    public init(cycles: Int = 0, amplitude: Int = 0) {
        self.cycles = cycles
        self.amplitude = amplitude
    }
}

/// The pulses of each weight plane.
struct PulseCodes {
    private var towardsZero: [PulseCode]
    private var towardsOne: [PulseCode]

    init(planes: Int) {
        towardsZero = Array(repeating: PulseCode(), count: planes)
        towardsOne = towardsZero
    }

    /// A plane beyond the last has the shortest pulse.
    subscript(plane: Int, isTowardsOne: Bool) -> PulseCode {
        guard plane < towardsOne.count else { return PulseCode() }
        return isTowardsOne ? towardsOne[plane] : towardsZero[plane]
    }

    mutating func take(_ host: WriteHost) {
        guard host.codeWrite, host.codePlane < towardsOne.count else { return }
        if host.codeTowardsOne {
            towardsOne[host.codePlane] = host.code
        } else {
            towardsZero[host.codePlane] = host.code
        }
    }
}

/// Events of writes, as Engine's bundle of the same name counts them.
public struct WriteCounters: Hashable, Sendable {
    public var setPulses: UInt32 = 0
    public var resetPulses: UInt32 = 0
    public var erasePulses: UInt32 = 0
    public var programPulses: UInt32 = 0
    public var readBacks: UInt32 = 0
    public var verifySenses: UInt32 = 0
    public var retries: UInt32 = 0
    public var failedBits: UInt32 = 0
    public var changedBits: UInt32 = 0
    public var writes: UInt32 = 0

    public init() {}

    func write(to record: inout RecordWriter) {
        let counts = [
            setPulses, resetPulses, erasePulses, programPulses, readBacks, verifySenses, retries, failedBits,
            changedBits, writes,
        ]
        for count in counts { record.put(UInt64(count)) }
    }
}

/// The counters and the error of a controller.
struct WriteAccount {
    struct Failure: Hashable {
        var address: Int
        var bits: Int
    }

    var counters = WriteCounters()
    /// The first write since the last `clear` that left wrong bits.
    private(set) var error: Failure?

    mutating func end(_ wrong: Failure) {
        counters.writes &+= 1
        counters.failedBits &+= UInt32(wrong.bits)
        if error == nil, wrong.bits > 0 { error = wrong }
    }
}

/// What a controller wants of its bank in a cycle, as Engine's bundle of the same name.
public struct WriteToBank: Sendable {
    /// A pulse in progress.
    public struct Pulse: Sendable {
        public var junctions: CellPulse
        public var code: PulseCode
        public var isLastCycle: Bool
        /// The plane whose code it has.
        public var plane: Int
    }

    public var address = 0
    public var sense = false
    public var claim = false
    public var pulse: Pulse?

    func write(to record: inout RecordWriter, _ parameters: WriteController.Parameters) {
        record.put(address)
        record.put(sense)
        record.put(claim)
        record.put(pulse != nil)
        record.put(pulse?.isLastCycle ?? false)
        record.put(pulse?.junctions.towardsOne ?? false)
        record.put(pulse?.junctions.mask ?? .none, columns: parameters.columns)
        if parameters.kind == .complementary {
            record.put(pulse?.junctions.complementMask ?? .none, columns: parameters.columns)
        }
        if parameters.amplitudes > 1 { record.put(pulse?.code.amplitude ?? 0) }
    }
}
