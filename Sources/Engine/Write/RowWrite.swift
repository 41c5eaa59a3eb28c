import HDL

/// The write of a row of junctions: the insides of a `WriteController`, and what its proof looks at.
struct RowWrite {
    enum State: HardwareEnum {
        case idle, sense, wait, compare, claim, set, clear, finish
    }

    let state: EnumSignal<State>
    let address, data: Bits
    /// Settings of the write under way, and how often it may still pulse again.
    let verify, retriesLeft: Bits
    /// The sense under way, or the last one, comes behind pulses.
    let isVerifying: Bits
    /// Bits that are pulsed: those in which the last sense found a difference.
    let wrong: Bits
    /// Bits that were wrong when the write ended.
    let wrongBits: Bits
    /// Cycles of the sense or pulse that are over, this one included.
    let elapsed: Bits

    /// - Parameter ports: those of the controller, the module's own or a part of a harness's.
    init<P: SignalBundle, Access: BundleAccess>(
        _ m: Builder<P>, _ ports: Access, _ parameters: WriteController
    ) where Access.Ports == WriteController.Ports {
        let (host, bank) = (ports.host, ports.bank)
        let columns = parameters.columns
        let address = m.register("address", addressWidth(parameters.rows))
        let data = m.register("data", columns)
        let plane = host.plane.map { m.register("plane", $0.width) }
        let verify = m.register("verify")
        let retriesLeft = m.register("retries_left", parameters.retryWidth)
        let isVerifying = m.register("is_verifying")
        let wrong = m.register("wrong", columns)
        let wrongBits = m.register("wrong_bits", parameters.wrongWidth)
        let elapsed = m.register("elapsed", parameters.elapsedWidth)

        // The junctions of each pulse; of a pair either pulse moves one.
        let isPair = parameters.cellKind == .complementary
        let ones = (wrong & data).named("ones")
        let zeros = (wrong & ~data).named("zeros")
        let hasOnes = isPair ? wrong.anySet : ones.anySet
        let hasZeros = isPair ? wrong.anySet : zeros.anySet
        let difference = (bank.row ^ data).named("difference")
        let isEqual = (difference == 0).named("is_equal")

        let towardsOne = m.wire("is_set_pulse")
        let codes = PulseCodes(m, host, parameters, plane: plane, towardsOne: towardsOne)
        let isLastCycle = (elapsed >= codes.cycles.zeroExtended(to: elapsed.width)).named("is_last_cycle")

        let state = m.stateMachine("state", reset: State.idle) { state, on in
            func endPulses() {
                isVerifying.next(1)
                when(verify) { state.next(.sense) }
                    .otherwise { state.next(.finish) }
            }
            on.case(.idle) {
                when(host.valid) {
                    address.next(host.address)
                    data.next(host.data)
                    if let plane, let value = host.plane { plane.next(value) }
                    verify.next(host.verify)
                    retriesLeft.next(host.retries)
                    isVerifying.next(0)
                    wrong.next(~m.constant(0, columns))
                    wrongBits.next(0)
                    when(host.changedOnly) { state.next(.sense) }
                        .otherwise { state.next(.claim) }
                }
            }
            on.case(.sense) {
                elapsed.next(1)
                when(bank.senseReady) { state.next(.wait) }
            }
            on.case(.wait) {
                elapsed.next(elapsed + 1)
                when(elapsed == parameters.period) { state.next(.compare) }
            }
            on.case(.compare) {
                wrong.next(difference)
                when(isEqual) {
                    state.next(.finish)
                }.elseWhen(isVerifying & (retriesLeft == 0)) {
                    wrongBits.next(popcount(difference))
                    state.next(.finish)
                }.otherwise {
                    when(isVerifying) { retriesLeft.next(retriesLeft - 1) }
                    state.next(.claim)
                }
            }
            on.case(.claim) {
                elapsed.next(1)
                when(bank.writeReady) {
                    when(hasOnes) { state.next(.set) }
                        .otherwise { state.next(.clear) }
                }
            }
            on.case(.set) {
                elapsed.next(elapsed + 1)
                when(isLastCycle) {
                    elapsed.next(1)
                    when(hasZeros) { state.next(.clear) }
                        .otherwise { endPulses() }
                }
            }
            on.case(.clear) {
                elapsed.next(elapsed + 1)
                when(isLastCycle) { endPulses() }
            }
            on.case(.finish) { state.next(.idle) }
        }
        towardsOne.drive(state == .set)

        let isPulse = state.isOne(of: .set, .clear).named("is_pulse")
        let pulseEnds = (isPulse & isLastCycle).named("pulse_ends")
        let mask = (mux(towardsOne, ones, zeros) & isPulse.replicated(columns)).named("pulsed")
        host.ready.drive(state == .idle)
        host.busy.drive(state != .idle)
        bank.address.drive(address)
        bank.sense.drive(state == .sense)
        bank.claim.drive((state == .claim) | isPulse)
        bank.pulse.drive(isPulse)
        bank.write.drive(pulseEnds)
        bank.towardsOne.drive(towardsOne)
        bank.mask.drive(mask)
        bank.complementMask?.drive(mux(towardsOne, zeros, ones) & isPulse.replicated(columns))
        if let amplitude = codes.amplitude {
            bank.amplitude?.drive(amplitude & isPulse.replicated(amplitude.width))
        }
        let compares = (state == .compare).named("compares")
        let repeats = (isVerifying & !isEqual & (retriesLeft != 0)).named("repeats")
        _ = WriteAccount(
            m, host,
            WriteEvents(
                pulseEnds: pulseEnds, towardsOne: towardsOne, pulsed: isPair ? wrong : mask,
                senseStarts: ((state == .sense) & bank.senseReady).named("sense_starts"), isVerifying: isVerifying,
                retries: compares & repeats, differs: compares & !isVerifying, difference: difference,
                ends: (state == .finish).named("ends"), wrongBits: wrongBits, address: address),
            isString: false)

        self.state = state
        (self.address, self.data) = (address, data)
        (self.verify, self.retriesLeft, self.isVerifying) = (verify, retriesLeft, isVerifying)
        (self.wrong, self.wrongBits, self.elapsed) = (wrong, wrongBits, elapsed)
    }
}
