/// The write of a row of junctions: sense, pulses towards one, pulses towards zero, sense, and again.
struct RowWrite {
    /// What the row is doing; counts are the cycles that are over, this one included.
    private enum Step {
        case idle
        case askSense
        case sensing(Int)
        case compare
        case claim
        case pulse(towardsOne: Bool, Int)
        case finish(wrong: Int)
    }

    private let parameters: WriteController.Parameters
    private var step = Step.idle
    private var host: WriteHost
    private var pulsesDone = false
    private var wrong = BitRow.none
    private(set) var attempt = 0

    init(_ parameters: WriteController.Parameters) {
        self.parameters = parameters
        host = WriteHost()
    }

    mutating func reset() { self = RowWrite(parameters) }

    var isBusy: Bool { if case .idle = step { false } else { true } }
    var takesRow: Bool { if case .compare = step { true } else { false } }

    var ended: WriteAccount.Failure? {
        if case .finish(let wrong) = step { WriteAccount.Failure(address: host.address, bits: wrong) } else { nil }
    }

    /// The junctions that one of the two pulses moves.
    private func junctions(towardsOne: Bool) -> CellPulse {
        let (ones, zeros) = (wrong & host.data, wrong & ~host.data)
        var pulse = CellPulse()
        pulse.towardsOne = towardsOne
        pulse.mask = towardsOne ? ones : zeros
        // The second junction of a pair that is to be zero goes towards one.
        if parameters.kind == .complementary { pulse.complementMask = towardsOne ? zeros : ones }
        return pulse
    }

    private func isNeeded(towardsOne: Bool) -> Bool {
        let pulse = junctions(towardsOne: towardsOne)
        return pulse.mask != .none || pulse.complementMask != .none
    }

    func request(_ codes: PulseCodes) -> WriteToBank {
        var request = WriteToBank()
        request.address = host.address
        switch step {
        case .askSense: request.sense = true
        case .claim: request.claim = true
        case .pulse(let towardsOne, let cycles):
            let code = codes[host.plane, towardsOne]
            request.claim = true
            request.pulse = WriteToBank.Pulse(
                junctions: junctions(towardsOne: towardsOne), code: code, isLastCycle: cycles >= code.cycles,
                plane: host.plane)
        case .idle, .sensing, .compare, .finish: break
        }
        return request
    }

    mutating func clock(
        _ host: WriteHost, _ codes: PulseCodes, _ account: inout WriteAccount, senseReady: Bool, row: BitRow,
        writeReady: Bool
    ) {
        switch step {
        case .idle:
            if host.valid { accept(host) }
        case .askSense:
            guard senseReady else { return }
            if pulsesDone { account.counters.verifySenses &+= 1 } else { account.counters.readBacks &+= 1 }
            step = .sensing(1)
        case .sensing(let cycles):
            step = cycles == parameters.period ? .compare : .sensing(cycles + 1)
        case .compare:
            wrong = row ^ self.host.data
            if !pulsesDone { account.counters.changedBits &+= UInt32(wrong.onesCount) }
            if wrong == .none || (pulsesDone && attempt == self.host.retries) {
                step = .finish(wrong: wrong.onesCount)
            } else {
                if pulsesDone {
                    attempt += 1
                    account.counters.retries &+= 1
                }
                step = .claim
            }
        case .claim:
            if writeReady { step = .pulse(towardsOne: isNeeded(towardsOne: true), 1) }
        case .pulse(let towardsOne, let cycles):
            guard cycles >= codes[self.host.plane, towardsOne].cycles else {
                step = .pulse(towardsOne: towardsOne, cycles + 1)
                return
            }
            let pulse = junctions(towardsOne: towardsOne)
            let moved = UInt32(pulse.mask.onesCount + pulse.complementMask.onesCount)
            if towardsOne { account.counters.setPulses &+= moved } else { account.counters.resetPulses &+= moved }
            if towardsOne, isNeeded(towardsOne: false) {
                step = .pulse(towardsOne: false, 1)
            } else {
                pulsesDone = true
                step = self.host.verify ? .askSense : .finish(wrong: 0)
            }
        case .finish(let wrong):
            account.end(WriteAccount.Failure(address: self.host.address, bits: wrong))
            step = .idle
        }
    }

    private mutating func accept(_ host: WriteHost) {
        self.host = host
        pulsesDone = false
        attempt = 0
        wrong = .allOnes(columns: parameters.columns)
        step = host.changedOnly ? .askSense : .claim
    }
}
