/// The write of rows whose junctions share strips: gather the rows, read the strings, erase, program row after row.
struct StringWrite {
    /// What the strings are doing; counts are the cycles that are over, this one included.
    private enum Step {
        case idle
        case gather
        case askSense
        case sensing(Int)
        case compare
        case plan
        case claim
        case erase(Int)
        case program(Int)
        case finish
    }

    /// A row of the strings.
    private struct Row {
        /// The host's bits and their plane, where it writes the row.
        var written = false
        var plane = 0
        var wanted = BitRow.none
        var held = BitRow.none
    }

    private let parameters: WriteController.Parameters
    private var step = Step.idle
    /// Settings of the write, those of its first request.
    private var host: WriteHost
    private var first = 0
    private var index = 0
    private var rows = Array(repeating: Row(), count: CellKind.stringRows)
    private var pulsesDone = false
    private var erased = BitRow.none
    private var wrong = WriteAccount.Failure(address: 0, bits: 0)
    private(set) var attempt = 0

    init(_ parameters: WriteController.Parameters) {
        self.parameters = parameters
        host = WriteHost()
    }

    /// The buffer is a memory, which a reset leaves alone.
    mutating func reset() {
        let rows = rows
        self = StringWrite(parameters)
        self.rows = rows
        for index in rows.indices { self.rows[index].written = false }
    }

    var isBusy: Bool { if case .idle = step { false } else { true } }
    var takesRow: Bool { if case .compare = step { true } else { false } }

    var ended: WriteAccount.Failure? { if case .finish = step { wrong } else { nil } }

    func isReady(address: Int) -> Bool {
        switch step {
        case .idle: true
        case .gather: isOfString(address)
        default: false
        }
    }

    private func isOfString(_ address: Int) -> Bool { address - address % CellKind.stringRows == first }

    /// Junctions of the row that are pulsed towards one: those that are to be one, where the strip was erased or they are
    /// not one yet.
    private var programmed: BitRow { rows[index].wanted & (erased | ~rows[index].held) }

    private var isSenseNeeded: Bool { pulsesDone || host.changedOnly || !rows[index].written }
    private var programPlane: Int { rows[index].written ? rows[index].plane : parameters.planes - 1 }

    func request(_ codes: PulseCodes) -> WriteToBank {
        var request = WriteToBank()
        request.address = first + index
        switch step {
        case .askSense: request.sense = isSenseNeeded
        case .claim: request.claim = true
        case .erase(let cycles):
            request.claim = true
            request.pulse = pulse(towardsOne: false, erased, plane: parameters.planes - 1, cycles, codes)
        case .program(let cycles):
            request.claim = true
            if programmed != .none {
                request.pulse = pulse(towardsOne: true, programmed, plane: programPlane, cycles, codes)
            }
        case .idle, .gather, .sensing, .compare, .plan, .finish: break
        }
        return request
    }

    private func pulse(
        towardsOne: Bool, _ mask: BitRow, plane: Int, _ cycles: Int, _ codes: PulseCodes
    ) -> WriteToBank.Pulse {
        let code = codes[plane, towardsOne]
        var junctions = CellPulse()
        junctions.towardsOne = towardsOne
        junctions.mask = mask
        return WriteToBank.Pulse(
            junctions: junctions, code: code, isLastCycle: cycles >= code.cycles, plane: plane)
    }

    mutating func clock(
        _ host: WriteHost, _ codes: PulseCodes, _ account: inout WriteAccount, senseReady: Bool, row: BitRow,
        writeReady: Bool
    ) {
        switch step {
        case .idle:
            if host.valid { begin(host) }
        case .gather:
            guard host.valid else { return }
            let isMerged = isOfString(host.address)
            if isMerged { take(host) }
            if !isMerged || host.last { beginReading() }
        case .askSense:
            if !isSenseNeeded {
                advance(orElse: .askSense)
            } else if senseReady {
                if pulsesDone { account.counters.verifySenses &+= 1 } else { account.counters.readBacks &+= 1 }
                step = .sensing(1)
            }
        case .sensing(let cycles):
            step = cycles == parameters.period ? .compare : .sensing(cycles + 1)
        case .compare:
            compare(row, &account)
        case .plan:
            let isClean = wrong.bits == 0 && (pulsesDone || self.host.changedOnly)
            if isClean || (pulsesDone && attempt == self.host.retries) {
                step = .finish
                return
            }
            if pulsesDone {
                attempt += 1
                account.counters.retries &+= 1
            }
            wrong.bits = 0
            step = .claim
        case .claim:
            index = 0
            if writeReady { step = erased == .none ? .program(1) : .erase(1) }
        case .erase(let cycles):
            if cycles >= codes[parameters.planes - 1, false].cycles {
                account.counters.erasePulses &+= UInt32(erased.onesCount)
                step = .program(1)
            } else {
                step = .erase(cycles + 1)
            }
        case .program(let cycles):
            program(cycles, codes, &account)
        case .finish:
            account.end(wrong)
            step = .idle
        }
    }

    private mutating func begin(_ host: WriteHost) {
        self.host = host
        first = host.address - host.address % CellKind.stringRows
        pulsesDone = false
        attempt = 0
        erased = host.changedOnly ? .none : .allOnes(columns: parameters.columns)
        wrong.bits = 0
        for index in rows.indices { rows[index].written = false }
        take(host)
        if host.last { beginReading() } else { step = .gather }
    }

    private mutating func take(_ host: WriteHost) {
        let index = host.address % CellKind.stringRows
        rows[index].written = true
        rows[index].plane = host.plane
        rows[index].wanted = host.data
    }

    private mutating func beginReading() {
        index = 0
        step = .askSense
    }

    /// The next row, or what comes behind the last one.
    private mutating func advance(orElse next: Step) {
        index += 1
        if index == rows.count {
            index = 0
            step = .plan
        } else {
            step = next
        }
    }

    private mutating func compare(_ row: BitRow, _ account: inout WriteAccount) {
        rows[index].held = row
        if !pulsesDone && !rows[index].written { rows[index].wanted = row }
        let difference = rows[index].wanted ^ row
        if !pulsesDone { account.counters.changedBits &+= UInt32(difference.onesCount) }
        erased |= difference & row
        if wrong.bits == 0 { wrong.address = first + index }
        wrong.bits += difference.onesCount
        advance(orElse: .askSense)
    }

    private mutating func program(_ cycles: Int, _ codes: PulseCodes, _ account: inout WriteAccount) {
        if programmed != .none {
            guard cycles >= codes[programPlane, true].cycles else {
                step = .program(cycles + 1)
                return
            }
            account.counters.programPulses &+= UInt32(programmed.onesCount)
        }
        index += 1
        step = .program(1)
        guard index == rows.count else { return }
        index = 0
        pulsesDone = true
        erased = .none
        step = host.verify ? .askSense : .finish
    }
}
